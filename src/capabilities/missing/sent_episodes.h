// A feed of missing episodes: what a force's own system holds of children who were or are missing, taken row by row
// through the doors, as `identity/feed.h` says it of people. Sending the same again changes nothing; a changed row is a
// new version of the episode; what the system deletes is kept and counted as reclassified. R-B-07: no absence is
// counted twice, and none is lost: what cannot be taken is set aside with its reasons.
#pragma once

#include "casework/desk.h"
#include "identity/feed.h"

namespace reachable::missing {

/// Takes the rows in, batch by batch. Refuses, and then nothing is stored: a mapping or a file that cannot be read, and
/// a source that another agency sends (conflict).
Result<identity::FeedReport> import_episodes(const casework::Desk& desk, const identity::Feed& feed,
                                             const identity::FeedWork& work);

} // namespace reachable::missing
