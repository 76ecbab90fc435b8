// What an adult is to one child: mother, carer, football coach; whether they are safe for the child, or to be avoided,
// with who said so, why and when (4.A).
#pragma once

#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

using RelationId = Id<struct RelationKind>;

/// "Not asked" and "not known" are never shown as safe (R-X-08).
enum class Safety { not_asked, not_known, safe, avoid };
std::string_view code_of(Safety safety);
Result<Safety> safety_from(std::string_view code);

struct Relation {
    RelationId id;
    ChildId child;
    PersonId person;
    std::string relation;                            // "mother", "foster carer", "football coach"
    std::optional<bool> has_parental_responsibility; // nothing: not asked
    std::string responsibility_basis;                // "birth certificate", "court order"
    Safety safety = Safety::not_asked;
    std::string safety_reason;  // these three are needed for "safe" and "avoid"
    std::string safety_said_by; // "the child", "social worker": who, as a role
    std::optional<CivilDate> safety_said_on;
    std::optional<CivilDate> from;
    std::optional<CivilDate> to;
    Source source;
    bool operator==(const Relation&) const = default;
};

Json to_json(const Relation& relation);
/// Refuses, all at once and by member: what cannot be read, no child, no person or no relation, and "safe" or "avoid"
/// without reason, speaker and day.
Result<Relation> relation_from(const Json& json);

/// As `store_version`. A relation stays between the same child and the same adult: refuses (conflict) a version that
/// names others.
Result<std::int64_t> store_relation(storage::Transaction& transaction, const Relation& relation,
                                    std::int64_t expected_version, const Change& change);
std::optional<Stored<Relation>> find_relation(storage::Transaction& transaction, RelationId id,
                                              std::optional<UtcTime> as_at = std::nullopt);
/// The newest version of every relation of the child, ended ones too.
std::vector<Stored<Relation>> relations_of(storage::Transaction& transaction, ChildId child);

} // namespace reachable::records
