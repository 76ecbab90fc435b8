// Of a restricted record nothing is told or concluded beside it, and of others nothing on it (R-P-07, R-P-08).
#pragma once

#include "identity/people.h"
#include "ties/ties.h"

namespace reachable::ties {

/// The records of the child that are open to everybody, this one first, and this one alone if it is restricted.
inline std::vector<ChildId> records_told_together(storage::Transaction& transaction, ChildId child)
{
    if (is_restricted(transaction, child)) return {child};
    return identity::members_seen(transaction, child,
                                  [&](ChildId record) { return !is_restricted(transaction, record); });
}

} // namespace reachable::ties
