// What bars family from one record bars them from all that are of the same child.
#include "storage/columns.h"
#include "ties/tie_rows.h"
#include "ties/ties.h"

#include <algorithm>
#include <ranges>

namespace reachable::ties {

using storage::Transaction;

namespace {

void end_joined_tie(Transaction& transaction, const Tie& tie, UtcTime at)
{
    begin_epoch(transaction);
    transaction.execute("update ties set ended_at = $3, changed_in = (select epoch from ties_clock) where child = $1 "
                        "and proved_by = $2 and kind = 'joined_family' and ended_at is null",
                        {storage::to_value(tie.child), storage::to_value(tie.proved_by), storage::to_value(at)});
}

} // namespace

std::vector<Tie> close_family_alike(Transaction& transaction, std::span<const ChildId> records, UtcTime now)
{
    std::vector<Tie> restricted;
    std::vector<Tie> alike;
    for (const auto& ties : std::views::values(ties_for(transaction, records, {})))
        for (const auto& tie : ties)
            if (is_family(tie) && !tie.ended_at) (tie.kind == Kind::family ? restricted : alike).push_back(tie);
    for (const auto& tie : alike)
        if (std::ranges::find(restricted, tie.proved_by, &Tie::proved_by) == restricted.end())
            end_joined_tie(transaction, tie, now);
    std::vector<Tie> closed;
    for (const auto& tie : restricted)
        for (const auto record : records) {
            const auto closes_it = [&](const Tie& one) {
                return one.child == record && one.proved_by == tie.proved_by;
            };
            if (record == tie.child || std::ranges::any_of(alike, closes_it)) continue;
            auto& joined = closed.emplace_back(tie);
            joined.kind = Kind::joined_family;
            joined.child = record;
            joined.since = now;
            add_tie(transaction, joined);
        }
    return closed;
}

} // namespace reachable::ties
