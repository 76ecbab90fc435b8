// Decisions that cannot all be true: two are kept apart, and others join them. Somebody who may not see one of the
// records decided about the rest, and was answered as if it were not on file; whoever may see them all undoes what is
// wrong.
#pragma once

#include "capabilities/matching/comparison_page.h"

namespace reachable::matching {

/// With a heading; nothing where there are none of which this person may see every record, or where their organisation
/// holds none of them.
Html contradictions_list(const casework::Desk& desk, const Visit& visit);

} // namespace reachable::matching
