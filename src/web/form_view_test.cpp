#include "web/form_view.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "web/components/markup_tokens.h"

namespace reachable::web {

namespace {

const std::string bad_words = "<script>alert(\"x\")</script> & 'y'";

bool has(const Html& html, const std::string& token)
{
    const auto tokens = tokens_of(html.markup());
    return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

/// True when some start tag of that name holds every one of the attributes.
bool has_tag(const Html& html, const std::string& name, const std::vector<std::string>& attributes)
{
    for (const std::string& token : tokens_of(html.markup())) {
        if (!token.starts_with("<" + name + " ")) continue;
        const auto holds = [&token](const std::string& attribute) {
            return token.find(" " + attribute) != std::string::npos;
        };
        if (std::all_of(attributes.begin(), attributes.end(), holds)) return true;
    }
    return false;
}

const std::vector<Choice> answers = {{.value = "yes", .label = "Yes"},
                                     {.value = "no", .label = "No"},
                                     {.divider = "or"},
                                     {.value = "unsaid", .label = "I do not want to say", .is_exclusive = true}};

} // namespace

TEST(FormView, a_text_field_ties_label_hint_and_error_to_its_box)
{
    const Html field =
        text_field({.name = "station", .label = "Station", .hint = "Town", .error = "Enter the station"});
    EXPECT_TRUE(has_tag(field, "label", {"for=\"station\""}));
    EXPECT_TRUE(has_tag(
        field, "input",
        {"id=\"station\"", "name=\"station\"", "type=\"text\"", "aria-describedby=\"station-hint station-error\""}));
    EXPECT_TRUE(has_tag(field, "div", {"class=\"govuk-hint\"", "id=\"station-hint\""}));
    EXPECT_TRUE(has_tag(field, "p", {"id=\"station-error\""}));
    EXPECT_FALSE(has_tag(field, "input", {"value="}));
}

TEST(FormView, what_was_typed_comes_back_as_words_in_every_field)
{
    const Html fields[] = {
        text_field({.name = "a", .label = bad_words, .hint = bad_words, .value = bad_words, .error = bad_words}),
        textarea_field({.name = "a", .label = bad_words, .value = bad_words, .error = bad_words}),
        radio_field({.name = "a", .label = bad_words, .choices = {{bad_words, bad_words}}, .value = bad_words}),
        checkbox_field({.name = "a", .label = bad_words, .choices = {{bad_words, bad_words}}, .values = {bad_words}}),
        select_field({.name = "a", .label = bad_words, .choices = {{bad_words, bad_words}}, .value = bad_words}),
        date_field({.name = "a", .label = bad_words, .day = bad_words, .month = bad_words, .year = bad_words}),
        time_field({.name = "a", .label = bad_words, .value = bad_words}),
    };
    for (const Html& field : fields) {
        EXPECT_EQ(field.markup().find("<script"), std::string::npos) << field.markup();
        EXPECT_NE(field.markup().find("&lt;script&gt;"), std::string::npos) << field.markup();
    }
    EXPECT_TRUE(has_tag(fields[0], "input", {"value=\"" + bad_words + "\""}));
    EXPECT_TRUE(has_tag(fields[2], "input", {"checked", "value=\"" + bad_words + "\""}));
    EXPECT_TRUE(has_tag(fields[4], "option", {"selected", "value=\"" + bad_words + "\""}));
}

TEST(FormView, the_only_question_of_a_page_is_its_heading)
{
    EXPECT_TRUE(
        has(text_field({.name = "a", .label = "A", .asked = Asked::alone}), "<h1 class=\"govuk-label-wrapper\">"));
    EXPECT_TRUE(has(radio_field({.name = "a", .label = "A", .choices = answers, .asked = Asked::alone}),
                    "<h1 class=\"govuk-fieldset__heading\">"));
    EXPECT_FALSE(
        has(radio_field({.name = "a", .label = "A", .choices = answers}), "<h1 class=\"govuk-fieldset__heading\">"));
}

TEST(FormView, radios_and_checkboxes_begin_with_the_id_that_a_problem_links_to)
{
    const Html radios =
        radio_field({.name = "plan", .label = "Plan?", .choices = answers, .value = "no", .error = "Say"});
    EXPECT_TRUE(has_tag(radios, "input", {"id=\"plan\"", "value=\"yes\""}));
    EXPECT_TRUE(has_tag(radios, "input", {"checked", "id=\"plan-2\"", "value=\"no\""}));
    EXPECT_TRUE(has(radios, "<div class=\"govuk-radios__divider\">"));
    EXPECT_TRUE(has_tag(radios, "fieldset", {"aria-describedby=\"plan-error\""}));
    const Html boxes = checkbox_field({.name = "who", .label = "Who?", .choices = answers, .values = {"yes", "no"}});
    EXPECT_TRUE(has_tag(boxes, "input", {"checked", "id=\"who\""}));
    EXPECT_TRUE(has_tag(boxes, "input", {"checked", "id=\"who-2\""}));
    EXPECT_TRUE(has_tag(boxes, "input", {"data-behaviour=\"exclusive\"", "id=\"who-4\""}));
}

TEST(FormView, a_date_has_three_named_boxes_and_the_first_has_the_id_that_a_problem_links_to)
{
    const Html date = date_field({.name = "seen", .label = "Last seen", .hint = "For example, 27 3 2007", .day = "30"});
    EXPECT_TRUE(has_tag(date, "input", {"id=\"seen\"", "name=\"seen-day\"", "value=\"30\""}));
    EXPECT_TRUE(has_tag(date, "input", {"id=\"seen-month\"", "name=\"seen-month\""}));
    EXPECT_TRUE(has_tag(date, "input", {"id=\"seen-year\"", "name=\"seen-year\""}));
    EXPECT_TRUE(has_tag(date, "fieldset", {"aria-describedby=\"seen-date-hint\"", "role=\"group\""}));
}

TEST(FormView, a_select_that_is_left_alone_is_no_answer)
{
    const Html select = select_field({.name = "force", .label = "Force", .choices = {{"01", "Met"}, {"02", "Kent"}}});
    EXPECT_TRUE(has(select, "<option value=\"\">"));
    EXPECT_FALSE(has_tag(select, "option", {"selected"}));
}

TEST(FormView, every_problem_is_in_the_summary_and_leads_to_its_field)
{
    const Problems problems = {{ProblemKind::missing, "Enter the station", "station"},
                               {ProblemKind::conflict, "Somebody else changed it"},
                               {ProblemKind::malformed, "Enter a town", "station"}};
    const Html summary = error_summary_for(problems);
    EXPECT_TRUE(has(summary, "There is a problem"));
    EXPECT_TRUE(has(summary, "<a href=\"#station\">"));
    EXPECT_TRUE(has(summary, "Somebody else changed it"));
    EXPECT_TRUE(has(summary, "Enter a town"));
    EXPECT_EQ(error_for(problems, "station"), "Enter the station");
    EXPECT_EQ(error_for(problems, "town"), "");
    EXPECT_TRUE(error_summary_for({}).empty());
}

TEST(FormView, a_form_posts_its_token_and_leaves_judging_to_the_server)
{
    const Html whole = form({.action = "/custody/new", .form_token = "t0ken", .children = button("Send")});
    EXPECT_TRUE(has(whole, "<form action=\"/custody/new\" method=\"post\" novalidate>"));
    EXPECT_TRUE(has(whole, "<input name=\"form_token\" type=\"hidden\" value=\"t0ken\">"));
    EXPECT_TRUE(has_tag(whole, "button", {"data-prevent-double-click=\"true\"", "type=\"submit\""}));
    EXPECT_TRUE(has(form({.action = "javascript:alert(1)"}), "<form action=\"#\" method=\"post\" novalidate>"));
}

TEST(FormView, words_of_another_language_replace_the_english_ones)
{
    const FormWords welsh = {.error = "Gwall", .there_is_a_problem = "Mae problem", .day = "Diwrnod"};
    EXPECT_TRUE(has(date_field({.name = "a", .label = "A", .error = "B"}, welsh), "Diwrnod"));
    EXPECT_TRUE(has(date_field({.name = "a", .label = "A", .error = "B"}, welsh), "Gwall:"));
    EXPECT_TRUE(has(error_summary_for({{ProblemKind::missing, "x", "a"}}, welsh), "Mae problem"));
}

TEST(FormView, a_first_empty_line_of_a_long_answer_is_kept)
{
    const Html box = textarea_field({.name = "words", .label = "Words", .value = "\nfirst"});
    EXPECT_NE(box.markup().find(">\n\nfirst</textarea>"), std::string::npos) << box.markup();
}

TEST(FormView, an_event_handler_or_a_style_never_gets_into_a_page)
{
    for (const char* name : {"onclick", "OnLoad", "style", "a b", "a>b", "a\"b", ""}) {
        Html out;
        EXPECT_THROW(out << Attributes({{name, "x"}}), Bug) << name;
    }
}

RC_GTEST_PROP(FormView, no_value_can_add_a_tag_or_an_attribute, (const std::string& value))
{
    RC_PRE(!value.empty());
    const auto marks = [](const std::string& typed) {
        const Html field = text_field({.name = "a", .label = typed, .hint = typed, .value = typed, .error = typed});
        const std::string& markup = field.markup();
        return std::count_if(markup.begin(), markup.end(), [](char c) { return c == '<' || c == '>' || c == '"'; });
    };
    RC_ASSERT(marks(value) == marks("x"));
}

} // namespace reachable::web
