// What somebody says of a child, beside the record that they chose for them.
#pragma once

#include "records/child.h"

namespace reachable::records {

/// True if neither the name nor the birth date is this child's. One sign alone decides nothing (R-A-05): people are
/// known by other names, and dates are misheard. False where either side lacks a birth date or a name.
bool contradicts(const Child& record, std::string_view name_given, const std::optional<PartialDate>& born_given);

} // namespace reachable::records
