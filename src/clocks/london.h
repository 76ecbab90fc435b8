// What the clocks and calendars of England and Wales show. The only file that knows a time zone.
#pragma once

#include "base/time.h"

#include <string>

namespace reachable::clocks {

/// The London day an instant falls on.
CivilDate london_day(UtcTime time);
/// "01:30 GMT"; always with the letters of the zone (R-X-02).
std::string wall_time(UtcTime time);
/// "25 October 2026 at 01:30 GMT"
std::string wall_date_time(UtcTime time);
/// "25 October 2026"; "25 Oct 2026" when `is_short`. Short months as in Jan, Feb, Mar, Apr, May, June, July, Aug, Sept, Oct, Nov, Dec.
std::string day_words(CivilDate date, bool is_short = false);
/// "May 2011", "2011", "about 2011".
std::string day_words(const PartialDate& date);
/// "01:30 GMT (after clocks go back)" where the same wall time comes twice that night and this is the later one,
/// "01:30 BST (before clocks go back)" for the earlier; plain `wall_time` on all other days.
std::string wall_time_told_apart(UtcTime time);
/// An instant from what a person wrote: a day and "HH:MM" as shown on a London wall. A time that comes twice is taken as
/// the earlier one unless `later_of_two`; one that does not exist that night is refused with a sentence.
Result<UtcTime> from_wall(CivilDate day, std::string_view hours_and_minutes, bool later_of_two = false);
/// "3 hours 12 minutes", "18 minutes", "less than a minute".
std::string duration_words(std::chrono::seconds duration);

} // namespace reachable::clocks
