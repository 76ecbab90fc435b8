#include "capabilities/profiles/counted.h"

#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"
#include "casework/case_store.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "storage/query_each.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::profiles {
namespace {

using storage::Transaction;

/// The codes stay valid for what was written down while they were in force.
std::string group_of(const casework::Desk& desk, const Profile& profile, UtcTime at)
{
    if (profile.ethnicity.empty()) return {};
    for (const auto* code : desk.lists.codes_on("profiles.ethnicity", clocks::london_day(at)))
        if (code->code == profile.ethnicity) return std::string(code->column("group"));
    return {};
}

Counted counted(Transaction& transaction, const casework::Desk& desk, CaseId id)
{
    const auto loaded = casework::load_case(transaction, profile_type(), id);
    CHECK(loaded.has_value(), "a profile that is counted is not there");
    const auto& profile = *static_cast<const Profile*>(loaded->facts.get());
    Counted one{.ethnicity = group_of(desk, profile, loaded->head.changed_at), .opened_at = loaded->head.opened_at};
    for (const auto& clock : casework::load_clocks(transaction, id))
        if (!clock.stopped_at) one.confirm_by = std::max(one.confirm_by, clock.due_at);
    return one;
}

} // namespace

std::map<ChildId, Counted> counted_profiles(Transaction& transaction, const casework::Desk& desk,
                                            std::span<const ChildId> records)
{
    std::vector<storage::Values> asked;
    for (const auto record : records) asked.push_back({storage::to_value(record), std::string(profile_type().name)});
    std::map<ChildId, Counted> all;
    for (const auto& rows : storage::query_each(
             transaction, "select id, child from cases where child = $1 and type = $2 and is_open = 1", asked))
        for (const auto& row : rows)
            if (const auto child = storage::id_at<ChildId>(row, 1); !ties::is_sealed(transaction, child))
                all.emplace(child, counted(transaction, desk, storage::id_at<CaseId>(row, 0)));
    return all;
}

} // namespace reachable::profiles
