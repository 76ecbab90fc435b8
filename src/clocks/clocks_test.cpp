#include "clocks/clocks.h"

#include "clocks/london.h"
#include "clocks/time_sources.h"

#include <fstream>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sstream>
#include <thread>

namespace reachable::clocks {
namespace {

UtcTime utc(std::string_view text)
{
    return parse_utc(text).value();
}

/// "2026-05-11 09:00", as a London wall shows it.
UtcTime london(std::string_view day_and_time)
{
    return from_wall(parse_date(day_and_time.substr(0, 10)).value(), day_and_time.substr(11)).value();
}

const Calendar& shipped()
{
    static const Calendar calendar = [] {
        std::ifstream file("data/bank_holidays.csv");
        std::stringstream text;
        text << file.rdbuf();
        return read_calendar(text.str()).value();
    }();
    return calendar;
}

TEST(Clocks, two_hours_on_the_night_the_clocks_go_back_are_two_hours)
{
    const auto delivered = utc("2026-10-24T23:30:00Z");
    EXPECT_EQ(wall_time(delivered), "00:30 BST");
    const auto due_at = due(delivered, elapsed(2h), shipped()).value();
    EXPECT_EQ(due_at, utc("2026-10-25T01:30:00Z"));
    EXPECT_EQ(wall_time_told_apart(due_at), "01:30 GMT (after clocks go back)");
    EXPECT_EQ(warn_at(delivered, due_at, 50), utc("2026-10-25T00:30:00Z"));
    EXPECT_EQ(wall_time_told_apart(warn_at(delivered, due_at, 50)), "01:30 BST (before clocks go back)");
    EXPECT_EQ(warn_at(delivered, due_at, 75), utc("2026-10-25T01:00:00Z"));
    const auto completed = utc("2026-10-25T02:05:00Z");
    EXPECT_EQ(duration_words(completed - delivered), "2 hours 35 minutes");
    EXPECT_EQ(standing_words(due_at, completed, completed),
              "Stopped 35 minutes late. Due 01:30 GMT (after clocks go back)");
}

TEST(Clocks, run_out_when_their_scenario_says)
{
    struct Case {
        std::string_view start;
        Allowance allowance;
        std::string_view due;
        std::string_view because;
    };
    const Case cases[] = {
        {"2026-05-11 10:00", working_days(5), "2026-05-18 10:00", "C15, an emergency placement on a Monday"},
        {"2026-05-22 15:00", working_days(5), "2026-06-01 15:00", "C20, 25 May is a bank holiday"},
        {"2026-01-12 09:30", working_days(5), "2026-01-19 09:30", "C17, a reasonable grounds decision"},
        {"2026-03-27 18:10", elapsed(72h), "2026-03-30 19:10", "C13 across the night the clocks go forward"},
        {"2026-01-11 16:00", elapsed(72h), "2026-01-14 16:00", "C13 in winter"},
        {"2026-05-13 03:40", elapsed(72h), "2026-05-16 03:40", "C13 in summer"},
        {"2026-01-10 23:40", elapsed(24h), "2026-01-11 23:40", "C16, whether to refer"},
        {"2026-02-20 12:00", calendar_days(30), "2026-03-22 12:00", "C18, the earliest conclusive grounds"},
        {"2026-04-02 09:00", working_days(10), "2026-04-20 09:00", "Good Friday and Easter Monday in between"},
        {"2026-12-24 17:00", working_days(1), "2026-12-29 17:00", "Christmas, a weekend and Boxing Day's substitute"},
        {"2027-12-24 17:00", working_days(1), "2027-12-29 17:00", "two substitute days"},
        {"2027-12-31 12:00", working_days(1), "2028-01-04 12:00", "New Year's Day on a Saturday"},
    };
    for (const auto& one : cases)
        EXPECT_EQ(wall_date_time(due(london(one.start), one.allowance, shipped()).value()),
                  wall_date_time(london(one.due)))
            << one.because;
}

TEST(Clocks, a_clock_started_on_a_friday_is_due_on_monday)
{
    EXPECT_EQ(due(london("2026-05-15 16:45"), working_days(1), shipped()), london("2026-05-18 16:45"));
    EXPECT_EQ(due(london("2026-05-16 16:45"), working_days(1), shipped()), london("2026-05-18 16:45"));
    EXPECT_EQ(due(london("2026-05-17 16:45"), working_days(1), shipped()), london("2026-05-18 16:45"));
}

TEST(Clocks, working_days_keep_the_wall_time_when_the_clocks_change_between)
{
    EXPECT_EQ(due(utc("2026-03-27T18:10:30Z"), working_days(1), shipped()), utc("2026-03-30T17:10:30Z"));
    EXPECT_EQ(due(utc("2026-10-23T08:00:00Z"), working_days(1), shipped()), utc("2026-10-26T09:00:00Z"));
}

TEST(Clocks, a_day_counts_from_the_london_date_and_not_the_utc_one)
{
    EXPECT_EQ(due(utc("2026-05-14T23:30:00Z"), working_days(1), shipped()), london("2026-05-18 00:30"));
}

TEST(Clocks, nothing_allowed_is_due_at_once_even_on_a_day_off)
{
    const auto sunday = utc("2026-10-25T01:30:00Z");
    EXPECT_EQ(due(sunday, working_days(0), shipped()), sunday);
    EXPECT_EQ(due(sunday, calendar_days(0), shipped()), sunday);
    EXPECT_EQ(due(sunday, elapsed(0s), shipped()), sunday);
}

TEST(Clocks, refuse_days_that_the_calendar_lacks_and_need_none_for_hours)
{
    EXPECT_FALSE(due(london("2028-12-28 12:00"), working_days(5), shipped()));
    EXPECT_TRUE(due(london("2035-12-28 12:00"), elapsed(2h), Calendar{}));
    EXPECT_TRUE(due(london("2035-12-28 12:00"), calendar_days(5), Calendar{}));
}

TEST(Clocks, refuse_an_allowance_that_is_none)
{
    EXPECT_FALSE(due(london("2026-05-11 10:00"), elapsed(-1s), shipped()));
    EXPECT_FALSE(due(london("2026-05-11 10:00"), working_days(-1), shipped()));
    EXPECT_FALSE(due(london("2026-05-11 10:00"), {Counting::elapsed, INT64_MAX}, shipped()));
    EXPECT_FALSE(due(london("2026-05-11 10:00"), {Counting::calendar_days, INT64_MAX}, shipped()));
}

Pause pause(std::string_view from, std::string_view to)
{
    return {london(from), london(to), "The line is down"};
}

TEST(Pauses, add_their_whole_length)
{
    const auto start = london("2026-05-11 10:00");
    const std::vector pauses{pause("2026-05-11 10:30", "2026-05-11 11:00"),
                             pause("2026-05-11 11:15", "2026-05-11 11:25")};
    EXPECT_EQ(due(start, elapsed(2h), shipped(), pauses), london("2026-05-11 12:40"));
}

TEST(Pauses, that_overlap_count_once)
{
    const auto start = london("2026-05-11 10:00");
    const std::vector pauses{pause("2026-05-11 10:30", "2026-05-11 11:00"),
                             pause("2026-05-11 10:40", "2026-05-11 11:10"),
                             pause("2026-05-11 10:45", "2026-05-11 10:50")};
    EXPECT_EQ(due(start, elapsed(2h), shipped(), pauses), london("2026-05-11 12:40"));
}

TEST(Pauses, from_before_the_start_count_from_the_start)
{
    const std::vector pauses{pause("2026-05-11 09:00", "2026-05-11 10:30"),
                             pause("2026-05-11 08:00", "2026-05-11 08:30")};
    EXPECT_EQ(due(london("2026-05-11 10:00"), elapsed(2h), shipped(), pauses), london("2026-05-11 12:30"));
}

TEST(Pauses, not_yet_over_add_what_has_passed)
{
    const std::vector<Pause> pauses{{london("2026-05-11 10:30"), std::nullopt, "The line is down"}};
    const auto start = london("2026-05-11 10:00");
    EXPECT_EQ(due(start, elapsed(2h), shipped(), pauses, london("2026-05-11 10:50")), london("2026-05-11 12:20"));
    EXPECT_EQ(due(start, elapsed(2h), shipped(), pauses, london("2026-05-11 10:10")), london("2026-05-11 12:00"));
    EXPECT_EQ(due(start, elapsed(2h), shipped(), pauses), london("2026-05-11 12:00"));
}

TEST(Pauses, cannot_make_a_late_clock_be_in_time)
{
    const auto start = london("2026-05-11 10:00");
    const std::vector too_late{pause("2026-05-11 12:00", "2026-05-11 13:00")};
    EXPECT_EQ(due(start, elapsed(2h), shipped(), too_late), london("2026-05-11 12:00"));
    // The first pause carries the clock to 12:30, so the second begins in time.
    const std::vector both{pause("2026-05-11 11:00", "2026-05-11 11:30"),
                           pause("2026-05-11 12:15", "2026-05-11 12:20")};
    EXPECT_EQ(due(start, elapsed(2h), shipped(), both), london("2026-05-11 12:35"));
}

TEST(Pauses, of_a_working_day_clock_never_end_it_on_a_day_off)
{
    const auto start = london("2026-05-18 10:00"); // a Monday; due on Friday
    const std::vector one_day{pause("2026-05-19 10:00", "2026-05-20 10:00")};
    EXPECT_EQ(due(start, working_days(4), shipped()), london("2026-05-22 10:00"));
    EXPECT_EQ(due(start, working_days(4), shipped(), one_day), london("2026-05-26 10:00"));
}

TEST(Pauses, need_a_reason_and_an_end_that_follows_their_beginning)
{
    auto silent = pause("2026-05-11 10:30", "2026-05-11 11:00");
    silent.reason = "";
    EXPECT_FALSE(due(london("2026-05-11 10:00"), elapsed(2h), shipped(), std::vector{silent}));
    const auto backwards = pause("2026-05-11 11:00", "2026-05-11 10:30");
    EXPECT_FALSE(due(london("2026-05-11 10:00"), elapsed(2h), shipped(), std::vector{backwards}));
}

RC_GTEST_PROP(Pauses, never_bring_a_due_time_forward, ())
{
    const auto start = london("2026-05-11 10:00");
    std::vector<Pause> pauses;
    for (const auto& [from, length] : *rc::gen::container<std::vector<std::pair<int, unsigned char>>>(
             rc::gen::pair(rc::gen::inRange(-200, 600), rc::gen::arbitrary<unsigned char>())))
        pauses.push_back({start + minutes{from}, start + minutes{from + length}, "held"});
    const auto unheld = due(start, elapsed(4h), shipped()).value();
    const auto held = due(start, elapsed(4h), shipped(), pauses).value();
    seconds most = 0s;
    for (const auto& one : pauses) most += *one.to - one.from;
    RC_ASSERT(held >= unheld);
    RC_ASSERT(held <= unheld + most);
    std::reverse(pauses.begin(), pauses.end());
    RC_ASSERT(due(start, elapsed(4h), shipped(), pauses).value() == held);
}

RC_GTEST_PROP(Clocks, a_longer_allowance_is_never_due_sooner, ())
{
    const UtcTime start{seconds{*rc::gen::inRange<std::int64_t>(1'600'000'000, 1'800'000'000)}};
    const auto count = *rc::gen::inRange(0, 60);
    for (const auto counting : {Counting::working_days, Counting::calendar_days, Counting::elapsed}) {
        const auto sooner = due(start, {counting, count}, shipped()).value();
        RC_ASSERT(sooner >= start);
        RC_ASSERT(due(start, {counting, count + 1}, shipped()).value() > sooner);
    }
}

TEST(Warnings, come_at_their_share_of_the_time)
{
    const auto start = london("2026-05-11 10:00");
    EXPECT_EQ(warn_at(start, start + 15min, 66), start + 594s);
    EXPECT_EQ(warn_at(start, start + 72h, 50), start + 36h);
    EXPECT_EQ(warn_at(start, start + 72h, 100), start + 72h);
}

TEST(Standing, follows_the_clock_from_start_to_stop)
{
    const auto due_at = london("2026-05-11 12:00");
    const auto warning = london("2026-05-11 11:00");
    EXPECT_EQ(standing(due_at, warning, {}, warning - 1s), Standing::on_time);
    EXPECT_EQ(standing(due_at, warning, {}, warning), Standing::due_soon);
    EXPECT_EQ(standing(due_at, {}, {}, due_at - 1s), Standing::on_time);
    EXPECT_EQ(standing(due_at, warning, {}, due_at), Standing::overdue);
    EXPECT_EQ(standing(due_at, warning, due_at, due_at + 5h), Standing::stopped_in_time);
    EXPECT_EQ(standing(due_at, warning, due_at + 1s, due_at + 5h), Standing::stopped_late);
}

TEST(Standing, is_said_in_words)
{
    const auto due_at = london("2026-05-11 22:23");
    EXPECT_EQ(standing_words(due_at, {}, due_at - 42min), "42 minutes left. Due 22:23 BST");
    EXPECT_EQ(standing_words(due_at, {}, due_at + 18min), "18 minutes late. Due 22:23 BST");
    EXPECT_EQ(standing_words(due_at, {}, due_at - 30s), "Less than a minute left. Due 22:23 BST");
    EXPECT_EQ(standing_words(due_at, due_at - 12min, due_at + 1h), "Stopped 12 minutes early. Due 22:23 BST");
    EXPECT_EQ(standing_words(due_at, {}, due_at + 4h), "4 hours late. Due 11 May 2026 at 22:23 BST");
}

TEST(SimulatedTime, stands_still_until_it_is_moved)
{
    SimulatedTime time(utc("2026-10-24T23:30:00Z"));
    EXPECT_EQ(time.now(), utc("2026-10-24T23:30:00Z"));
    EXPECT_EQ(time.advance(2h), utc("2026-10-25T01:30:00Z"));
    EXPECT_EQ(time.now(), utc("2026-10-25T01:30:00Z"));
    EXPECT_TRUE(time.set(utc("2026-10-26T00:00:00Z")));
    EXPECT_EQ(time.now(), utc("2026-10-26T00:00:00Z"));
    EXPECT_EQ(time.health(), "simulated");
}

TEST(SimulatedTime, never_goes_back)
{
    SimulatedTime time(utc("2026-10-24T23:30:00Z"));
    EXPECT_FALSE(time.advance(-1s));
    EXPECT_FALSE(time.set(utc("2026-10-24T23:29:59Z")));
    EXPECT_EQ(time.now(), utc("2026-10-24T23:30:00Z"));
}

TEST(SimulatedTime, adds_up_what_many_threads_add)
{
    SimulatedTime time(utc("2026-10-24T00:00:00Z"));
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&time] {
            for (int step = 0; step < 250; ++step) EXPECT_TRUE(time.advance(1s));
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(time.now(), utc("2026-10-24T00:16:40Z"));
}

TEST(SystemTime, is_the_clock_of_the_machine)
{
    EXPECT_GT(SystemTime{}.now(), utc("2025-01-01T00:00:00Z"));
    EXPECT_EQ(SystemTime{}.health(), "system");
}

/// A machine whose clock somebody sets.
struct OddMachine {
    std::chrono::milliseconds wall{1'790'000'000'000};
    std::chrono::milliseconds running{60'000};
    bool is_kept = false;

    Machine machine()
    {
        return {.wall = [this] { return wall; },
                .running = [this] { return running; },
                .is_kept_by_others = [this] { return is_kept; }};
    }
    void pass(std::chrono::milliseconds time)
    {
        wall += time;
        running += time;
    }
};

TEST(SystemTime, is_unsure_from_a_jump_until_it_has_jumped_back)
{
    OddMachine odd;
    const SystemTime time(odd.machine());
    odd.pass(8h);
    EXPECT_EQ(time.health(), "system");
    odd.wall += 1s; // a leap second
    EXPECT_TRUE(time.is_sure());
    for (const auto jump : {-1h, 1h}) {
        odd.wall += jump;
        EXPECT_EQ(time.health(), "unsure");
        odd.pass(1h);
        EXPECT_FALSE(time.is_sure()) << "time alone heals no clock";
        odd.wall -= jump;
        EXPECT_TRUE(time.is_sure());
    }
}

TEST(SystemTime, that_a_time_service_set_right_is_sure)
{
    OddMachine odd;
    const SystemTime time(odd.machine());
    odd.wall += 3h; // a virtual machine was stopped and went on
    EXPECT_FALSE(time.is_sure());
    odd.is_kept = true;
    EXPECT_TRUE(time.is_sure());
    odd.is_kept = false;
    EXPECT_TRUE(time.is_sure()) << "from here it is measured anew";
    odd.wall -= 3h;
    EXPECT_FALSE(time.is_sure());
}

TEST(SystemTime, is_unsure_while_it_stands_before_what_the_log_has_seen)
{
    OddMachine odd;
    odd.is_kept = true;
    SystemTime time(odd.machine());
    time.not_before(time.now() + 1min);
    EXPECT_EQ(time.health(), "unsure");
    odd.pass(1min);
    EXPECT_EQ(time.health(), "system");
}

} // namespace
} // namespace reachable::clocks
