// A feed of missing episodes: what a force's own system holds of children who were or are missing, taken row by row
// through the doors, as `identity/feed.h` says it of people. Sending the same again changes nothing; a changed row is a
// new version of the episode; what the system deletes is kept and counted as reclassified. R-B-07: no absence is
// counted twice, and none is lost: what cannot be taken is set aside with its reasons, and leaves nothing behind.
#pragma once

#include "capabilities/missing/episode.h"
#include "casework/desk.h"
#include "identity/feed.h"

namespace reachable::missing {

/// An episode as an act of the feed left it.
struct TakenEpisode {
    CaseId id;
    std::string state;
    Episode episode;
    bool is_new = false; // and not changed
};

/// What follows from all episodes of a batch at once, in its transaction, and need not follow from each act by itself.
/// Whoever says nothing of it has the same in more time.
struct AtOnce {
    using Happen = decltype(casework::Consequence::happen);
    std::vector<Happen> instead_of; // left out of the acts of the feed
    /// Left out of acts about what was over before the duties of the force began here: they would only find that
    /// nothing is owed.
    std::vector<Happen> not_of_history;
    std::function<void(const casework::Desk&, storage::Transaction&, std::span<const TakenEpisode>, UtcTime now)>
        happen = {};
};

/// Takes the rows in, batch by batch. Refuses, and then nothing is stored: a mapping or a file that cannot be read, and
/// a source that another agency sends (conflict).
Result<identity::FeedReport> import_episodes(const casework::Desk& desk, const identity::Feed& feed,
                                             const identity::FeedWork& work, const AtOnce& at_once = {});

} // namespace reachable::missing
