#include "capabilities/profiles/counted.h"

#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"
#include "casework/case_store.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

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
    constexpr std::size_t most_at_once = 500;
    std::map<ChildId, Counted> all;
    for (auto left = records; !left.empty(); left = left.subspan(std::min(left.size(), most_at_once))) {
        const auto some = left.first(std::min(left.size(), most_at_once));
        auto values = storage::to_values(some);
        values.emplace_back(std::string(profile_type().name));
        for (const auto& row : transaction.query(
                 fmt::format("select id, child from cases where child in ({}) and type = ${} and is_open = 1",
                             storage::places(some.size()), values.size()),
                 values))
            if (const auto child = storage::id_at<ChildId>(row, 1); !ties::is_sealed(transaction, child))
                all.emplace(child, counted(transaction, desk, storage::id_at<CaseId>(row, 0)));
    }
    return all;
}

} // namespace reachable::profiles
