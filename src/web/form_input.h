// What somebody typed, as a form holds it: what was wrong with it, and the boxes of a date and a time read back.
#pragma once

#include "base/time.h"
#include "web/http.h"

namespace reachable::web {

/// What a form shows: the values typed (or held), and the problems found in them.
struct FormState {
    Fields values;
    Problems problems;

    std::string value(std::string_view name) const { return std::string(values.get(name)); }
    /// The sentence of the first problem of that field; empty if there is none.
    std::string error(std::string_view field) const;
};

// The boxes that `date_field` makes under `name`. A problem belongs to the field of that name.

/// True if anything stands in one of the boxes.
bool has_date(const Fields& form, const std::string& name);
/// The day in the boxes; refuses what is not in the calendar and years that are not of four digits.
Result<CivilDate> date_in(const Fields& form, const std::string& name);
/// A year, a month or a day, as far as the boxes say.
Result<PartialDate> partial_date_in(const Fields& form, const std::string& name);

/// "When was the child last seen? Enter the time": a form asks for several dates, and the list of what is wrong with it
/// says which is meant.
void add_about(std::string_view label, const Problems& of_it, Problems& problems);

// The same boxes with one for the time of day beside them, "<name>-time", on London's clocks.

/// The moment in the boxes; "0018" and "00.18" are 00:18. A wall time that comes twice in a night is taken as the later
/// one that is not in the future.
Result<UtcTime> time_in(const Fields& form, const std::string& name, UtcTime now);
/// The boxes of that name, with the day of `now` where no day was typed.
Fields with_day(const Fields& form, const std::string& name, UtcTime now);
void fill_time(Fields& form, const std::string& name, UtcTime time);

} // namespace reachable::web
