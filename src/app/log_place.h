// Where a page of the log goes on. The number of an entry is told to nobody: a hole between two entries of one request
// would tell that a third was refused, and so that there is a record which its reader may not know of.
#pragma once

#include "accounts/secret_keys.h"

namespace reachable::app {

/// The number of an entry, sealed for one reader; another text each time.
std::string seal_log_place(const accounts::SecretKeys& keys, WorkerId reader, std::uint64_t entry);
/// The number again; 0, the newest, for a text that was not sealed for this reader.
std::uint64_t open_log_place(const accounts::SecretKeys& keys, WorkerId reader, std::string_view place);

} // namespace reachable::app
