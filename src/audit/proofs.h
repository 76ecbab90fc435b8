// Proofs about the log in a database, short enough to hand out: that an entry is in it, and that a checkpoint of today
// continues one of last year. tree.h checks them.
#pragma once

#include "audit/log.h"
#include "audit/tree.h"

namespace reachable::audit {

/// The way from an entry to the root of the log's first `size` entries.
/// Refuses a size that the log has not, and an entry at or beyond it.
Result<std::vector<Hash>> prove_inclusion(storage::Transaction& transaction, std::uint64_t sequence,
                                          std::uint64_t size);

/// That the log's first `old_size` entries are the beginning of its first `size` entries.
/// Refuses sizes that the log has not, and an `old_size` that is 0 or above `size`.
Result<std::vector<Hash>> prove_consistency(storage::Transaction& transaction, std::uint64_t old_size,
                                            std::uint64_t size);

/// The root over the log's first `size` entries. Refuses a size that the log has not.
Result<Hash> root_at(storage::Transaction& transaction, std::uint64_t size);

} // namespace reachable::audit
