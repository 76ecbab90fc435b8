// A lock on a file, held by one process at a time and let go by the kernel when the process ends, however it ends.
#pragma once

#include "base/result.h"

namespace reachable::storage {

class FileLock {
  public:
    /// Creates the file (readable by its owner alone) if needed. Refuses at once if another holder has the lock.
    static Result<FileLock> take(const std::string& path);
    FileLock() = default;
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&& other) noexcept
    {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~FileLock();

  private:
    int descriptor_ = -1;
};

} // namespace reachable::storage
