// What an import did, in words and for the log: the command, the API and the pages say the same of it.
#pragma once

#include "identity/feed.h"

namespace reachable::app {

/// "1 row", "12 rows"
std::string rows_in_words(std::int64_t count);
/// "12 rows: 3 new, 2 changed, 0 withdrawn, 7 that changed nothing, 0 set aside"
std::string counts_in_words(const identity::FeedCounts& counts);
/// "5 local flags: 1 with a code that is not mapped yet." and a new line; nothing if none was carried.
std::string local_flags_in_words(const identity::LocalFlagCounts& counts);
/// What a batch did, as one word for the audit log.
std::string counts_as_code(const identity::FeedCounts& before, const identity::FeedCounts& after);
/// How a batch, or the last one, is called in the audit log.
std::string_view batch_in_log(const identity::Import& after);
/// "import-12": the handle of an import in the log.
std::string handle_of(std::int64_t import);

} // namespace reachable::app
