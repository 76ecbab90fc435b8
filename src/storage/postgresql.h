// PostgreSQL over libpq: one session that writes and holds the writer's lock, and several that read snapshots.
#pragma once

#include "storage/group_commit.h"

namespace reachable::storage {

/// Connects the writer (unless only reading); readers connect when they are first used. Refuses a server that cannot be
/// reached, keeps nothing safe (fsync off), keeps other texts than UTF-8, or is written to by another server already.
Result<GroupCommitDatabase::Parts> open_postgresql(const DatabaseSettings& settings);

} // namespace reachable::storage
