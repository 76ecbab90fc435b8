#include "clocks/london.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::clocks {
namespace {

UtcTime utc(std::string_view text)
{
    return parse_utc(text).value();
}

CivilDate day(std::string_view text)
{
    return parse_date(text).value();
}

TEST(London, shows_every_instant_with_the_letters_of_its_zone)
{
    struct Case {
        std::string_view time;
        std::string_view shown;
    };
    const Case cases[] = {
        {"2026-01-10T23:40:00Z", "10 January 2026 at 23:40 GMT"},
        {"2026-03-29T00:59:59Z", "29 March 2026 at 00:59 GMT"},
        {"2026-03-29T01:00:00Z", "29 March 2026 at 02:00 BST"},
        {"2026-06-30T23:30:00Z", "1 July 2026 at 00:30 BST"},
        {"2026-10-25T00:59:59Z", "25 October 2026 at 01:59 BST"},
        {"2026-10-25T01:00:00Z", "25 October 2026 at 01:00 GMT"},
        {"2025-12-31T23:59:59Z", "31 December 2025 at 23:59 GMT"},
    };
    for (const auto& one : cases) EXPECT_EQ(wall_date_time(utc(one.time)), one.shown) << one.time;
}

TEST(London, tells_the_two_times_of_an_autumn_night_apart)
{
    struct Case {
        std::string_view time;
        std::string_view shown;
    };
    const Case cases[] = {
        {"2026-10-24T23:30:00Z", "00:30 BST"},
        {"2026-10-24T23:59:59Z", "00:59 BST"},
        {"2026-10-25T00:00:00Z", "01:00 BST (before clocks go back)"},
        {"2026-10-25T00:30:00Z", "01:30 BST (before clocks go back)"},
        {"2026-10-25T00:59:59Z", "01:59 BST (before clocks go back)"},
        {"2026-10-25T01:00:00Z", "01:00 GMT (after clocks go back)"},
        {"2026-10-25T01:30:00Z", "01:30 GMT (after clocks go back)"},
        {"2026-10-25T02:00:00Z", "02:00 GMT"},
        {"2026-10-24T00:30:00Z", "01:30 BST"},
        {"2026-03-29T01:00:00Z", "02:00 BST"},
    };
    for (const auto& one : cases) EXPECT_EQ(wall_time_told_apart(utc(one.time)), one.shown) << one.time;
    EXPECT_EQ(wall_date_time_told_apart(utc("2026-10-25T01:30:00Z")),
              "25 October 2026 at 01:30 GMT (after clocks go back)");
}

TEST(London, day_ends_at_midnight_on_the_wall)
{
    EXPECT_EQ(london_day(utc("2026-06-30T22:59:59Z")), day("2026-06-30"));
    EXPECT_EQ(london_day(utc("2026-06-30T23:00:00Z")), day("2026-07-01"));
    EXPECT_EQ(london_day(utc("2026-12-31T23:59:59Z")), day("2026-12-31"));
}

TEST(London, reads_a_wall_time_in_either_season)
{
    EXPECT_EQ(from_wall(day("2026-01-10"), "23:40"), utc("2026-01-10T23:40:00Z"));
    EXPECT_EQ(from_wall(day("2026-07-01"), "00:30"), utc("2026-06-30T23:30:00Z"));
    EXPECT_EQ(from_wall(day("2026-07-01"), "9:05"), utc("2026-07-01T08:05:00Z"));
}

TEST(London, takes_the_earlier_of_two_unless_told_otherwise)
{
    EXPECT_EQ(from_wall(day("2026-10-25"), "01:30"), utc("2026-10-25T00:30:00Z"));
    EXPECT_EQ(from_wall(day("2026-10-25"), "01:30", true), utc("2026-10-25T01:30:00Z"));
    EXPECT_EQ(from_wall(day("2026-10-25"), "02:00", true), utc("2026-10-25T02:00:00Z"));
    EXPECT_EQ(from_wall(day("2026-10-24"), "01:30", true), utc("2026-10-24T00:30:00Z"));
}

TEST(London, refuses_a_time_that_the_spring_night_leaves_out)
{
    EXPECT_TRUE(from_wall(day("2026-03-29"), "00:59"));
    EXPECT_TRUE(from_wall(day("2026-03-29"), "02:00"));
    for (const auto* left_out : {"01:00", "01:30", "01:59"}) {
        const auto refused = from_wall(day("2026-03-29"), left_out);
        ASSERT_FALSE(refused) << left_out;
        EXPECT_EQ(sentences(refused.error()),
                  "There is no such time: the clocks go forward from 01:00 to 02:00 that night");
    }
}

TEST(London, refuses_what_is_no_time_of_day)
{
    for (const auto* text : {"", ":", "1", "0130", "24:00", "12:60", "-1:00", "+1:00", "1:5", "01:300", "001:30",
                             "01:3x", " 1:30", "01:+3"})
        EXPECT_FALSE(from_wall(day("2026-05-11"), text)) << text;
    const CivilDate no_day{std::chrono::year{2026}, std::chrono::February, std::chrono::day{30}};
    EXPECT_FALSE(from_wall(no_day, "12:00"));
}

TEST(London, finds_the_same_wall_time_on_another_day)
{
    EXPECT_EQ(same_wall_time_on(utc("2026-03-27T18:10:07Z"), day("2026-03-30")), utc("2026-03-30T17:10:07Z"));
    EXPECT_EQ(same_wall_time_on(utc("2026-03-28T01:30:00Z"), day("2026-03-29")), utc("2026-03-29T01:00:00Z"));
    EXPECT_EQ(same_wall_time_on(utc("2026-10-24T00:30:00Z"), day("2026-10-25")), utc("2026-10-25T00:30:00Z"));
}

RC_GTEST_PROP(London, reads_back_what_it_shows, ())
{
    const auto minute = *rc::gen::inRange<std::int64_t>(26'297'280, 31'556'160); // 2020 to 2030
    const UtcTime time{minutes{minute}};
    const auto shown = wall_time_told_apart(time);
    const bool is_later = shown.find("after") != std::string::npos;
    RC_ASSERT(from_wall(london_day(time), shown.substr(0, 5), is_later) == time);
}

TEST(London, writes_days_as_people_do)
{
    EXPECT_EQ(day_words(day("2026-10-25")), "25 October 2026");
    EXPECT_EQ(day_words(day("2026-09-05"), true), "5 Sept 2026");
    EXPECT_EQ(day_words(day("2026-06-05"), true), "5 June 2026");
    EXPECT_EQ(day_words(day("2026-02-01"), true), "1 Feb 2026");
}

TEST(London, writes_only_what_is_known_of_a_day)
{
    EXPECT_EQ(day_words(parse_partial_date("2011-05-17").value()), "17 May 2011");
    EXPECT_EQ(day_words(parse_partial_date("2011-05").value()), "May 2011");
    EXPECT_EQ(day_words(parse_partial_date("2011").value()), "2011");
    EXPECT_EQ(day_words(parse_partial_date("2011~").value()), "about 2011");
}

TEST(London, writes_durations_in_words)
{
    struct Case {
        std::chrono::seconds duration;
        std::string_view words;
    };
    const Case cases[] = {
        {0s, "less than a minute"},
        {59s, "less than a minute"},
        {60s, "1 minute"},
        {18min + 59s, "18 minutes"},
        {1h, "1 hour"},
        {2h + 35min, "2 hours 35 minutes"},
        {3h + 12min, "3 hours 12 minutes"},
        {1h + 1min, "1 hour 1 minute"},
        {72h, "72 hours"},
        {72h + 1min, "3 days"},
        {123h, "5 days 3 hours"},
        {-18min, "18 minutes"},
    };
    for (const auto& one : cases) EXPECT_EQ(duration_words(one.duration), one.words);
}

} // namespace
} // namespace reachable::clocks
