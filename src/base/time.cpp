#include "base/time.h"

#include "base/number.h"

#include <fmt/format.h>

namespace reachable {
namespace {

using std::chrono::day;
using std::chrono::floor;
using std::chrono::month;
using std::chrono::year;

} // namespace

std::string to_iso(UtcTime time)
{
    const auto date = floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock{time - date};
    return fmt::format("{}T{:02}:{:02}:{:02}Z", to_iso(CivilDate{date}), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

std::string to_iso(CivilDate date)
{
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

Result<CivilDate> parse_date(std::string_view text)
{
    const auto refused = [] {
        return refuse(ProblemKind::malformed, "Give the date as year-month-day, such as 2026-10-25");
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refused();
    const auto y = whole_number<unsigned>(text.substr(0, 4));
    const auto m = whole_number<unsigned>(text.substr(5, 2));
    const auto d = whole_number<unsigned>(text.substr(8, 2));
    if (!y || !m || !d) return refused();
    const CivilDate date{year{static_cast<int>(*y)}, month{*m}, day{*d}};
    if (!date.ok()) return refuse(ProblemKind::malformed, "That date is not in the calendar");
    return date;
}

Result<UtcTime> parse_utc(std::string_view text)
{
    const auto refused = [] { return refuse(ProblemKind::malformed, "Give the time as 2026-10-25T00:30:00Z, in UTC"); };
    if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') return refused();
    const auto date = TRY(parse_date(text.substr(0, 10)));
    const auto h = whole_number<unsigned>(text.substr(11, 2));
    const auto m = whole_number<unsigned>(text.substr(14, 2));
    const auto s = whole_number<unsigned>(text.substr(17, 2));
    if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59) return refused();
    return std::chrono::sys_days{date} + hours{*h} + minutes{*m} + seconds{*s};
}

CivilDate PartialDate::earliest() const
{
    return CivilDate{std::chrono::year{year}, std::chrono::month{month.value_or(1)}, std::chrono::day{day.value_or(1)}};
}

CivilDate PartialDate::latest() const
{
    const std::chrono::year_month last_month{std::chrono::year{year}, std::chrono::month{month.value_or(12)}};
    if (day) return last_month / std::chrono::day{*day};
    return CivilDate{last_month / std::chrono::last};
}

std::string to_iso(const PartialDate& date)
{
    auto text = fmt::format("{:04}", date.year);
    if (date.month) text += fmt::format("-{:02}", *date.month);
    if (date.month && date.day) text += fmt::format("-{:02}", *date.day);
    if (date.is_estimated) text += '~';
    return text;
}

Result<PartialDate> parse_partial_date(std::string_view text)
{
    PartialDate date;
    if (text.ends_with('~')) {
        date.is_estimated = true;
        text.remove_suffix(1);
    }
    const auto refused = [] {
        return refuse(ProblemKind::malformed, "Give the date as 2011-05-17, or 2011-05 or 2011 if no more is known");
    };
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return refused();
    const auto whole = TRY(parse_date(std::string(text) + (text.size() == 4   ? "-01-01"
                                                           : text.size() == 7 ? "-01"
                                                                              : "")));
    date.year = static_cast<int>(whole.year());
    if (text.size() >= 7) date.month = static_cast<unsigned>(whole.month());
    if (text.size() == 10) date.day = static_cast<unsigned>(whole.day());
    return date;
}

} // namespace reachable
