// Pairs as one reader may see them: each child by a look that the policy decides and the log names.
#pragma once

#include "capabilities/patterns/patterns.h"

namespace reachable::patterns {

struct PairsAsked {
    std::vector<ChildId> children; // who is known to the reader already; others come by them
    std::size_t most = 100;        // pairs
};

struct SeenPairs {
    std::vector<Pair> pairs;                         // of which the reader may see both children
    std::map<ChildId, records::Child> children = {}; // as far as they are shown
    bool is_cut = false;                             // more children might be shown than one picture holds
    std::map<AgencyId, std::string> forces = {};     // by name
};
/// A pair of which either child, or that either is missing, is not open to the reader is not there; nor is it counted.
SeenPairs see_pairs(const casework::Desk& desk, const accounts::Session& session, RequestId request, PairsAsked asked,
                    UtcTime now);

/// The children for whom the reader's force looks, or whose episode it leads and has not closed.
std::vector<ChildId> looked_for_by(storage::Transaction& transaction, AgencyId force);

} // namespace reachable::patterns
