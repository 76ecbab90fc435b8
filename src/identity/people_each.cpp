#include "identity/people_each.h"

#include "identity/people.h"
#include "storage/columns.h"

#include <fmt/format.h>
#include <set>

namespace reachable::identity {
namespace {

constexpr std::size_t most_at_once = 500;

/// Those that stand in the table of records that were joined; whoever leads others stands there too.
std::set<ChildId> joined_among(storage::Transaction& transaction, std::span<const ChildId> children)
{
    std::set<ChildId> joined;
    for (; !children.empty(); children = children.subspan(std::min(children.size(), most_at_once))) {
        const auto some = children.first(std::min(children.size(), most_at_once));
        for (const auto child :
             storage::ids_at<ChildId>(transaction.query(fmt::format("select child from same_person where child in ({})",
                                                                    storage::places(some.size())),
                                                        storage::to_values(some)),
                                      0))
            joined.insert(child);
    }
    return joined;
}

} // namespace

std::map<ChildId, std::vector<ChildId>> members_of_each(storage::Transaction& transaction,
                                                        std::span<const ChildId> children)
{
    const auto joined = joined_among(transaction, children);
    std::map<ChildId, std::vector<ChildId>> members;
    for (const auto child : children)
        if (!members.contains(child))
            members.emplace(child, joined.contains(child) ? members_of(transaction, child) : std::vector{child});
    return members;
}

} // namespace reachable::identity
