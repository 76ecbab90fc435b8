// Notices that nobody acknowledged in time go to the role that answers for whoever should have (R-X-13, R-X-14).
#pragma once

#include "casework/desk.h"

namespace reachable::app {

/// Passes on every notice whose time is up at `now`, each with an entry in the log. Gives how many. Called by the job
/// that minds the clocks, and where a demonstration moves its clock.
std::size_t pass_on_notices(const casework::Desk& desk, UtcTime now);

} // namespace reachable::app
