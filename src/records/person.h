// An adult around a child: a parent, a carer, a neighbour, somebody who gives cause for concern. Who they are, and how
// to reach them; what they are to one child stands in relation.h.
#pragma once

#include "records/contact.h"
#include "records/name.h"
#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

struct Person {
    PersonId id;
    std::vector<Name> names; // never empty: "Name not known" with a working label counts
    std::optional<PartialDate> born;
    std::vector<Address> addresses;
    std::vector<Contact> contacts;
    std::string language;
    Source source;
    bool operator==(const Person&) const = default;
};

Json to_json(const Person& person);
/// Refuses, all at once and by member: what cannot be read, and no name at all.
Result<Person> person_from(const Json& json);

/// As `store_version`; refuses a person without an id or a name.
Result<std::int64_t> store_person(storage::Transaction& transaction, const Person& person,
                                  std::int64_t expected_version, const Change& change);
/// The newest version, or the one that was newest at that moment.
std::optional<Stored<Person>> find_person(storage::Transaction& transaction, PersonId id,
                                          std::optional<UtcTime> as_at = std::nullopt);

} // namespace reachable::records
