#include "clocks/clocks.h"

#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::clocks {
namespace {

CivilDate days_after(CivilDate day, std::int64_t count)
{
    return CivilDate{std::chrono::sys_days{day} + std::chrono::days{count}};
}

/// The `count`th working day after `day`, whether or not that one is a working day itself.
Result<CivilDate> working_days_after(CivilDate day, std::int64_t count, const Calendar& calendar)
{
    while (count > 0) {
        day = days_after(day, 1);
        if (TRY(is_working_day(day, calendar))) --count;
    }
    return day;
}

/// A century: beyond any clock there is, and far from where arithmetic on instants would overflow.
constexpr std::int64_t most_seconds = 100LL * 366 * 24 * 60 * 60;
constexpr std::int64_t most_days = 100LL * 366;

/// When the time is up if nobody holds the clock.
Result<UtcTime> due_without_pauses(UtcTime start, const Allowance& allowance, const Calendar& calendar)
{
    const auto most = allowance.counting == Counting::elapsed ? most_seconds : most_days;
    if (allowance.amount < 0 || allowance.amount > most)
        return refuse(ProblemKind::malformed, "The time allowed must be between nothing and a hundred years");
    if (allowance.amount == 0) return start;
    if (allowance.counting == Counting::elapsed) return start + seconds{allowance.amount};
    const auto first_day = london_day(start);
    if (allowance.counting == Counting::calendar_days)
        return same_wall_time_on(start, days_after(first_day, allowance.amount));
    return same_wall_time_on(start, TRY(working_days_after(first_day, allowance.amount, calendar)));
}

/// A stretch that counts for a clock: from not before its start, with an end.
struct Stretch {
    UtcTime from;
    UtcTime to;
};

Result<std::vector<Stretch>> stretches(UtcTime start, std::span<const Pause> pauses, UtcTime now)
{
    std::vector<Stretch> found;
    for (const auto& pause : pauses) {
        if (pause.reason.empty())
            return refuse(ProblemKind::missing, "Give the reason why the clock was held", "reason");
        if (pause.to && *pause.to < pause.from)
            return refuse(ProblemKind::malformed, "A pause cannot end before it begins", "to");
        const Stretch stretch{std::max(pause.from, start), pause.to.value_or(now)};
        if (stretch.from < stretch.to) found.push_back(stretch);
    }
    std::sort(found.begin(), found.end(), [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
    return found;
}

/// Adds the pauses one after the other; each must begin while the clock still runs.
UtcTime held(UtcTime due_at, const std::vector<Stretch>& pauses)
{
    UtcTime counted_up_to = UtcTime::min();
    for (const auto& pause : pauses) {
        if (pause.from >= due_at) break;
        const auto from = std::max(pause.from, counted_up_to);
        if (from < pause.to) due_at += pause.to - from;
        counted_up_to = std::max(counted_up_to, pause.to);
    }
    return due_at;
}

Result<UtcTime> on_a_working_day(UtcTime time, const Calendar& calendar)
{
    const auto day = london_day(time);
    if (TRY(is_working_day(day, calendar))) return time;
    return same_wall_time_on(time, TRY(working_days_after(day, 1, calendar)));
}

std::string due_words(UtcTime due_at, UtcTime now)
{
    const bool is_today = london_day(due_at) == london_day(now);
    return "Due " + (is_today ? wall_time_told_apart(due_at) : wall_date_time_told_apart(due_at));
}

std::string with_capital(std::string words)
{
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 32);
    return words;
}

} // namespace

Result<UtcTime> due(UtcTime start, const Allowance& allowance, const Calendar& calendar, std::span<const Pause> pauses,
                    UtcTime now)
{
    const auto unheld = TRY(due_without_pauses(start, allowance, calendar));
    const auto due_at = held(unheld, TRY(stretches(start, pauses, now)));
    if (allowance.counting == Counting::working_days && due_at != unheld) return on_a_working_day(due_at, calendar);
    return std::max(due_at, start);
}

UtcTime warn_at(UtcTime start, UtcTime due_at, int percent)
{
    return start + seconds{(due_at - start).count() * percent / 100};
}

Standing standing(UtcTime due_at, std::optional<UtcTime> first_warning_at, std::optional<UtcTime> stopped_at,
                  UtcTime now)
{
    if (stopped_at) return *stopped_at <= due_at ? Standing::stopped_in_time : Standing::stopped_late;
    if (now >= due_at) return Standing::overdue;
    if (first_warning_at && now >= *first_warning_at) return Standing::due_soon;
    return Standing::on_time;
}

std::string_view code_of(Standing standing)
{
    switch (standing) {
    case Standing::on_time: return "on_time";
    case Standing::due_soon: return "due_soon";
    case Standing::overdue: return "overdue";
    case Standing::stopped_in_time: return "stopped_in_time";
    case Standing::stopped_late: return "stopped_late";
    }
    throw Bug("a clock stands nowhere known");
}

std::string standing_words(UtcTime due_at, std::optional<UtcTime> stopped_at, UtcTime now)
{
    const auto apart = duration_words(stopped_at.value_or(now) - due_at);
    const auto state = standing(due_at, std::nullopt, stopped_at, now);
    const auto words = state == Standing::stopped_in_time ? fmt::format("Stopped {} early", apart)
                       : state == Standing::stopped_late  ? fmt::format("Stopped {} late", apart)
                       : state == Standing::overdue       ? fmt::format("{} late", with_capital(apart))
                                                          : fmt::format("{} left", with_capital(apart));
    return words + ". " + due_words(due_at, now);
}

} // namespace reachable::clocks
