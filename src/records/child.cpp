#include "records/child.h"

#include "base/text.h"
#include "clocks/london.h"
#include "records/versions.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::records {
namespace {

using storage::Transaction;

RecordRef ref(ChildId id)
{
    return {RecordKind::child, id.bytes};
}

/// What must hold before a child is stored, every problem at once.
Problems problems_of(const Child& child, UtcTime now)
{
    Problems problems;
    const auto add = [&](ProblemKind kind, const char* sentence, std::string field) {
        problems.push_back({kind, sentence, std::move(field)});
    };
    if (child.id.is_none()) add(ProblemKind::missing, "The record has no reference of its own", "id");
    if (child.names.empty())
        add(ProblemKind::missing, "Give the child's name, or \"Name not known\" with a working label", "names");
    for (std::size_t i = 0; i < child.names.size(); ++i)
        if (trim(child.names[i].as_given).empty())
            add(ProblemKind::missing, "Give the name as it was given", fmt::format("names.{}.as_given", i));
    if (child.born && child.born->earliest() > clocks::london_day(now))
        add(ProblemKind::malformed, "The date of birth must be in the past", "born");
    for (std::size_t i = 0; i < child.identifiers.size(); ++i)
        if (to_lower_ascii(child.identifiers[i].type) == "nhs" && trim(child.identifiers[i].lawful_basis).empty())
            add(ProblemKind::missing, "An NHS number may be kept only with the lawful basis for it",
                fmt::format("identifiers.{}.lawful_basis", i));
    if (child.care_status_since && *child.care_status_since > clocks::london_day(now))
        add(ProblemKind::malformed, "The day from which the care status holds must be in the past",
            "care_status_since");
    for (auto& problem : problems_of(child.characteristics))
        problems.push_back({problem.kind, std::move(problem.sentence), "characteristics." + problem.field});
    return problems;
}

std::optional<StoredChild> find(Transaction& transaction, ChildId id, std::optional<UtcTime> as_at)
{
    auto stored = find_stored<Child>(transaction, ref(id), child_from, as_at);
    if (!stored) return std::nullopt;
    return StoredChild{std::move(stored->record), stored->version};
}

} // namespace

std::vector<AgencyId> custodians_of(const Child& child)
{
    std::vector<AgencyId> custodians;
    for (const auto agency : {child.source.agency, child.responsible_authority, child.host_authority})
        if (!agency.is_none() && std::ranges::find(custodians, agency) == custodians.end())
            custodians.push_back(agency);
    return custodians;
}

Result<std::int64_t> store_child(Transaction& transaction, const Child& child, std::int64_t expected_version,
                                 WorkerId by, std::string_view reason, UtcTime now)
{
    if (auto problems = problems_of(child, now); !problems.empty()) return refuse(std::move(problems));
    return store_version(transaction, ref(child.id), to_json(child), expected_version,
                         {.by = by, .reason = reason, .at = now});
}

std::optional<StoredChild> find_child(Transaction& transaction, ChildId id)
{
    return find(transaction, id, std::nullopt);
}

std::shared_ptr<const std::map<ChildId, Child>> find_children(Transaction& transaction, std::span<const ChildId> ids)
{
    using Children = std::map<ChildId, Child>;
    if (ids.empty()) return std::make_shared<const Children>();
    return recall_records(transaction, RecordKind::child, storage::to_values(ids))
        .made<Children>([](const storage::Rows& rows) {
            Children found;
            for (const auto& row : rows) {
                auto child = stored_in(row, child_from).record;
                const auto id = child.id;
                found.emplace(id, std::move(child));
            }
            return found;
        });
}

std::optional<StoredChild> find_child_as_at(Transaction& transaction, ChildId id, UtcTime at)
{
    return find(transaction, id, at);
}

} // namespace reachable::records
