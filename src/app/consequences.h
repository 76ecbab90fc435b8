// What an act of one capability brings about in another, in the same transaction: one straight list.
#pragma once

#include "capabilities/missing/sent_episodes.h"
#include "casework/desk.h"

namespace reachable::app {

std::vector<casework::Consequence> consequences();
/// The same of a feed of missing episodes, where it need not follow row by row.
missing::AtOnce at_once_of_feeds();

/// Closes what an older version left open: records that had been joined with one that is closed to family (R-P-08). For
/// the start of the service.
void close_what_was_joined_before(storage::Transaction& transaction, UtcTime now);

} // namespace reachable::app
