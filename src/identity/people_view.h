// The table `same_person` behind people.h: where each record leads that belongs to a person of two or more.
#pragma once

#include "identity/decisions.h"

#include <map>

namespace reachable::identity {

/// One standing, open decision that two are the same.
struct Join {
    ChildId one;
    ChildId other;
    UtcTime one_recorded_at{};
    UtcTime other_recorded_at{};
};

bool is_open_join(const Decision& decision);
Join join_of(const Decision& decision);

using Leads = std::map<ChildId, ChildId>;
/// Where each joined record leads: to the one of its group that was on file first, and of two such to the smaller id.
Leads leads_of(std::span<const Join> joins);

/// Works out anew where these records lead. They must be whole people: all members of each.
void refresh(storage::Transaction& transaction, std::span<const ChildId> members);

} // namespace reachable::identity
