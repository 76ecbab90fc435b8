#include "storage/sqlite.h"

#include "storage/file_lock.h"
#include "storage/sqlite_connection.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace reachable::storage {

namespace {

Result<> refuse_path(const std::string& path, const std::string& why)
{
    return refuse(ProblemKind::unavailable, "The database file " + path + " cannot be opened: " + why);
}

/// Creates the file for its owner alone. SQLite gives the files beside it the same mode.
Result<> create_file(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return refuse_path(path, std::generic_category().message(errno));
    ::close(file);
    const auto folder = std::filesystem::path(path).parent_path();
    const int opened_folder = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_kept = opened_folder >= 0 && ::fsync(opened_folder) == 0;
    if (opened_folder >= 0) ::close(opened_folder);
    if (!is_kept) return refuse_path(path, "its folder cannot be made durable");
    return {};
}

} // namespace

Result<GroupCommitDatabase::Parts> open_sqlite(const std::string& path, const DatabaseSettings& settings)
{
    if (path.empty() || path == ":memory:")
        return refuse(ProblemKind::malformed, "A SQLite database needs the path of a file: sqlite:/path/to/file");
    // SQLite gives names such as "file:…" a meaning of their own; a name with a folder has none.
    const std::string file = path.front() == '/' ? path : "./" + path;
    GroupCommitDatabase::Parts parts{.engine = "sqlite"};
    if (!settings.read_only) {
        TRY(create_file(file));
        auto lock = TRY(FileLock::take(file + ".lock")); // before SQLite touches the file
        parts.writer = TRY(SqliteConnection::open(file, SqliteConnection::Use::write, std::move(lock)));
    }
    const auto use = settings.read_only ? SqliteConnection::Use::only_read : SqliteConnection::Use::read;
    for (std::size_t i = 0; i < std::max<std::size_t>(settings.reader_count, 1); ++i)
        parts.readers.push_back(TRY(SqliteConnection::open(file, use, {})));
    return parts;
}

} // namespace reachable::storage
