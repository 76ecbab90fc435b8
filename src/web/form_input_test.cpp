#include "web/form_input.h"

#include <gtest/gtest.h>

namespace reachable::web {
namespace {

Fields typed(const char* day, const char* month, const char* year)
{
    Fields form;
    form.add("born-day", day);
    form.add("born-month", month);
    form.add("born-year", year);
    return form;
}

std::string partial(const char* day, const char* month, const char* year)
{
    const auto date = partial_date_in(typed(day, month, year), "born");
    return date ? to_iso(*date) : "refused: " + date.error().front().field;
}

TEST(FormInput, a_date_is_known_as_far_as_its_boxes_say)
{
    EXPECT_EQ(partial("17", "5", "2011"), "2011-05-17");
    EXPECT_EQ(partial("", "5", "2011"), "2011-05");
    EXPECT_EQ(partial("", "", "2011"), "2011");
}

TEST(FormInput, a_part_of_a_date_that_does_not_read_is_refused_by_name)
{
    EXPECT_EQ(partial("17", "", "2011"), "refused: born");
    EXPECT_EQ(partial("", "13", "2011"), "refused: born");
    EXPECT_EQ(partial("", "May", "2011"), "refused: born");
    EXPECT_EQ(partial("", "5", "11"), "refused: born");
    EXPECT_EQ(partial("30", "2", "2011"), "refused: born");
}

TEST(FormInput, a_day_or_a_month_that_would_wrap_round_to_another_is_refused)
{
    EXPECT_TRUE(date_in(typed("1", "1", "2011"), "born"));
    for (const auto* number : {"0", "-1", "-255", "256", "257", "513", "4294967297"}) {
        EXPECT_FALSE(date_in(typed(number, "1", "2011"), "born")) << "day " << number;
        EXPECT_FALSE(date_in(typed("1", number, "2011"), "born")) << "month " << number;
        EXPECT_FALSE(partial_date_in(typed(number, "1", "2011"), "born")) << "day " << number;
        EXPECT_FALSE(partial_date_in(typed("1", number, "2011"), "born")) << "month " << number;
    }
}

TEST(FormInput, a_date_that_does_not_read_says_which_box_is_wrong)
{
    const auto said = [](const char* day, const char* month, const char* year) {
        return date_in(typed(day, month, year), "born").error().front().sentence;
    };
    EXPECT_EQ(said("32", "1", "2011"), "Enter a day between 1 and 31");
    EXPECT_EQ(said("1", "13", "2011"), "Enter a month between 1 and 12");
    EXPECT_EQ(said("1", "1", "11"), "Enter the year with four digits");
    EXPECT_EQ(said("31", "2", "2026"), "There is no 31 February 2026");
}

TEST(FormInput, one_filled_box_is_an_answer_and_blanks_are_none)
{
    EXPECT_TRUE(has_date(typed("", "5", ""), "born"));
    EXPECT_FALSE(has_date(typed(" ", "", ""), "born"));
}

} // namespace
} // namespace reachable::web
