// What another system marks a person with in codes of its own: "X17 of Harrier". A feed carries them beside the person;
// they say nothing about who somebody is and are no part of the source record. What a code means here, the capability
// of flags knows.
#pragma once

#include "base/json.h"
#include "base/time.h"

#include <optional>
#include <string>
#include <vector>

namespace reachable::identity {

struct LocalFlag {
    std::string system; // as its organisation calls it: "Harrier"
    std::string code;   // "X17"
    std::optional<CivilDate> since;
    std::string reason; // in plain words, or empty
    bool operator==(const LocalFlag&) const = default;
};

/// How many a feed carried. What became of each child's is not among it: that no flag was proposed would tell of a
/// protected record.
struct LocalFlagCounts {
    std::int64_t carried = 0;
    std::int64_t not_mapped = 0; // nobody has said yet which national code it is
    bool operator==(const LocalFlagCounts&) const = default;
    LocalFlagCounts& operator+=(const LocalFlagCounts& other)
    {
        carried += other.carried;
        not_mapped += other.not_mapped;
        return *this;
    }
};

/// A letter or figure first, then letters, figures, blanks and - _ . /; at most 40 of them. Of systems and of codes.
bool is_local_name(std::string_view text);

/// The local flags of one row; each reason says why the row is set aside, never a value.
struct LocalFlagsRead {
    std::vector<LocalFlag> flags;
    std::vector<std::string> reasons;
};
/// Of a table's cell: "Harrier|X17|2026-03-01|Carries goods for others; Harrier|X20". Since when and why may be left
/// out. Dates are written as `date_format` says (source_mapping.h).
LocalFlagsRead read_local_flags(std::string_view cell, std::string_view date_format);
/// Of a JSON object, where the column says: a list of objects with the members system, code, since and reason. A text
/// is read as a cell is; what is not there carries none.
LocalFlagsRead read_local_flags(const Json& row, std::string_view column, std::string_view date_format);

} // namespace reachable::identity
