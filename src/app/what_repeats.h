// Joins the episodes of missing children with what repeats in them: what an episode says of with whom and where the
// child was is written down again after every act that may change it (capabilities/patterns).
#pragma once

#include "casework/desk.h"

namespace reachable::app {

/// A consequence of such an act.
void note_what_repeats(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& episode,
                       UtcTime now);

/// Where what is counted and what the episodes say differ; each a sentence.
std::vector<std::string> patterns_that_differ(storage::Transaction& transaction);

} // namespace reachable::app
