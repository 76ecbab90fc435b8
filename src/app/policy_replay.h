// Decides again what the log says was decided: each entry keeps its question, and each policy text that decided is kept
// under its hash (P12, S12). Who doubts a decision of years ago need not believe the service.
#pragma once

#include "storage/database.h"

#include <limits>
#include <string>
#include <vector>

namespace reachable::app {

/// Entries from `first` to `last`, both counted in.
struct ReplayRange {
    std::uint64_t first = 0;
    std::uint64_t last = std::numeric_limits<std::int64_t>::max();
};

struct Replayed {
    std::size_t acts = 0; // of those decided again
    std::size_t looks = 0;
    std::size_t refusals = 0;
    std::size_t others = 0;
    std::size_t without_question = 0;    // older, or nothing was decided
    std::size_t without_policy = 0;      // the text of the hash is not kept, or was changed
    std::vector<std::string> differing;  // a sentence for each of those decided again that comes out otherwise
    std::vector<std::string> unreadable; // a sentence for each entry that is not written as entries are

    std::size_t decided() const { return acts + looks + refusals + others; }
    bool is_whole() const { return differing.empty() && unreadable.empty() && without_policy == 0; }
    /// "N decisions replayed, N alike, …"
    std::string in_words() const;
};

/// Throws StorageFailure when the log cannot be read.
Replayed replay(storage::Database& database, const ReplayRange& range = {});

} // namespace reachable::app
