// Where meetings meet what else is on record: who is asked to one because of it (R-G-02), and what its page shows of
// the child's absences.
#pragma once

#include "capabilities/meetings/meetings.h"

namespace reachable::app {

/// What follows from each act about a meeting.
std::vector<casework::Consequence> consequences_for_meetings();

/// Who is asked to a meeting about the child, each organisation once: who answers for the child, in whose area the
/// child lives, the forces of both, the home, and each force that looks for the child or did lately.
std::vector<meetings::Asked> who_is_asked(storage::Transaction& transaction, ChildId child, UtcTime now);

/// 3.14: "where found, with whom": of each absence, by a look of its own, as far as this reader may see it.
web::Html absences_of(const derived::Site& site, const derived::Visit& visit, ChildId child);

} // namespace reachable::app
