// What somebody says of a child, beside the record that they chose for them.
#pragma once

#include "records/child.h"

#include <functional>

namespace reachable::records {

/// True if neither the name nor the birth date is this child's. One sign alone decides nothing (R-A-05): people are
/// known by other names, and dates are misheard. False where either side lacks a birth date or a name.
bool contradicts(const Child& record, std::string_view name_given, const std::optional<PartialDate>& born_given);

/// The record of a child who has none, as somebody gives name, birth date and how sure the age is: its id at once, and
/// the write that stores it, for the act that opens it.
class NewRecord {
  public:
    explicit NewRecord(Child given) : child(given.id), given_(std::move(given)) {}
    ChildId child;
    std::function<void(storage::Transaction&)> storing(std::string reason, WorkerId by, UtcTime now) const;

  private:
    Child given_;
};
NewRecord new_record(std::string_view name_given, const std::optional<PartialDate>& born_given,
                     std::string_view age_status, Source source);

} // namespace reachable::records
