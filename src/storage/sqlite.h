// SQLite: one file, WAL with synchronous=FULL, one connection that writes and several that read snapshots.
#pragma once

#include "storage/connection.h"
#include "storage/group_commit.h"

namespace reachable::storage {

/// Opens the file at `path` with its writer (unless only reading) and its readers.
Result<GroupCommitDatabase::Parts> open_sqlite(const std::string& path, const DatabaseSettings& settings);

} // namespace reachable::storage
