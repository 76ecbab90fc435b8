// Two narrow tables beside the episodes: when each child was away, so that what stands out is worked out without
// reading cases; and what changed of the episodes that a force leads or searches for, in the order in which its own
// system fetches them. Both say what the episodes say and nothing else.
#pragma once

#include "capabilities/missing/episode.h"
#include "casework/case_store.h"

namespace reachable::missing {

/// Notes how the episode stands now: `state` of the case `id`. Called by every act about an episode, in its
/// transaction.
void keep_absence(storage::Transaction& transaction, CaseId id, std::string_view state, const Episode& episode);
/// True if the tables say of the episode what it says itself.
bool absence_is_kept(storage::Transaction& transaction, const casework::CaseHead& head, const Episode& episode);

/// True if the child is back and duties follow from it: it is no history that a force's own system sent.
bool is_a_live_return(storage::Transaction& transaction, ChildId child, CaseId id);

/// The absences of these records, the one that began last first, at most so many; what was no absence is left out.
std::vector<CaseId> newest_absences(storage::Transaction& transaction, std::span<const ChildId> records,
                                    std::size_t most);
/// True if a child of these records was away at some time between the two by another episode than `but`. R-B-07: "no
/// gap and no duplicate count". `until`: nothing while the child is away.
bool is_away_in(storage::Transaction& transaction, std::span<const ChildId> records, UtcTime from,
                std::optional<UtcTime> until, CaseId but);

/// What changed for a force after that change number, the oldest first; the newest change of each episode alone.
struct Change {
    std::int64_t number = 0;
    CaseId id;
};
struct Changes {
    std::vector<Change> all;
    std::int64_t last = 0; // to go on from; also where every change was overtaken by a later one
    bool has_more = false;
};
Changes changes_after(storage::Transaction& transaction, AgencyId force, std::int64_t number, std::size_t most);

} // namespace reachable::missing
