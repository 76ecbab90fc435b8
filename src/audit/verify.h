// The check of a log inside a transaction that somebody else began; `verify` in log.h begins one of its own.
#pragma once

#include "audit/log.h"

namespace reachable::audit {

/// Sees what the transaction sees. Throws StorageFailure when the database cannot be read.
Verification verify_in(storage::Transaction& transaction, std::span<const std::uint8_t> open_key,
                       std::string_view kept_checkpoints);

} // namespace reachable::audit
