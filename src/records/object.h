// A thing that ties people together: a phone, a vehicle, a knife, a bank card. The "object" of people, objects,
// locations and events.
#pragma once

#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

using ObjectId = Id<struct ObjectKind>;

struct Object {
    ObjectId id;
    std::string kind;        // phone, vehicle, card, weapon, other
    std::string mark;        // what tells it apart: a number, a registration mark
    std::string description; // "white van, dent in the left door"
    Source source;
    bool operator==(const Object&) const = default;
};

Json to_json(const Object& object);
/// Refuses, all at once and by member: what cannot be read, no kind, and an object with neither mark nor description.
Result<Object> object_from(const Json& json);

/// As `store_version`; refuses an object without an id and what `object_from` refuses.
Result<std::int64_t> store_object(storage::Transaction& transaction, const Object& object,
                                  std::int64_t expected_version, const Change& change);
/// The newest version, or the one that was newest at that moment.
std::optional<Stored<Object>> find_object(storage::Transaction& transaction, ObjectId id,
                                          std::optional<UtcTime> as_at = std::nullopt);

} // namespace reachable::records
