#include "clocks/london.h"

#include <array>
#include <charconv>
#include <date/tz.h>
#include <fmt/format.h>

namespace reachable::clocks {
namespace {

const date::time_zone& london()
{
    static const date::time_zone& zone = *date::locate_zone("Europe/London");
    return zone;
}

/// What a wall shows, as if it were UTC: the day and the time of day in one number.
date::local_seconds wall_at(UtcTime time)
{
    return london().to_local(time);
}

date::local_seconds wall_on(CivilDate day, seconds since_midnight)
{
    return date::local_seconds{std::chrono::sys_days{day}.time_since_epoch() + since_midnight};
}

CivilDate day_of(date::local_seconds wall)
{
    return CivilDate{std::chrono::sys_days{std::chrono::floor<std::chrono::days>(wall.time_since_epoch())}};
}

seconds since_midnight(date::local_seconds wall)
{
    return wall.time_since_epoch() - std::chrono::floor<std::chrono::days>(wall.time_since_epoch());
}

/// " (before clocks go back)", " (after clocks go back)" or nothing.
std::string_view which_of_two(UtcTime time)
{
    const auto info = london().get_info(wall_at(time));
    if (info.result != date::local_info::ambiguous) return "";
    return time < info.first.end ? " (before clocks go back)" : " (after clocks go back)";
}

constexpr std::array long_months{"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};
constexpr std::array short_months{"Jan",  "Feb", "Mar",  "Apr", "May", "June",
                                  "July", "Aug", "Sept", "Oct", "Nov", "Dec"};

/// Minutes since midnight, from "01:30" or "1:30".
Result<minutes> read_wall(std::string_view text)
{
    const auto refused = [] {
        return refuse(ProblemKind::malformed, "Give the time as hours and minutes, such as 09:05");
    };
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3) return refused();
    unsigned hour = 0;
    unsigned minute = 0;
    const auto* middle = text.data() + colon;
    const auto* last = text.data() + text.size();
    const auto [hour_end, hour_error] = std::from_chars(text.data(), middle, hour);
    const auto [minute_end, minute_error] = std::from_chars(middle + 1, last, minute);
    if (hour_error != std::errc{} || minute_error != std::errc{} || hour_end != middle || minute_end != last)
        return refused();
    if (hour > 23 || minute > 59) return refused();
    return hours{hour} + minutes{minute};
}

std::string counted(std::int64_t count, std::string_view unit)
{
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

} // namespace

CivilDate london_day(UtcTime time)
{
    return day_of(wall_at(time));
}

std::string wall_time(UtcTime time)
{
    const std::chrono::hh_mm_ss clock{since_midnight(wall_at(time))};
    return fmt::format("{:02}:{:02} {}", clock.hours().count(), clock.minutes().count(),
                       london().get_info(time).abbrev);
}

std::string wall_date_time(UtcTime time)
{
    return day_words(london_day(time)) + " at " + wall_time(time);
}

std::string wall_time_told_apart(UtcTime time)
{
    return wall_time(time).append(which_of_two(time));
}

std::string wall_date_time_told_apart(UtcTime time)
{
    return wall_date_time(time).append(which_of_two(time));
}

std::string day_words(CivilDate date, bool is_short)
{
    CHECK(date.ok(), "a day that is not in the calendar cannot be shown");
    const auto& months = is_short ? short_months : long_months;
    return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()));
}

std::string day_words(const PartialDate& date)
{
    const std::string about = date.is_estimated ? "about " : "";
    if (!date.month) return about + std::to_string(date.year);
    if (date.day) return about + day_words(date.earliest());
    CHECK(*date.month >= 1 && *date.month <= 12, "a month that is not in the calendar cannot be shown");
    return fmt::format("{}{} {}", about, long_months[*date.month - 1], date.year);
}

Result<UtcTime> from_wall(CivilDate day, std::string_view hours_and_minutes, bool later_of_two)
{
    if (!day.ok()) return refuse(ProblemKind::malformed, "That date is not in the calendar");
    const auto wall = wall_on(day, TRY(read_wall(hours_and_minutes)));
    const auto info = london().get_info(wall);
    if (info.result == date::local_info::nonexistent)
        return refuse(ProblemKind::malformed,
                      "There is no such time: the clocks go forward from 01:00 to 02:00 that night");
    const bool is_later = later_of_two && info.result == date::local_info::ambiguous;
    return UtcTime{wall.time_since_epoch() - (is_later ? info.second : info.first).offset};
}

UtcTime same_wall_time_on(UtcTime time, CivilDate day)
{
    CHECK(day.ok(), "a day that is not in the calendar has no clock time");
    const auto wall = wall_on(day, since_midnight(wall_at(time)));
    const auto info = london().get_info(wall);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return UtcTime{wall.time_since_epoch() - info.first.offset};
}

std::string duration_words(std::chrono::seconds duration)
{
    const auto total = std::chrono::floor<minutes>(std::chrono::abs(duration)).count();
    if (total == 0) return "less than a minute";
    constexpr std::int64_t minutes_an_hour = 60;
    constexpr std::int64_t minutes_a_day = 24 * minutes_an_hour;
    const bool in_days = total > 3 * minutes_a_day;
    const auto unit = in_days ? minutes_a_day : minutes_an_hour;
    const auto large = total / unit;
    const auto small = in_days ? total % unit / minutes_an_hour : total % unit;
    const auto small_words = counted(small, in_days ? "hour" : "minute");
    if (large == 0) return small_words;
    const auto large_words = counted(large, in_days ? "day" : "hour");
    return small == 0 ? large_words : large_words + " " + small_words;
}

} // namespace reachable::clocks
