// Checkpoints in a file: a copy kept beside the database, or elsewhere, that shows when the database was cut short
// or rewritten. Checkpoints stand one after another with an empty line between.
#pragma once

#include "base/result.h"

#include <fstream>
#include <vector>

namespace reachable::audit {

/// The checkpoints of such a file, unread: pieces of seven lines, the last one perhaps shorter.
std::vector<std::string_view> split_checkpoints(std::string_view file);

/// The file that a log adds its checkpoints to. At 1 MiB it is written anew with its first and its last checkpoint,
/// which bind all that lay between.
class CheckpointFile {
  public:
    /// An empty path: nothing is kept. Drops a last checkpoint of the log `origin` that was not written to its end.
    /// Refuses a file that cannot be read or written, and leaves one alone that ends in anything else.
    static Result<CheckpointFile> open(std::string path, std::string origin);

    /// The newest checkpoint in the file; empty if there is none.
    const std::string& newest() const { return newest_; }
    /// Adds a checkpoint and hands it to the operating system. If that fails it is kept for `catch_up`.
    void add(const std::string& text);
    /// Writes what could not be written before. Throws StorageFailure if it still cannot.
    void catch_up();

  private:
    CheckpointFile() = default;
    bool write(const std::string& text);
    bool rotate();

    std::string path_;
    std::string origin_;
    std::ofstream stream_;
    std::size_t size_ = 0;
    std::string first_;
    std::string newest_;
    std::string unwritten_;
};

} // namespace reachable::audit
