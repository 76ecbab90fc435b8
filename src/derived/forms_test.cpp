// What is typed into a form, read back: above all the days and times that a London night plays tricks with.
#include "derived/forms.h"

#include "casework/casework_test_world.h"
#include "derived/site.h"

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

TEST(Forms, a_day_that_does_not_exist_is_refused_by_name)
{
    Problems problems;
    EXPECT_TRUE(read(typed("31", "2", "2026", "12:00"), noon, problems).is_null());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_TRUE(problems.front().field.starts_with("began_at"));
}

TEST(Forms, a_time_that_comes_twice_is_the_later_one_that_has_passed)
{
    const auto form = typed("25", "10", "2026", "01:10");
    Problems problems;
    EXPECT_EQ(read(form, at("2026-10-25T00:30:00Z"), problems), Json("2026-10-25T00:10:00Z"));
    EXPECT_EQ(read(form, at("2026-10-25T01:30:00Z"), problems), Json("2026-10-25T01:10:00Z"));
    EXPECT_TRUE(problems.empty());
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
