// The records of many people at once: for a batch of a feed, of which hardly anybody was joined with anybody.
#pragma once

#include "base/id.h"
#include "storage/database.h"

#include <map>
#include <span>
#include <vector>

namespace reachable::identity {

/// `members_of` each of these children.
std::map<ChildId, std::vector<ChildId>> members_of_each(storage::Transaction& transaction,
                                                        std::span<const ChildId> children);

} // namespace reachable::identity
