// Where a page of the log goes on. The number of an entry is told to nobody: a hole between two entries of one request
// would tell that a third was refused, and so that there is a record which its reader may not know of.
#pragma once

#include "accounts/secret_keys.h"
#include "base/time.h"

#include <optional>

namespace reachable::app {

/// The entry that a page begins before, and the time that it looks back from. The time is one that the reader knows: of
/// an entry told, or the end of a page. Never that of the entry before, which may be hidden.
struct LogPlace {
    std::uint64_t entry = 0; // 0: the newest
    UtcTime at{};
};
/// Sealed for one reader; another text each time, of one length.
std::string seal_log_place(const accounts::SecretKeys& keys, WorkerId reader, LogPlace place);
/// The place again; none for a text that was not sealed for this reader.
std::optional<LogPlace> open_log_place(const accounts::SecretKeys& keys, WorkerId reader, std::string_view sealed);

} // namespace reachable::app
