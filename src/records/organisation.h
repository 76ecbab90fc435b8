// An organisation around a child that does not sign in here: a school, a children's home, a hospital, a company.
#pragma once

#include "records/contact.h"
#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

struct Organisation {
    OrganisationId id;
    std::string kind; // school, college, childrens_home, foster_agency, hospital, charity, company
    std::string name;
    std::string register_name;   // who numbers it: "URN", "Ofsted", "CIW"
    std::string register_number; // its number there
    PlaceId place;               // none: not known
    std::vector<Contact> contacts;
    std::string out_of_hours; // how it is reached at night
    Source source;
    bool operator==(const Organisation&) const = default;
};

Json to_json(const Organisation& organisation);
/// Refuses, all at once and by member: what cannot be read, no name, and a number without the register it belongs to.
Result<Organisation> organisation_from(const Json& json);

/// As `store_version`; refuses an organisation without an id and what `organisation_from` refuses.
Result<std::int64_t> store_organisation(storage::Transaction& transaction, const Organisation& organisation,
                                        std::int64_t expected_version, const Change& change);
/// The newest version, or the one that was newest at that moment.
std::optional<Stored<Organisation>> find_organisation(storage::Transaction& transaction, OrganisationId id,
                                                      std::optional<UtcTime> as_at = std::nullopt);

} // namespace reachable::records
