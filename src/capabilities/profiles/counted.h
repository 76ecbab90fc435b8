// What counts take from the profiles of children: an ethnic group, and whether what is known was kept up to date.
// Nothing that names anybody.
#pragma once

#include "casework/desk.h"

#include <map>

namespace reachable::profiles {

struct Counted {
    std::string
        ethnicity; // the group that the child gave: A, B, M, O, W, or N (asked, and did not say); empty: not asked
    UtcTime opened_at{};
    UtcTime confirm_by{}; // it was kept up to date until then
};
/// Of those of these records of which one is kept. Nothing of a protected one.
std::map<ChildId, Counted> counted_profiles(storage::Transaction& transaction, const casework::Desk& desk,
                                            std::span<const ChildId> records);

} // namespace reachable::profiles
