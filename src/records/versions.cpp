#include "records/versions.h"

#include "api/json.h"
#include "records/codes.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::records {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Value;

constexpr Code<RecordKind> kinds[] = {
    {RecordKind::child, "child"},
    {RecordKind::person, "person"},
    {RecordKind::relation, "relation"},
    {RecordKind::place, "place"},
    {RecordKind::organisation, "organisation"},
    {RecordKind::object, "object"},
    {RecordKind::link, "link"},
};

Value id_column(const RecordRef& record)
{
    return Bytes(record.id.begin(), record.id.end());
}

Value kind_column(const RecordRef& record)
{
    return std::string(code_of(record.kind));
}

/// Writes come one after another, so the next number is nobody else's.
std::int64_t next_change(Transaction& transaction, const RecordRef& record)
{
    const auto rows =
        transaction.query("select coalesce(max(changed), 0) + 1 from records where kind = $1", {kind_column(record)});
    return rows.front().integer(0);
}

/// True if `version` followed the newest one and is now the newest itself.
bool moves_on_to(Transaction& transaction, const RecordRef& record, std::int64_t version, const std::string& text)
{
    const auto changed = next_change(transaction, record);
    if (version == 1)
        return transaction.change("insert into records (kind, id, version, document, changed) "
                                  "values ($1, $2, 1, $3, $4) on conflict (kind, id) do nothing",
                                  {kind_column(record), id_column(record), text, changed}) == 1;
    return transaction.change("update records set version = $3, document = $4, changed = $6 "
                              "where kind = $1 and id = $2 and version = $5",
                              {kind_column(record), id_column(record), version, text, version - 1, changed}) == 1;
}

} // namespace

std::string_view code_of(RecordKind kind)
{
    return entry_of(kinds, kind).code;
}

Result<RecordKind> record_kind_from(std::string_view code)
{
    return value_from(kinds, code, "This is not one of the kinds of record");
}

Result<std::string> document_column(const Json& document)
{
    auto text = api::write_json(document);
    const auto read_back = TRY(api::parse_json(text));
    if (read_back != document) return refuse(ProblemKind::malformed, "The record holds a text that cannot be stored");
    return text;
}

Json document_in(const Row& row, std::size_t at)
{
    auto json = api::parse_json(row.text(at));
    CHECK(json.has_value(), "a stored record is not JSON");
    return *std::move(json);
}

Result<std::int64_t> store_version(Transaction& transaction, const RecordRef& record, const Json& document,
                                   std::int64_t expected_version, const Change& change)
{
    if (expected_version < 0) return refuse(ProblemKind::malformed, "The version of a record is 0 or more");
    if (expected_version > 0 && change.reason.empty())
        return refuse(ProblemKind::missing, "Give the reason for the change", "reason");
    const auto text = TRY(document_column(document));
    const auto version = expected_version + 1;
    if (!moves_on_to(transaction, record, version, text))
        return refuse(ProblemKind::conflict,
                      "Somebody else changed this record first. Look at it again before you change it");
    transaction.execute("insert into record_versions (kind, id, version, at, by_worker, reason, document) "
                        "values ($1, $2, $3, $4, $5, $6, $7)",
                        {kind_column(record), id_column(record), version, to_seconds(change.at), to_value(change.by),
                         std::string(change.reason), text});
    return version;
}

storage::Recalled recall_record(Transaction& transaction, const RecordRef& record, std::optional<UtcTime> as_at)
{
    if (as_at)
        return transaction.recall("select version, document from record_versions "
                                  "where kind = $1 and id = $2 and at <= $3 order by version desc limit 1",
                                  {kind_column(record), id_column(record), to_seconds(*as_at)});
    return transaction.recall("select version, document from records where kind = $1 and id = $2",
                              {kind_column(record), id_column(record)});
}

storage::Recalled recall_records(Transaction& transaction, RecordKind kind, storage::Values ids)
{
    const auto sql = fmt::format("select version, document from records where kind = ${} and id in ({})",
                                 ids.size() + 1, storage::places(ids.size()));
    ids.emplace_back(std::string(code_of(kind)));
    return transaction.recall(sql, ids);
}

std::vector<Changed> changed_since(Transaction& transaction, RecordKind kind, const ChangePosition& position,
                                   std::size_t most)
{
    std::vector<Changed> all;
    const Bytes last(position.last.begin(), position.last.end());
    for (const auto& row :
         transaction.query("select changed, id, document from records where kind = $1 and (changed > $2 or (changed = "
                           "$2 and id > $3)) "
                           "order by changed, id limit $4",
                           {std::string(code_of(kind)), position.change, last, static_cast<std::int64_t>(most)})) {
        Changed one{.position = {.change = row.integer(0)}, .document = document_in(row, 2)};
        std::ranges::copy(row.bytes(1), one.position.last.begin());
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Version> versions_of(Transaction& transaction, const RecordRef& record)
{
    std::vector<Version> versions;
    for (const auto& row : transaction.query("select version, at, by_worker, reason, document from record_versions "
                                             "where kind = $1 and id = $2 order by version",
                                             {kind_column(record), id_column(record)}))
        versions.push_back({.number = row.integer(0),
                            .at = from_seconds(row.integer(1)),
                            .by = id_at<WorkerId>(row, 2),
                            .reason = row.text(3),
                            .document = document_in(row, 4)});
    return versions;
}

} // namespace reachable::records
