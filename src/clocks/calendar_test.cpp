#include "clocks/clocks.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace reachable::clocks {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

CivilDate day(std::string_view text)
{
    return parse_date(text).value();
}

Calendar shipped()
{
    std::ifstream file("data/bank_holidays.csv");
    std::stringstream text;
    text << file.rdbuf();
    return read_calendar(text.str()).value();
}

bool lists(const Calendar& calendar, sys_days date)
{
    return std::binary_search(calendar.bank_holidays.begin(), calendar.bank_holidays.end(), CivilDate{date});
}

/// Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher, Nature 1876).
sys_days easter(int year)
{
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return CivilDate{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(f / 31)},
                     std::chrono::day{static_cast<unsigned>(f % 31 + 1)}};
}

/// The first day from `date` on that is neither at a weekend nor taken: where a holiday at a weekend goes.
sys_days substitute(sys_days date, const std::vector<sys_days>& taken)
{
    while (weekday{date} == std::chrono::Saturday || weekday{date} == std::chrono::Sunday ||
           std::find(taken.begin(), taken.end(), date) != taken.end())
        date += days{1};
    return date;
}

TEST(BankHolidays, give_each_year_the_friday_and_monday_of_a_computed_easter)
{
    EXPECT_EQ(CivilDate{easter(2026)}, day("2026-04-05"));
    const auto calendar = shipped();
    for (int year = 2020; year <= 2028; ++year) {
        EXPECT_TRUE(lists(calendar, easter(year) - days{2})) << year;
        EXPECT_TRUE(lists(calendar, easter(year) + days{1})) << year;
    }
}

/// Source: Banking and Financial Dealings Act 1971, schedule 1, and section 1(3) for substitute days.
TEST(BankHolidays, fall_on_a_working_weekday_when_new_year_or_christmas_is_at_a_weekend)
{
    const auto calendar = shipped();
    for (int year = 2020; year <= 2028; ++year) {
        const std::chrono::year in{year};
        EXPECT_TRUE(lists(calendar, substitute(sys_days{in / 1 / 1}, {}))) << year;
        // Christmas on a Sunday gives its substitute the day after Boxing Day.
        const sys_days christmas{in / 12 / 25};
        const auto boxing = substitute(christmas + days{1}, {});
        const bool is_sunday = weekday{christmas} == std::chrono::Sunday;
        const auto christmas_off = substitute(christmas, is_sunday ? std::vector{boxing} : std::vector<sys_days>{});
        EXPECT_TRUE(lists(calendar, christmas_off)) << year;
        EXPECT_TRUE(lists(calendar, substitute(christmas + days{1}, {christmas_off}))) << year;
    }
}

TEST(BankHolidays, include_the_days_moved_or_added_by_proclamation)
{
    const auto calendar = shipped();
    struct Case {
        std::string_view date;
        bool is_listed;
    };
    const Case cases[] = {
        {"2020-05-04", false}, {"2020-05-08", true},  {"2020-12-28", true},  {"2021-12-27", true}, {"2021-12-28", true},
        {"2022-05-30", false}, {"2022-06-02", true},  {"2022-06-03", true},  {"2022-09-19", true}, {"2022-12-27", true},
        {"2023-05-01", true},  {"2023-05-08", true},  {"2026-12-26", false}, {"2026-12-28", true}, {"2027-12-27", true},
        {"2027-12-28", true},  {"2028-01-01", false}, {"2028-01-03", true},
    };
    for (const auto& one : cases) EXPECT_EQ(lists(calendar, sys_days{day(one.date)}), one.is_listed) << one.date;
}

TEST(BankHolidays, are_never_at_a_weekend_and_eight_a_year_besides_the_added_ones)
{
    const auto calendar = shipped();
    for (const auto date : calendar.bank_holidays) {
        const weekday falls_on{sys_days{date}};
        EXPECT_NE(falls_on, std::chrono::Saturday) << to_iso(date);
        EXPECT_NE(falls_on, std::chrono::Sunday) << to_iso(date);
    }
    EXPECT_EQ(calendar.bank_holidays.size(), 9u * 8 + 3); // June 2022, September 2022, May 2023
    EXPECT_EQ(calendar.first_known, day("2020-01-01"));
    EXPECT_EQ(calendar.last_known, day("2028-12-31"));
}

TEST(WorkingDays, leave_out_weekends_and_holidays)
{
    const auto calendar = shipped();
    EXPECT_EQ(is_working_day(day("2026-05-22"), calendar), true);
    EXPECT_EQ(is_working_day(day("2026-05-23"), calendar), false);
    EXPECT_EQ(is_working_day(day("2026-05-25"), calendar), false);
    EXPECT_EQ(is_working_day(day("2026-12-26"), calendar), false);
    EXPECT_EQ(is_working_day(day("2026-12-29"), calendar), true);
}

TEST(WorkingDays, are_refused_outside_the_years_of_the_calendar)
{
    const auto calendar = shipped();
    EXPECT_TRUE(is_working_day(day("2028-12-31"), calendar));
    EXPECT_FALSE(is_working_day(day("2029-01-01"), calendar));
    EXPECT_FALSE(is_working_day(day("2019-12-31"), calendar));
    EXPECT_FALSE(is_working_day(day("2026-05-22"), Calendar{}));
}

TEST(Calendars, are_sorted_whatever_the_order_of_their_lines)
{
    const auto calendar =
        read_calendar("# source: invented\ndate,title\n2026-12-25,Christmas Day\n2025-01-01,New Year\n");
    ASSERT_TRUE(calendar) << sentences(calendar.error());
    EXPECT_EQ(calendar->bank_holidays, (std::vector{day("2025-01-01"), day("2026-12-25")}));
    EXPECT_EQ(calendar->first_known, day("2025-01-01"));
    EXPECT_EQ(calendar->last_known, day("2026-12-31"));
}

TEST(Calendars, name_the_line_that_cannot_be_read)
{
    const auto refused = read_calendar("date,title\n2026-12-25,Christmas Day\n2026-02-30,No day\n2026-12-25,Again\n");
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().size(), 2u);
    EXPECT_EQ(refused.error()[0].sentence, "Line 3: That date is not in the calendar");
    EXPECT_EQ(refused.error()[1].sentence, "Line 4: This day is listed twice");
}

TEST(Calendars, must_list_something_under_the_right_header)
{
    EXPECT_FALSE(read_calendar(""));
    EXPECT_FALSE(read_calendar("date,title\n"));
    EXPECT_FALSE(read_calendar("day,title\n2026-12-25,Christmas Day\n"));
}

} // namespace
} // namespace reachable::clocks
