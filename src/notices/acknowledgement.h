// That a notice reached somebody: when it was first shown and to whom, who acknowledged it, and what becomes of one
// that nobody acknowledged in time. It goes to the role that answers for them and is on duty (R-X-13, R-X-14), in plain
// sight of both. Nothing here counts in memory: what is due is found in tables, so a restart loses none.
#pragma once

#include "notices/audience.h"
#include "notices/notices.h"

namespace reachable::notices {

/// Somebody acknowledges a notice for their role, and with it those that told the same before it and were shown.
/// Nothing changes if it was acknowledged already: who did so first stays on record.
void acknowledge(storage::Transaction& transaction, const StoredNotice& notice, const Addressee& to, WorkerId worker,
                 UtcTime now);

/// A notice that should have been acknowledged by now.
struct Unacknowledged {
    StoredNotice notice;
    Addressee to;
    std::vector<Role> fallback;
};
/// The oldest first. What was told before acknowledgements were asked for is not among them.
std::vector<Unacknowledged> unacknowledged(storage::Transaction& transaction, const lists::DatedLists& lists,
                                           UtcTime now, std::size_t most);
/// Tells the first role of the fallback that is on duty. Gives whom, and which rungs nobody held.
accounts::Escalation pass_on(storage::Transaction& transaction, const Unacknowledged& one, UtcTime now);

/// Those of them that nobody has seen yet.
std::vector<Bytes> never_shown(storage::Transaction& transaction, std::span<const Bytes> notices);
/// Proof of delivery: notes to whom each notice is shown, if nobody saw it before. Only adds, so that a look may note
/// it.
void note_shown(storage::Transaction& transaction, std::span<const Bytes> notices, WorkerId worker, UtcTime now);
struct Showing {
    UtcTime at{};
    WorkerId worker;
};
/// When a notice was first shown, and to whom; nothing if nobody has seen it.
std::optional<Showing> first_showing(storage::Transaction& transaction, const Bytes& notice);

} // namespace reachable::notices
