// Records that are never overwritten: each change is a new version with its author, time and reason, and any record can
// be read as it stood at a moment (R-X-07). Children, adults, places, organisations, objects and links share this.
#pragma once

#include "base/json.h"
#include "storage/columns.h"

#include <optional>

namespace reachable::records {

using storage::id_at;
using storage::to_value;

/// The kinds of record, as they are written in the database.
enum class RecordKind { child, person, relation, place, organisation, object, link };
std::string_view code_of(RecordKind kind);
Result<RecordKind> record_kind_from(std::string_view code);

/// Which record: any kind, with its id.
struct RecordRef {
    RecordKind kind = RecordKind::child;
    std::array<std::uint8_t, 16> id{};
    bool operator==(const RecordRef&) const = default;
};

/// Who changes a record, when and why. A correction needs a reason; a first version may do without.
struct Change {
    WorkerId by;
    std::string_view reason;
    UtcTime at{};
};

/// One version as it was stored.
struct Version {
    std::int64_t number = 0;
    UtcTime at{};
    WorkerId by;
    std::string reason;
    Json document;
};

/// Stores version 1, or the next version if `expected_version` is the newest one, and gives its number. Refuses:
/// another version is the newest (conflict), a correction without a reason, and a document that could not be read back
/// (too large, or texts that are not clean UTF-8).
Result<std::int64_t> store_version(storage::Transaction& transaction, const RecordRef& record, const Json& document,
                                   std::int64_t expected_version, const Change& change);

/// The version and the document (`document_in`) of the newest version, or of the one that was newest at that moment; no
/// row if there was none.
storage::Recalled recall_record(storage::Transaction& transaction, const RecordRef& record,
                                std::optional<UtcTime> as_at = std::nullopt);
/// The same of the newest versions of many records of one kind, read at once and in no order. `ids` are the records'
/// ids as columns hold them, at least one.
storage::Recalled recall_records(storage::Transaction& transaction, RecordKind kind, storage::Values ids);
/// How far somebody has read what changed. The first: nothing yet.
struct ChangePosition {
    std::int64_t change = 0;
    std::array<std::uint8_t, 16> last{};
    bool operator==(const ChangePosition&) const = default;
};
struct Changed {
    ChangePosition position;
    Json document; // the newest
};
/// What was stored after `position`, each record once and the latest change last, at most `most`. A reader that goes on
/// from the last position it was given misses nothing that was durable when it asked.
std::vector<Changed> changed_since(storage::Transaction& transaction, RecordKind kind, const ChangePosition& position,
                                   std::size_t most);
/// Every version, the first one first.
std::vector<Version> versions_of(storage::Transaction& transaction, const RecordRef& record);

/// A document as a column holds it. Refuses one that could not be read back as the same: too large, too deep, or with
/// texts that are not clean UTF-8.
Result<std::string> document_column(const Json& document);
/// The document in a column; anything that was not stored with `document_column` is a Bug.
Json document_in(const storage::Row& row, std::size_t at);

/// A record of one type with the number of its version.
template <class T>
struct Stored {
    T record;
    std::int64_t version = 0;
    bool operator==(const Stored&) const = default;
};

/// The record in a row of version and document.
template <class T>
Stored<T> stored_in(const storage::Row& row, Result<T> (*read)(const Json&))
{
    auto value = read(document_in(row, 1));
    CHECK(value.has_value(), "a stored record cannot be read");
    return {*std::move(value), row.integer(0)};
}

/// Reads a record of one type. `read` must understand everything that was ever stored: a refusal is a Bug.
template <class T>
std::optional<Stored<T>> find_stored(storage::Transaction& transaction, const RecordRef& record,
                                     Result<T> (*read)(const Json&), std::optional<UtcTime> as_at = std::nullopt)
{
    const auto rows = recall_record(transaction, record, as_at);
    if (rows.empty()) return std::nullopt;
    return *rows.made<Stored<T>>([&](const storage::Rows& all) { return stored_in(all.front(), read); });
}

} // namespace reachable::records
