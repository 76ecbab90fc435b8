#include "storage/postgresql.h"

#include "storage/postgresql_connection.h"

namespace reachable::storage {

Result<GroupCommitDatabase::Parts> open_postgresql(const DatabaseSettings& settings)
{
    using Use = PostgresqlConnection::Use;
    GroupCommitDatabase::Parts parts{.engine = "postgresql"};
    const auto make = [&](Use use) {
        return std::make_unique<PostgresqlConnection>(settings.url, use, settings.deadline);
    };
    for (std::size_t i = 0; i < std::max<std::size_t>(settings.reader_count, 1); ++i)
        parts.readers.push_back(make(settings.read_only ? Use::only_read : Use::read));
    if (!settings.read_only) parts.writer = make(Use::write);
    auto& first = settings.read_only ? *parts.readers.front() : *parts.writer;
    try {
        static_cast<PostgresqlConnection&>(first).connect();
    } catch (const StorageFailure& failure) {
        return refuse(ProblemKind::unavailable, failure.what());
    }
    return parts;
}

} // namespace reachable::storage
