#include "web/components/app_bartable.h"
#include "web/components/app_clock.h"
#include "web/components/app_figure.h"
#include "web/components/app_flag.h"
#include "web/components/app_source.h"
#include "web/components/app_state.h"
#include "web/components/app_words.h"
#include "web/components/moj_alert.h"
#include "web/components/moj_badge.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/moj_sub_navigation.h"
#include "web/components/moj_timeline.h"
#include "web/components/summary_list.h"
#include "web/gallery.h"

namespace reachable::web {

namespace {

AppFlags flags()
{
    return {.flags = {{.text = "Needs an inhaler", .is_urgent = true},
                      {.text = "Text, do not call", .href = "#"},
                      {.text = "Afraid of dogs"},
                      {.text = "Asthma"},
                      {.text = "Speaks Vietnamese"},
                      {.text = "Needs a quiet room"}},
            .more_href = "#flags"};
}

MojIdentityBar identity()
{
    return {.title = "Ayo",
            .facts = {"Aged 14", "Born 27 March 2011", "Looked after by Ashford"},
            .flags = flags(),
            .who_can_see = lit("<a class=\"govuk-link\" href=\"#access\">Who can see this</a>")};
}

Html clocks()
{
    Html out = render(AppClock{.state = ClockState::overdue,
                               .label = "Answer from children's services",
                               .time_left = "18 minutes late",
                               .due = "Due 22:23",
                               .datetime = "2025-03-14T22:23:00Z",
                               .text = "The duty worker was told at 22:24."});
    out << render(
        AppClock{.state = ClockState::due_soon, .label = "Review", .time_left = "12 minutes left", .due = "Due 22:53"});
    out << render(AppClock{
        .state = ClockState::on_time, .label = "Interview", .time_left = "2 days left", .due = "Due 16 March 2025"});
    out << render(AppClock{
        .state = ClockState::ended, .label = "Chase", .time_left = "Answered in 40 minutes", .due = "Due 21:00"});
    out.lit("<p class=\"govuk-body\">");
    for (const auto state : {ClockState::overdue, ClockState::due_soon, ClockState::on_time}) {
        out << render(AppDue{.state = state, .time_left = "18 minutes", .due = "Due 22:23"});
        out.lit(" ");
    }
    return out.lit("</p>");
}

Html states()
{
    Html out = lit("<ul class=\"govuk-list\">");
    for (const auto tone :
         {AnswerTone::yes, AnswerTone::no, AnswerTone::not_known, AnswerTone::not_asked, AnswerTone::held_back}) {
        out.lit("<li>") << render(AppState{.tone = tone});
        out.lit("</li>");
    }
    return out.lit("</ul>");
}

AppWords words()
{
    return {.words = "I want my aunt to know where I am.\nI do not like it when people stand behind me.",
            .written_by = "Written down by Sam Poole, 14 March 2025.",
            .who_can_see = "Custody and children's services can see this."};
}

Html figure()
{
    return render(AppFigure{
        .headline = "One in three cases stops before a decision",
        .heading_level = 3,
        .caption = "Cases by stage, all agencies, England and Wales, 2024",
        .table = render(AppBarTable{
            .caption = "Cases that reached each stage",
            .label_heading = "Stage",
            .value_heading = "Cases",
            .more_headings = {"Of the stage before", "Of the first"},
            .rows = {{.label = "Referred", .value = 1204, .text = "1,204", .more = {"[z]", "[z]"}},
                     {.label = "First decision", .value = 1010, .text = "1,010", .more = {"84%", "84%"}},
                     {.label = "Final decision", .value = 803, .text = "803", .more = {"80%", "67%"}},
                     {.label = "Asked again", .text = "[c]", .more = {"[c]", "[c]"}}},
            .note = "[c] held back to protect people; [z] cannot apply",
        }),
        .csv_href = "#csv",
        .source = "Source: invented figures, 14 March 2025",
    });
}

Html timeline()
{
    return render(MojTimeline{
        .items = {{.label = lit("<a class=\"govuk-link\" href=\"#1\">Brief read</a>"),
                   .kind = "What we did",
                   .byline = "by Sam Poole, custody",
                   .date = "14 March 2025, 22:23",
                   .datetime = "2025-03-14T22:23:00Z",
                   .text = lit("<p class=\"govuk-body\">Read in full.</p>"),
                   .source = AppSource{.agency = "Kent Police", .date = "14 March 2025", .how_known = "seen"}},
                  {.label = "Came back", .kind = "What happened", .date = "March 2025"}},
        .heading_level = 3,
    });
}

Html alerts()
{
    Html out;
    for (const auto variant :
         {MojAlertVariant::information, MojAlertVariant::success, MojAlertVariant::warning, MojAlertVariant::error})
        out << render(MojAlert{.variant = variant, .title = "Saved at 22:23", .text = "What you wrote is kept."});
    return out << render(MojAlert{.title = "Two drafts",
                                  .show_title_as_heading = true,
                                  .heading_level = 3,
                                  .text = "Finish them before your shift ends."});
}

} // namespace

Html gallery_of_own_components()
{
    Html out;
    put_sample(out, "Identity bar", render(identity()));
    put_sample(out, "Sub navigation",
               render(MojSubNavigation{.items = {{.text = "Summary", .href = "#", .active = true},
                                                 {.text = "Timeline", .href = "#"},
                                                 {.text = "Flags", .href = "#"}}}));
    put_sample(out, "Flag", render(AppFlag{.text = "Text, do not call", .note = "Ashford, review by 14 June 2025"}));
    put_sample(out, "Clock", clocks());
    put_sample(out, "State", states());
    put_sample(out, "Words", render(words()));
    put_sample(out, "No words yet", render(AppWords{}));
    put_sample(out, "Source",
               render(AppSource{
                   .agency = "Ashford", .date = "2 June 2024", .how_known = "told us", .freshness = "9 months old"}));
    put_sample(out, "Figure and bar table", figure());
    put_sample(out, "Timeline", timeline());
    put_sample(out, "Badge",
               render(MojBadge{.text = "High", .visually_hidden_text = "Risk level:", .classes = "moj-badge--red"}));
    put_sample(out, "Alert", alerts());
    return out;
}

Page gallery_sheet_page()
{
    Page page{.title = "A page for paper",
              .marking = "OFFICIAL-SENSITIVE",
              .printed_by_line = "Printed 14 March 2025 22:23 by Sam Poole, copy 1. Destroy when the detention ends.",
              .body_classes = "app-one-sheet"};
    page.main << render(identity());
    page.main.lit("<h1 class=\"govuk-heading-l\">A page for paper</h1>")
        << render(AppClock{.state = ClockState::overdue,
                           .label = "Answer from children's services",
                           .time_left = "18 minutes late",
                           .due = "Due 22:23"})
        << render(words());
    page.main.lit("<h2 class=\"govuk-heading-m\">Do now</h2><ol class=\"govuk-list govuk-list--number\">"
                  "<li>Get the inhaler from the property.</li><li>Call the aunt.</li><li>Ask for a quiet room.</li>"
                  "<li>Tell the duty worker.</li><li>Offer food.</li></ol>"
                  "<h2 class=\"govuk-heading-m\">What we know, who said it and when</h2>");
    SummaryList facts;
    for (int row = 0; row < 10; ++row) {
        Html value = render(AppState{.tone = row % 2 == 0 ? AnswerTone::yes : AnswerTone::not_asked});
        value << render(AppSource{.agency = "Ashford", .date = "2 June 2024", .how_known = "told us"});
        facts.rows.push_back({.key = {.text = "Somebody to call at night"}, .value = {.text = std::move(value)}});
    }
    page.main << render(facts);
    page.main.lit("<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/people/secret\">Everything else</a></p>");
    return page;
}

} // namespace reachable::web
