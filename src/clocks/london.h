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
/// The same with the two of that night told apart: "25 October 2026 at 01:30 GMT (after clocks go back)".
std::string wall_date_time_told_apart(UtcTime time);
/// "25 October 2026"; "25 Oct 2026" when `is_short`. Short months as in Jan, Feb, Mar, Apr, May, June, July, Aug, Sept,
/// Oct, Nov, Dec.
std::string day_words(CivilDate date, bool is_short = false);
/// "May 2011", "2011", "about 2011".
std::string day_words(const PartialDate& date);
/// "01:30 GMT (after clocks go back)" where the same wall time comes twice that night and this is the later one,
/// "01:30 BST (before clocks go back)" for the earlier; plain `wall_time` on all other days.
std::string wall_time_told_apart(UtcTime time);
/// An instant from what a person wrote: a day and "HH:MM" as shown on a London wall. A time that comes twice is taken
/// as the earlier one unless `later_of_two`; one that does not exist that night is refused with a sentence.
Result<UtcTime> from_wall(CivilDate day, std::string_view hours_and_minutes, bool later_of_two = false);
/// The moment on `day` when London walls show what they show at `time`, to the second. The earlier of two; where there
/// is no such time that night, the moment the clocks go forward.
UtcTime same_wall_time_on(UtcTime time, CivilDate day);
/// "3 hours 12 minutes", "18 minutes", "less than a minute"; beyond 72 hours in days and hours: "5 days 3 hours".
/// Whole minutes that have passed; a negative duration reads as its length.
std::string duration_words(std::chrono::seconds duration);

} // namespace reachable::clocks
