#include "clocks/clocks.h"

#include "base/csv.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::clocks {
namespace {

/// A calendar that lacks a holiday in a year it names would be wrong without a sign, so it speaks for whole years only.
Calendar calendar_of(std::vector<CivilDate> holidays)
{
    std::sort(holidays.begin(), holidays.end());
    const CivilDate first{holidays.front().year(), std::chrono::January, std::chrono::day{1}};
    const CivilDate last{holidays.back().year(), std::chrono::December, std::chrono::day{31}};
    return {.bank_holidays = std::move(holidays), .first_known = first, .last_known = last};
}

} // namespace

Result<Calendar> read_calendar(std::string_view csv)
{
    const auto table = TRY(parse_csv(csv));
    TRY(table.require({"date", "title"}));
    std::vector<CivilDate> holidays;
    Problems problems;
    for (const auto& row : table.rows) {
        const auto refused = [&](std::string_view sentence) {
            problems.push_back({ProblemKind::malformed, fmt::format("Line {}: {}", row.line, sentence), "date"});
        };
        const auto date = parse_date(table.cell(row, "date"));
        if (!date)
            refused(sentences(date.error()));
        else if (std::find(holidays.begin(), holidays.end(), *date) != holidays.end())
            refused("This day is listed twice");
        else
            holidays.push_back(*date);
    }
    if (!problems.empty()) return refuse(std::move(problems));
    if (holidays.empty()) return refuse(ProblemKind::missing, "The calendar lists no bank holiday");
    return calendar_of(std::move(holidays));
}

Result<bool> is_working_day(CivilDate day, const Calendar& calendar)
{
    if (!day.ok()) return refuse(ProblemKind::malformed, "That date is not in the calendar");
    if (day < calendar.first_known || day > calendar.last_known)
        return refuse(ProblemKind::unavailable, fmt::format("The bank holidays of {} are not known to this service yet",
                                                            static_cast<int>(day.year())));
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
    return !std::binary_search(calendar.bank_holidays.begin(), calendar.bank_holidays.end(), day);
}

} // namespace reachable::clocks
