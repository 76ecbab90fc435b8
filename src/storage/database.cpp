#include "storage/database.h"

#include "storage/group_commit.h"
#include "storage/postgresql.h"
#include "storage/sqlite.h"

namespace reachable::storage {

namespace {

Result<GroupCommitDatabase::Parts> open_parts(const DatabaseSettings& settings)
{
    const std::string& url = settings.url;
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with(sqlite)) return open_sqlite(url.substr(sqlite.size()), settings);
    const bool is_postgresql = url.starts_with("postgresql://") || url.starts_with("postgres://") ||
                               (url.find('=') != std::string::npos && url.find(':') == std::string::npos);
    if (is_postgresql) return open_postgresql(settings);
    // The text itself is not repeated: it may hold a password.
    return refuse(ProblemKind::malformed,
                  "The database must be named as sqlite:/path/to/file or as postgresql://host/database");
}

} // namespace

void Transaction::scan(std::string_view sql, const std::function<void(const Row&)>& take, const Values& values)
{
    for (const auto& row : query(sql, values)) take(row);
}

Result<std::unique_ptr<Database>> open_database(const DatabaseSettings& settings)
{
    auto parts = TRY(open_parts(settings));
    parts.most_in_one_commit = settings.most_in_one_commit;
    parts.deadline = settings.deadline;
    return std::make_unique<GroupCommitDatabase>(std::move(parts));
}

} // namespace reachable::storage
