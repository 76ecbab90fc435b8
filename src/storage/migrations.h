// The shape of the database, as numbered steps that are applied once and never edited after release.
#pragma once

#include "storage/database.h"

#include <span>

namespace reachable::storage {

/// One step. `room` and `number` name it ("custody", 2); `sql` is one or more statements divided by ";" at a line's
/// end, in the dialect both databases share: bigint, text, bytea (SQLite takes it for a blob), primary key, create
/// index.
struct Migration {
    std::string_view room;
    int number = 0;
    std::string_view title;
    std::string_view sql;
};

/// Applies the steps that the database has not seen, in the order given, each in one transaction.
/// Refuses a database with steps this program does not know, and one whose applied step reads otherwise today.
Result<> migrate(Database& database, std::span<const Migration> migrations);

} // namespace reachable::storage
