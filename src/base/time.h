// Instants and days. An instant is UTC, to the second; a day is a day of the calendar; a birth date may be known only
// to the month or year. What London's clocks show lives in clocks/london.h. Nothing here reads the time of day.
#pragma once

#include "base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace reachable {

using namespace std::chrono_literals;

using UtcTime = std::chrono::sys_seconds;
using CivilDate = std::chrono::year_month_day;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// "2026-10-25T00:30:00Z"
std::string to_iso(UtcTime time);
/// "2026-10-25"
std::string to_iso(CivilDate date);
/// Takes exactly the form that `to_iso` writes; refuses 30 February and 24:00.
Result<UtcTime> parse_utc(std::string_view text);
Result<CivilDate> parse_date(std::string_view text);

constexpr std::int64_t to_seconds(UtcTime time)
{
    return time.time_since_epoch().count();
}
constexpr UtcTime from_seconds(std::int64_t count)
{
    return UtcTime{seconds{count}};
}

/// A date known to the day, the month or the year only (R-X-03, "dates with precision").
struct PartialDate {
    int year = 0;
    std::optional<unsigned> month;
    std::optional<unsigned> day;
    bool is_estimated = false;

    bool operator==(const PartialDate&) const = default;
    /// The first and the last day it could mean.
    CivilDate earliest() const;
    CivilDate latest() const;
};

/// "2011-05-17", "2011-05", "2011"; an estimated date ends in "~".
std::string to_iso(const PartialDate& date);
Result<PartialDate> parse_partial_date(std::string_view text);

/// Where the program learns what time it is; handed in by main(), so that a demo or a test can move it.
class TimeSource {
  public:
    virtual ~TimeSource() = default;
    virtual UtcTime now() const = 0;
    /// "system", "simulated", or "unsure" where nothing vouches for the time: stands in every audit entry.
    virtual std::string_view health() const = 0;
    /// What has its end by this clock holds no longer where the clock itself is in doubt (policy/policy.h, `live`).
    bool is_sure() const { return health() != "unsure"; }
};

} // namespace reachable
