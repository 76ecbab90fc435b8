#include "storage/sqlite_checkpointer.h"

#include <sqlite3.h>

namespace reachable::storage {

namespace {

/// 16 MB at SQLite's usual page of 4096 bytes: seldom, because whoever writes meanwhile waits longer for the disk.
constexpr int pages_before_emptying = 4000;

} // namespace

Result<std::unique_ptr<SqliteCheckpointer>> SqliteCheckpointer::start(const std::string& path)
{
    sqlite3* handle = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    // A connection that has read nothing does not know yet that there is a log, and would empty none.
    if (code == SQLITE_OK) code = sqlite3_exec(handle, "select count(*) from sqlite_schema", nullptr, nullptr, nullptr);
    std::unique_ptr<SqliteCheckpointer> checkpointer(new SqliteCheckpointer(handle));
    if (code != SQLITE_OK)
        return refuse(ProblemKind::unavailable,
                      "The database file " + path + " cannot be opened: " + sqlite3_errstr(code));
    checkpointer->thread_ = std::thread([one = checkpointer.get()] { one->run(); });
    return checkpointer;
}

SqliteCheckpointer::SqliteCheckpointer(sqlite3* handle) : handle_(handle) {}

SqliteCheckpointer::~SqliteCheckpointer()
{
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    is_asked_changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    sqlite3_close_v2(handle_);
}

void SqliteCheckpointer::watch(sqlite3* writer)
{
    // Takes the place of SQLite's own automatic checkpoint, which runs inside a commit.
    const auto committed = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteCheckpointer*>(self)->note_length(pages);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(writer, committed, this);
}

void SqliteCheckpointer::note_length(int pages)
{
    if (pages < pages_before_emptying) return;
    const std::lock_guard lock(mutex_);
    is_asked_ = true;
    is_asked_changed_.notify_one();
}

void SqliteCheckpointer::run()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        is_asked_changed_.wait(lock, [&] { return is_asked_ || is_stopping_; });
        if (is_stopping_ || has_failed_) return;
        is_asked_ = false;
        lock.unlock();
        empty_the_log();
        lock.lock();
    }
}

void SqliteCheckpointer::empty_the_log()
{
    // Passive: waits for nobody. What a reader still needs stays in the log until the next time.
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    const int kind = code & 0xff;
    if (code != SQLITE_OK && kind != SQLITE_BUSY && kind != SQLITE_LOCKED) has_failed_ = true;
}

} // namespace reachable::storage
