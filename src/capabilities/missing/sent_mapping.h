// How the columns of one system's table of missing episodes are meant: each force writes levels, places and times its
// own way, and a mapping file says how, so that nobody writes code for a new system.
#pragma once

#include "base/time.h"
#include "lists/lists.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace reachable::missing {

/// Read from lines of "name = value". Blank lines and lines that start with # are left out.
///
///     rows = episodes                   required: these are no people
///     source = northmere-missing        required
///     agency = X23000001                the force whose system it is: without it nobody sends the feed over the API
///     people = northmere-records        required: the source of which the references of people are
///     duties_from = 2026-12-01          required: what ended before that day is history: no clock, no interview, no
///                                       notice follows from it
///     time_format = dd/mm/yyyy hh:mm    days, months, years, hours, minutes (mm behind hh) and seconds (ss); a day
///     alone
///                                       may stand there too
///     time_zone = London                or UTC; what has its own zone behind it (Z, +01:00) is in that
///     reference = column                required: names an episode once
///     person = column                   required: the reference of the child in `people`
///     given, family, whole, born        the child, where `people` does not know that reference; born_format and
///                                       whole_order as for people
///     reported, last_seen               one of them is required
///     written_down, located, returned   times
///     last_seen_sure, returned_sure     how exactly that is known; codes exact, about, day_alone, not_known
///     levels                            the levels, first to last: one a value, or "code|time" divided by semicolons
///     levels_at                         their times, as many as there are levels
///     force, authority                  who leads, and who answers for the child: codes are those of agencies here
///     missing_from, reporter, located_how, found_by, return_type, harm: codes of the lists of that name
///     last_seen_where, located_where, found_where: texts; several columns are joined
///     distance_km                       a number: how far from home the child was found
///     outcome                           codes missing, returned, not_missing
///     deleted                           codes yes and no: the system deleted the episode
///     level.H = high                    a code of a column, for each column that has codes; an empty value says
///     nothing
struct SentMapping {
    using Columns = std::vector<std::vector<std::string>>;
    std::string source;
    std::string agency; // its code
    std::string people;
    std::optional<CivilDate> duties_from;
    std::string time_format = "yyyy-mm-ddThh:mm:ss";
    bool is_london = true;
    std::string born_format = "yyyy-mm-dd";
    std::string whole_order;
    std::map<std::string, Columns, std::less<>> columns;                          // by the name above
    std::map<std::string, std::map<std::string, std::string>, std::less<>> codes; // of a column

    bool has(std::string_view name) const { return columns.contains(name); }
    const Columns& of(std::string_view name) const;
};

/// True if the mapping says that the rows are episodes.
bool is_of_episodes(std::string_view mapping);
/// Refuses, each by its line: a name that is not above, a value that cannot be meant, a code that is on no list, and
/// what is required and not there.
Result<SentMapping> read_sent_mapping(std::string_view text, const lists::DatedLists& lists, CivilDate day);
std::set<std::string> columns_of(const SentMapping& mapping);

/// An instant as a system wrote it.
struct SentTime {
    UtcTime at{};
    bool is_day_alone = false; // then noon
    bool came_twice = false;   // the clocks went back that night, and this is the earlier one
};
/// Nothing where the text does not fit the format, or no clock showed that time.
std::optional<SentTime> read_sent_time(std::string_view text, std::string_view format, bool is_london);

} // namespace reachable::missing
