// What is typed into a form, read back: above all the days and times that a London night plays tricks with.
#include "derived/forms.h"

#include "casework/casework_test_world.h"
#include "derived/site.h"
#include "web/form_input.h"

namespace reachable::derived {
namespace {

using namespace casework::testing;

web::Fields typed(const char* day, const char* month, const char* year, const char* time)
{
    web::Fields form;
    form.add("began_at-day", day);
    form.add("began_at-month", month);
    form.add("began_at-year", year);
    form.add("began_at-time", time);
    return form;
}

Json read(const web::Fields& form, UtcTime now, Problems& problems)
{
    return read_input(*visit_type.find_field("began_at"), "began_at", form, now, problems);
}

UtcTime at(const char* iso)
{
    return *parse_utc(iso);
}

TEST(Forms, a_time_that_the_spring_night_skips_is_refused_by_name)
{
    Problems problems;
    EXPECT_TRUE(read(typed("29", "3", "2026", "01:30"), at("2026-03-29T09:00:00Z"), problems).is_null());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().field, "began_at-time");
    EXPECT_FALSE(problems.front().sentence.empty());
}

TEST(Forms, what_is_wrong_with_a_date_says_of_which_question_it_is)
{
    Problems problems;
    EXPECT_TRUE(read(typed("31", "6", "2026", "01:30"), noon, problems).is_null());
    ASSERT_EQ(problems.size(), 1U);
    const auto label = std::string(visit_type.find_field("began_at")->label);
    EXPECT_EQ(problems.front().sentence.find(label), 0U) << problems.front().sentence;
    EXPECT_NE(problems.front().sentence.find("There is no 31 June 2026"), std::string::npos);
}

TEST(Forms, a_time_is_read_as_officers_write_it)
{
    struct Row {
        const char* typed;
        const char* read; // "": refused
    };
    const Row rows[] = {{"00:18", "2026-07-01T23:18:00Z"},
                        {"0018", "2026-07-01T23:18:00Z"},
                        {"00.18", "2026-07-01T23:18:00Z"},
                        {"0018 BST", "2026-07-01T23:18:00Z"},
                        {" 2230 ", "2026-07-02T21:30:00Z"},
                        {"2460", ""},
                        {"018", ""},
                        {"00-18", ""},
                        {"0o18", ""}};
    for (const auto& row : rows) {
        Problems problems;
        const auto json = read(typed("2", "7", "2026", row.typed), noon, problems);
        EXPECT_EQ(json.is_null() ? "" : *json.text(), row.read) << row.typed;
        EXPECT_EQ(problems.empty(), row.read[0] != '\0') << row.typed;
    }
}

TEST(Forms, an_optional_time_without_a_day_is_todays_and_a_day_without_a_time_is_asked_about)
{
    const auto& field = *visit_type.find_field("began_at");
    const auto now = at("2026-07-02T10:00:00Z");
    const auto read_optional = [&](const web::Fields& form, Problems& problems) {
        return read_input(field, "began_at", form, now, problems, DayLeftOut::means_today);
    };
    Problems problems;
    EXPECT_EQ(read_optional(typed("", "", "", "0910"), problems), Json("2026-07-02T08:10:00Z"));
    EXPECT_EQ(read_optional(typed("1", "7", "2026", "09:10"), problems), Json("2026-07-01T08:10:00Z"));
    EXPECT_TRUE(read_optional(typed("", "", "", ""), problems).is_null());
    EXPECT_TRUE(problems.empty());
    EXPECT_TRUE(read_optional(typed("1", "7", "2026", ""), problems).is_null());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().field, "began_at-time");
    problems.clear();
    EXPECT_TRUE(read(typed("", "", "", "09:10"), now, problems).is_null()) << "what must be given needs its day";
    EXPECT_EQ(problems.size(), 1U);
}

TEST(Forms, a_day_that_does_not_exist_is_refused_by_name)
{
    Problems problems;
    EXPECT_TRUE(read(typed("31", "2", "2026", "12:00"), noon, problems).is_null());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_TRUE(problems.front().field.starts_with("began_at"));
}

TEST(Forms, a_time_that_came_twice_is_asked_about_and_letters_say_which)
{
    Problems problems;
    const auto first_only = at("2026-10-25T00:30:00Z");
    const auto both = at("2026-10-25T01:30:00Z");
    EXPECT_EQ(read(typed("25", "10", "2026", "01:10"), first_only, problems), Json("2026-10-25T00:10:00Z"));
    EXPECT_EQ(read(typed("25", "10", "2026", "01:10 BST"), both, problems), Json("2026-10-25T00:10:00Z"));
    EXPECT_EQ(read(typed("25", "10", "2026", "01:10 gmt"), both, problems), Json("2026-10-25T01:10:00Z"));
    EXPECT_TRUE(problems.empty());
    EXPECT_TRUE(read(typed("25", "10", "2026", "01:10"), both, problems).is_null());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(
        problems.front().sentence,
        "When did it begin? 01:10 came twice that night. Write 01:10 BST for the first, 01:10 GMT for the second");
    EXPECT_TRUE(read(typed("1", "7", "2026", "12:00 GMT"), both, problems).is_null()) << "in July clocks show BST";
}

TEST(Forms, a_time_that_comes_twice_is_filled_in_with_its_letters)
{
    for (const auto* time : {"2026-10-25T00:20:00Z", "2026-10-25T01:20:00Z", "2026-10-25T03:20:00Z"}) {
        web::Fields form;
        web::fill_time(form, "began_at", at(time));
        Problems problems;
        EXPECT_EQ(read(form, at("2026-10-25T09:00:00Z"), problems), Json(time));
    }
}

TEST(Forms, a_day_that_stands_filled_in_without_a_time_is_no_answer)
{
    Problems problems;
    EXPECT_TRUE(read(typed("25", "10", "2026", " "), noon, problems).is_null());
    EXPECT_TRUE(problems.empty());
}

TEST(Forms, what_a_form_is_filled_with_reads_back_the_same)
{
    VisitFacts facts;
    facts.began_at = at("2026-07-01T09:30:00Z");
    web::Fields form;
    fill(form, *visit_type.find_field("began_at"), "began_at", &facts);
    Problems problems;
    EXPECT_EQ(read(form, noon, problems), Json("2026-07-01T09:30:00Z"));
}

TEST(Forms, what_the_service_notes_itself_is_not_read_from_a_form)
{
    web::Fields form;
    form.add("notes-topic", "food");
    form.add("notes-by", "inspector");
    Problems problems;
    const auto asked = read_form(visit_type, *visit_type.find_action("write"), form, noon, problems);
    const auto& item = asked.find("notes")->items()->front();
    EXPECT_EQ(item.text_of("topic"), "food");
    EXPECT_EQ(item.find("by"), nullptr);
}

TEST(Forms, where_a_form_goes_cannot_break_out_of_its_tag)
{
    const auto html = form_start("/x\"y", {}, 3);
    EXPECT_EQ(html.markup().find("/x\"y"), std::string::npos);
}

} // namespace
} // namespace reachable::derived
