// The components that are ours: what each must say, and what it must never leave out.
#include "web/components/app_bartable.h"
#include "web/components/app_clock.h"
#include "web/components/app_figure.h"
#include "web/components/app_flag.h"
#include "web/components/app_source.h"
#include "web/components/app_state.h"
#include "web/components/app_words.h"
#include "web/components/link_address.h"
#include "web/components/moj_alert.h"
#include "web/components/moj_badge.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/moj_sub_navigation.h"
#include "web/components/moj_timeline.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "base/result.h"

namespace reachable::web {

namespace {

bool has(const Html& html, std::string_view part)
{
    return html.markup().find(part) != std::string::npos;
}

std::size_t count(const Html& html, std::string_view part)
{
    std::size_t found = 0;
    for (auto at = html.markup().find(part); at != std::string::npos; at = html.markup().find(part, at + 1)) ++found;
    return found;
}

} // namespace

TEST(LinkAddress, only_pages_mail_and_telephones_may_be_linked_to)
{
    for (const char* safe : {"/queue?for=suite", "#name", "?page=2", "people/1", "https://example.org/a:b",
                             "mailto:a@example.org", "tel:08001111", "HTTPS://example.org", "", "/a:b"})
        EXPECT_TRUE(is_safe_address(safe)) << safe;
    for (const char* unsafe : {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:x",
                               "\x01javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd"})
        EXPECT_FALSE(is_safe_address(unsafe)) << unsafe;
}

TEST(LinkAddress, an_unsafe_address_leads_nowhere)
{
    Html out;
    put_href(out, "javascript:alert(1)");
    EXPECT_EQ(out.markup(), " href=\"#\"");
}

TEST(AppState, the_five_states_are_five_different_words)
{
    std::set<std::string> looks;
    for (const auto tone :
         {AnswerTone::yes, AnswerTone::no, AnswerTone::not_known, AnswerTone::not_asked, AnswerTone::held_back})
        looks.insert(render(AppState{.tone = tone}).markup());
    EXPECT_EQ(looks.size(), 5U);
    EXPECT_TRUE(has(render(AppState{.tone = AnswerTone::no}), "(checked)"));
    EXPECT_TRUE(has(render(AppState{.tone = AnswerTone::not_known}), "(asked, cannot say)"));
    EXPECT_FALSE(has(render(AppState{.tone = AnswerTone::not_known}), "No<"));
}

TEST(AppState, an_answer_that_nobody_set_says_it_was_not_asked)
{
    EXPECT_TRUE(has(render(AppState{}), "Not asked yet"));
}

TEST(AppClock, the_state_and_both_times_always_stand_as_words)
{
    const Html overdue = render(
        AppClock{.state = ClockState::overdue, .label = "Answer", .time_left = "18 minutes late", .due = "Due 22:23"});
    for (const char* words : {"Overdue", "18 minutes late", "Due 22:23", "Answer"}) EXPECT_TRUE(has(overdue, words));
    const Html due = render(AppDue{.state = ClockState::due_soon, .time_left = "12 minutes", .due = "Due 22:53"});
    for (const char* words : {"Due soon", "12 minutes", "Due 22:53"}) EXPECT_TRUE(has(due, words));
}

TEST(AppClock, a_machine_can_read_the_due_time)
{
    EXPECT_TRUE(has(render(AppDue{.due = "Due 22:23", .datetime = "2025-03-14T22:23:00Z"}),
                    "<time datetime=\"2025-03-14T22:23:00Z\">Due 22:23</time>"));
}

TEST(AppFlags, four_stand_in_full_and_the_rest_are_counted)
{
    const AppFlags flags{.flags = std::vector<AppFlag>(6, AppFlag{.text = "Asthma"}), .more_href = "/flags"};
    const Html out = render(flags);
    EXPECT_EQ(count(out, ">Asthma<"), 4U);
    EXPECT_TRUE(has(out, "and 2 more"));
    EXPECT_FALSE(has(render(AppFlags{.flags = std::vector<AppFlag>(4)}), "more"));
    EXPECT_TRUE(render(AppFlags{}).empty());
}

TEST(AppFlag, an_urgent_one_says_so_in_words)
{
    EXPECT_TRUE(has(render(AppFlag{.text = "Inhaler", .is_urgent = true}), "<strong>Act now:</strong> Inhaler"));
}

TEST(AppSource, a_part_that_is_not_recorded_is_said_to_be_so)
{
    const Html out = render(AppSource{.agency = "Ashford"});
    EXPECT_TRUE(has(out, "Ashford, date not recorded, how known not recorded"));
}

TEST(AppWords, every_line_is_kept_and_nothing_in_it_is_markup)
{
    const Html out = render(AppWords{.words = "One <b>.\n\n  Two.  \n"});
    EXPECT_TRUE(has(out, "<p>One &lt;b&gt;.</p><p>Two.</p>"));
}

TEST(AppWords, no_words_are_said_to_be_not_given_yet)
{
    EXPECT_TRUE(has(render(AppWords{.words = " \n"}), "Not given yet"));
    EXPECT_FALSE(has(render(AppWords{}), "blockquote"));
}

TEST(AppBarTable, a_bar_is_as_long_as_its_part_of_the_greatest_value)
{
    const Html out = render(AppBarTable{.rows = {{.label = "A", .value = 8, .text = "8"},
                                                 {.label = "B", .value = 3, .text = "3"},
                                                 {.label = "C", .value = 0, .text = "0"}}});
    EXPECT_TRUE(has(out, "width=\"100.0\""));
    EXPECT_TRUE(has(out, "width=\"37.5\""));
    EXPECT_TRUE(has(out, "width=\"0.0\""));
}

TEST(AppBarTable, a_value_held_back_has_no_bar_and_is_never_blank)
{
    const Html out = render(AppBarTable{.rows = {{.label = "A", .text = "[c]"}, {.label = "B"}}});
    EXPECT_TRUE(has(out, "[c]"));
    EXPECT_TRUE(has(out, "[x]"));
    EXPECT_FALSE(has(out, "<svg"));
}

TEST(AppBarTable, bars_never_leave_their_cell)
{
    EXPECT_TRUE(has(render(AppBarTable{.rows = {{.value = 30, .text = "30"}}, .maximum = 10}), "width=\"100.0\""));
    EXPECT_TRUE(has(render(AppBarTable{.rows = {{.value = 0, .text = "0"}}}), "width=\"0\""));
}

TEST(AppBarTable, a_value_below_zero_or_no_number_is_a_bug)
{
    EXPECT_THROW(render(AppBarTable{.rows = {{.value = -1}}}), Bug);
    EXPECT_THROW(render(AppBarTable{.rows = {{.value = std::numeric_limits<double>::quiet_NaN()}}}), Bug);
}

TEST(AppFigure, its_headline_is_a_heading_and_its_caption_stands_without_a_picture_too)
{
    const Html out = render(AppFigure{.headline = "Fewer wait", .heading_level = 3, .caption = "All, 2024"});
    EXPECT_TRUE(has(out, "<h3 class=\"govuk-heading-m\">Fewer wait</h3>"));
    EXPECT_TRUE(has(out, "All, 2024"));
    EXPECT_FALSE(has(out, "<figure>"));
}

TEST(MojBadge, it_never_has_an_empty_name)
{
    const Html out = render(MojBadge{.text = "High", .visually_hidden_text = "Risk level:"});
    EXPECT_FALSE(has(out, "aria-label"));
    EXPECT_TRUE(has(out, "Risk level: </span>High"));
}

TEST(MojTimeline, it_is_a_list_in_which_an_unknown_date_is_said_to_be_so)
{
    const Html out = render(MojTimeline{.items = {{.label = "Came back", .kind = "What happened"}}});
    EXPECT_TRUE(has(out, "<ol class=\"moj-timeline app-timeline\"><li class=\"moj-timeline__item\">"));
    EXPECT_TRUE(has(out, "Date not known"));
    EXPECT_FALSE(has(out, "<time"));
}

TEST(MojSubNavigation, the_page_one_is_on_is_marked_once)
{
    const Html out =
        render(MojSubNavigation{.items = {{.text = "A", .href = "/a", .active = true}, {.text = "B", .href = "/b"}}});
    EXPECT_EQ(count(out, "aria-current=\"page\""), 1U);
}

TEST(MojAlert, it_is_named_by_its_kind_and_title_and_needs_no_script)
{
    const Html out = render(MojAlert{.variant = MojAlertVariant::warning, .title = "Saved", .text = "Kept."});
    EXPECT_TRUE(has(out, "aria-label=\"warning: Saved\""));
    EXPECT_FALSE(has(out, "<button"));
    EXPECT_TRUE(has(render(MojAlert{.title = "Saved"}), "<div class=\"moj-alert__content\">Saved</div>"));
}

TEST(MojIdentityBar, it_shows_who_in_facts_flags_and_who_can_see)
{
    const Html out = render(MojIdentityBar{.title = "Ayo",
                                           .facts = {"Aged 14"},
                                           .flags = {.flags = {{.text = "Asthma"}}},
                                           .who_can_see = "Three agencies can see this"});
    for (const char* words : {"Ayo", "<li>Aged 14</li>", "Asthma", "Three agencies"}) EXPECT_TRUE(has(out, words));
}

} // namespace reachable::web
