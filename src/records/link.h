// A link between two records: a child who lives at a place, two children who went missing together, an adult who is
// suspected of exploiting a child (4.A). A link that was wrong or is over is ended or corrected by a new version.
#pragma once

#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

using LinkId = Id<struct LinkKind>;

enum class LinkType {
    family,
    carer,
    friend_of,
    peer,
    went_missing_with,
    found_with,
    suspected_exploiter_of,
    owes_or_told_owes,
    lives_at,
    frequents,
    uses_phone,
    uses_vehicle,
    professional_for,
};
std::string_view code_of(LinkType type);
Result<LinkType> link_type_from(std::string_view code);
/// "went missing with", "lives at": from the first record to the second.
std::string_view words_for(LinkType type);
/// True when the link says the same in both directions.
bool is_mutual(LinkType type);

struct Link {
    LinkId id;
    LinkType type = LinkType::family;
    RecordRef from;
    RecordRef to;
    std::optional<CivilDate> since;
    std::optional<CivilDate> until;
    Source source; // with the confidence
    bool operator==(const Link&) const = default;
};

Json to_json(const Link& link);
/// Refuses, all at once and by member: what cannot be read, a record linked to itself, an end of a kind that the type
/// does not allow (nobody lives at a phone), an end before the beginning, and a child as an exploiter: what a child did
/// stands on events, never as a label on the child (R-A-07).
Result<Link> link_from(const Json& json);

/// As `store_version`. A link keeps its type and its two ends: refuses (conflict) a version that names others.
Result<std::int64_t> store_link(storage::Transaction& transaction, const Link& link, std::int64_t expected_version,
                                const Change& change);
std::optional<Stored<Link>> find_link(storage::Transaction& transaction, LinkId id,
                                      std::optional<UtcTime> as_at = std::nullopt);
/// The newest version of every link of the record, from it or to it, ended ones too.
std::vector<Stored<Link>> links_of(storage::Transaction& transaction, const RecordRef& record);

} // namespace reachable::records
