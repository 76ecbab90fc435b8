#include "records/given.h"

#include <algorithm>

namespace reachable::records {

bool contradicts(const Child& record, std::string_view name_given, const std::optional<PartialDate>& born_given)
{
    // R-A-01: every agency sees the same child, so a wrong choice puts one child's care on another's record. R-A-05:
    // one sign alone decides nothing: people are known by other names, and dates are misheard.
    const auto keys = part_keys(read_name(name_given));
    if (keys.empty() || !record.born || !born_given) return false;
    const bool is_alike = std::any_of(record.names.begin(), record.names.end(), [&](const Name& name) {
        const auto theirs = part_keys(name);
        return theirs.empty() || std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
                   return std::find(theirs.begin(), theirs.end(), key) != theirs.end();
               });
    });
    const auto& born = *born_given;
    const bool is_guessed = born.is_estimated || record.born->is_estimated;
    const bool is_same_date =
        is_guessed || (born.earliest() <= record.born->latest() && record.born->earliest() <= born.latest());
    return !is_alike && !is_same_date;
}

std::function<void(storage::Transaction&)> NewRecord::storing(std::string reason, WorkerId by, UtcTime now) const
{
    return [given = given_, reason = std::move(reason), by, now](storage::Transaction& transaction) {
        const auto stored = store_child(transaction, given, 0, by, reason, now);
        CHECK(stored.has_value(), "a new child's record was refused");
    };
}

NewRecord new_record(std::string_view name_given, const std::optional<PartialDate>& born_given,
                     std::string_view age_status, Source source)
{
    Child child;
    child.id = ChildId::random();
    child.names = {read_name(name_given)};
    child.born = born_given;
    if (const auto status = age_status_from(age_status)) child.age_status = *status;
    child.source = std::move(source);
    return NewRecord(std::move(child));
}

} // namespace reachable::records
