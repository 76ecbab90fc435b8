// What is counted of missing children is kept with every act: one row for each episode and each interview, written in
// the transaction of the act, by what the case says then.
#pragma once

#include "casework/desk.h"

namespace reachable::app {

/// One for each action of an episode and of an interview.
std::vector<casework::Consequence> consequences_for_figures();
/// Rows of what was recorded before there were any: for the start of the service, some hundreds in a transaction. Done
/// once.
void keep_figures_of_before(const casework::Desk& desk, UtcTime now);

} // namespace reachable::app
