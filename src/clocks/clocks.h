// Statutory and agreed clocks: how long somebody has, when that time is up, and when to nudge.
// Nothing here reads the time of day; every function is told the moment it is asked about.
#pragma once

#include "base/time.h"

#include <span>
#include <vector>

namespace reachable::clocks {

/// The days on which nobody has to answer, besides Saturdays and Sundays: dated data, one calendar for England and
/// Wales.
struct Calendar {
    std::vector<CivilDate> bank_holidays; // sorted
    CivilDate first_known{};              // the calendar says nothing about days outside first_known … last_known
    CivilDate last_known{};
};
/// Reads lines "2026-12-25,Christmas Day" under the header "date,title"; lines starting with "#" before it are
/// comments. The years from the first to the last holiday are taken as known whole. Refuses a line it cannot read, by
/// number.
Result<Calendar> read_calendar(std::string_view csv);
/// Refuses a day the calendar does not cover.
Result<bool> is_working_day(CivilDate day, const Calendar& calendar);

/// A stretch in which the clock was held, with the reason. It stays visible: it never hides elapsed time (R-X-11).
struct Pause {
    UtcTime from{};
    std::optional<UtcTime> to; // still paused
    std::string reason;
    bool operator==(const Pause&) const = default;
};

enum class Counting { elapsed, working_days, calendar_days };

/// How long somebody has: so many seconds of real time, or so many days.
struct Allowance {
    Counting counting = Counting::elapsed;
    std::int64_t amount = 0; // seconds when elapsed, days otherwise
    constexpr bool operator==(const Allowance&) const = default;
};
constexpr Allowance elapsed(std::chrono::seconds duration)
{
    return {Counting::elapsed, duration.count()};
}
constexpr Allowance working_days(int count)
{
    return {Counting::working_days, count};
}
constexpr Allowance calendar_days(int count)
{
    return {Counting::calendar_days, count};
}

/// The moment `allowance` runs out when it starts at `start`. Elapsed time runs through the night and across clock
/// changes; working days end at the same London wall time on the last day, skipping weekends and bank holidays.
/// Each finished pause adds its whole length; an unfinished one adds what has passed at `now`. Time that two pauses
/// share counts once; a pause that begins when the time is already up adds nothing, so late stays late (R-X-12). A
/// working-day clock that a pause moves onto a day off ends at that time on the next working day. Never earlier than
/// `start`. Refuses a negative allowance, a pause without a reason or that ends before it begins, and days the calendar
/// lacks.
Result<UtcTime> due(UtcTime start, const Allowance& allowance, const Calendar& calendar,
                    std::span<const Pause> pauses = {}, UtcTime now = {});

/// The moment when `percent` (0 to 100) of the time between start and due has passed: when the owner is nudged.
UtcTime warn_at(UtcTime start, UtcTime due_at, int percent);

enum class Standing { on_time, due_soon, overdue, stopped_in_time, stopped_late };
/// Where a clock stands: due soon from its first warning on, overdue from the moment it is due. Stopped at that very
/// moment is in time.
Standing standing(UtcTime due_at, std::optional<UtcTime> first_warning_at, std::optional<UtcTime> stopped_at,
                  UtcTime now);
/// How it stands as a code: "due_soon".
std::string_view code_of(Standing standing);
/// "18 minutes late. Due 01:30 GMT", "42 minutes left. Due 22:23 BST"; once stopped, "Stopped 12 minutes early. Due …"
/// or "Stopped 35 minutes late. Due …". The day stands before the time when it is not the day of `now`.
std::string standing_words(UtcTime due_at, std::optional<UtcTime> stopped_at, UtcTime now);

} // namespace reachable::clocks
