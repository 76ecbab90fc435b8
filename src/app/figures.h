// What is counted of missing children is kept with every act: one row for each episode and each interview, written in
// the transaction of the act, by what the case says then; of a feed once for all episodes of a batch.
#pragma once

#include "capabilities/missing/sent_episodes.h"
#include "casework/desk.h"

namespace reachable::app {

/// One for each action of an episode and of an interview.
std::vector<casework::Consequence> consequences_for_figures();
/// The same of a feed of episodes.
missing::AtOnce figures_at_once();
/// Records were joined with this child's, or parted from it: which of its absences are repeats, and what the child said
/// of themselves.
void count_again(const casework::Desk& desk, storage::Transaction& transaction, ChildId child);
/// Rows of what was recorded before there were any: for the start of the service, some hundreds in a transaction. Done
/// once. Gives a sentence for each case that cannot be read: it is not counted, and looked for again at the next start.
std::vector<std::string> keep_figures_of_before(const casework::Desk& desk, UtcTime now);

} // namespace reachable::app
