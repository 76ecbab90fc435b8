// Moves what SQLite's write-ahead log holds into the database file, on a thread of its own, so that no write waits for
// it. What is in the log is durable already; without this the log would grow and reading would slow down.
#pragma once

#include "base/result.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

struct sqlite3;

namespace reachable::storage {

class SqliteCheckpointer {
  public:
    /// Opens a connection of its own to `path`, which exists and is in WAL mode.
    static Result<std::unique_ptr<SqliteCheckpointer>> start(const std::string& path);
    ~SqliteCheckpointer();
    SqliteCheckpointer(const SqliteCheckpointer&) = delete;
    SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

    /// Told by the writing connection after each of its commits; once the log has grown long enough it is emptied.
    void watch(sqlite3* writer);
    /// True if the disk failed under it. A second try might report success for pages that were lost, so nothing more
    /// may be written then.
    bool has_failed() const { return has_failed_; }

  private:
    explicit SqliteCheckpointer(sqlite3* handle);
    void note_length(int pages);
    void run();
    void empty_the_log();

    sqlite3* handle_;
    std::mutex mutex_; // guards the two below
    std::condition_variable is_asked_changed_;
    bool is_asked_ = false;
    bool is_stopping_ = false;
    std::atomic<bool> has_failed_{false};
    std::thread thread_;
};

} // namespace reachable::storage
