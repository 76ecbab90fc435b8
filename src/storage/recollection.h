// What reading transactions were told since the last write, kept to be told again.
//
// Looking at something writes a note of it, and every commit makes SQLite read all its pages anew; a server of its own
// is asked over a wire. Yet a note changes nothing that a look reads. So the answer to `Transaction::recall` is kept
// until something is written that is more than a note. What `recall_settled` was told never changes, and is kept for
// longer.
#pragma once

#include "storage/database.h"

#include <mutex>
#include <optional>
#include <unordered_map>

namespace reachable::storage {

/// Safe to share between threads. Holds at most about `most_bytes`; when more comes, it forgets all and begins again.
class Recollection {
  public:
    explicit Recollection(std::size_t most_bytes = std::size_t{32} << 20U) : most_bytes_(most_bytes) {}

    /// The answer to this statement as it stood after so many changes; nothing if it is not remembered.
    std::optional<Recalled> find(std::uint64_t changes, const std::string& statement);
    void keep(std::uint64_t changes, std::string statement, const Recalled& rows);
    void forget();

    /// A statement and its values as one key.
    static std::string key(std::string_view sql, const Values& values);

  private:
    /// True if what is remembered stood after so many changes. A newer count forgets what is older.
    bool is_of(std::uint64_t changes);

    const std::size_t most_bytes_;
    std::mutex mutex_; // guards what follows
    std::uint64_t changes_ = 0;
    std::size_t bytes_ = 0;
    std::unordered_map<std::string, Recalled> answers_;
};

} // namespace reachable::storage
