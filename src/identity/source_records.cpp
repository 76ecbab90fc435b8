#include "identity/source_records.h"

#include "base/text.h"
#include "identity/hash_column.h"
#include "identity/source_content.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::identity {
namespace {

using storage::id_at;
using storage::Row;
using storage::to_value;
using storage::Transaction;

constexpr std::string_view select_records =
    "select r.id, r.agency, r.home, v.version, v.change, v.received_at, v.is_deleted, v.content_hash, v.lawful_basis, "
    "v.content, r.source, r.reference from source_records r join source_record_versions v on v.id = r.id ";

StoredRecord read_record(const Row& row)
{
    StoredRecord stored{.id = id_at<SourceRecordId>(row, 0),
                        .agency = id_at<AgencyId>(row, 1),
                        .home = id_at<ChildId>(row, 2),
                        .version = row.integer(3),
                        .change = row.integer(4),
                        .received_at = storage::time_at(row, 5),
                        .is_deleted = row.integer(6) != 0,
                        .content_hash = hash_at(row, 7),
                        .lawful_basis = row.text(8)};
    if (!stored.is_deleted) {
        CHECK(sha256(as_bytes(row.text(9))) == stored.content_hash, "a source record is not what was received");
        auto record = source_record_from(row.text(9));
        CHECK(record.has_value(), "a stored source record cannot be read");
        stored.record = *std::move(record);
    }
    stored.record.source = row.text(10);
    stored.record.reference = row.text(11);
    return stored;
}

std::vector<StoredRecord> select(Transaction& transaction, std::string_view condition, const storage::Values& values)
{
    std::vector<StoredRecord> records;
    for (const auto& row : transaction.query(fmt::format("{}{}", select_records, condition), values))
        records.push_back(read_record(row));
    return records;
}

/// Texts that both databases keep as they are.
bool can_be_a_key(std::string_view text)
{
    return !trim(text).empty() && is_clean_utf8(text);
}

Problems problems_of(AgencyId agency, const SourceRecord& record, const Terms& terms)
{
    Problems problems;
    if (agency.is_none()) problems.push_back({ProblemKind::missing, "Say which agency sends the record", "agency"});
    if (!can_be_a_key(record.source))
        problems.push_back({ProblemKind::missing, "Give the system the record comes from", "source"});
    if (!can_be_a_key(record.reference))
        problems.push_back(
            {ProblemKind::missing, "Give the reference that the system has for the record", "reference"});
    if (!is_clean_utf8(terms.lawful_basis))
        problems.push_back({ProblemKind::malformed, "Use plain text without control characters", "lawful_basis"});
    if (has_nhs_number(record) && trim(terms.lawful_basis).empty())
        problems.push_back(
            {ProblemKind::missing, "An NHS number may be kept only with the lawful basis for it", "lawful_basis"});
    return problems;
}

/// A source is one agency's, so that nobody changes or takes over what another one sent.
Result<> check_source(Transaction& transaction, AgencyId agency, std::string_view source)
{
    const auto rows =
        transaction.query("select agency from source_records where source = $1 limit 1", {std::string(source)});
    if (rows.empty() || id_at<AgencyId>(rows.front(), 0) == agency) return {};
    return refuse(ProblemKind::conflict, "Another agency sends the records of this system", "source");
}

/// Bodies of writes run one after another, so no two versions take one number.
std::int64_t next_change(Transaction& transaction)
{
    return transaction.query("select coalesce(max(change), 0) + 1 from source_records").front().integer(0);
}

struct Content {
    std::string text; // "" of a deleted one
    bool is_deleted = false;
    std::string lawful_basis = {};
};

void add_version(Transaction& transaction, const Receipt& receipt, const Content& content, UtcTime now)
{
    const auto hash = sha256(as_bytes(content.text));
    transaction.execute("insert into source_record_versions (id, version, change, received_at, is_deleted, content, "
                        "content_hash, lawful_basis) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                        {to_value(receipt.id), receipt.version, receipt.change, to_value(now),
                         std::int64_t{content.is_deleted ? 1 : 0}, content.text, Bytes(hash.begin(), hash.end()),
                         content.lawful_basis});
}

/// The next version of a record that is on file.
Receipt change_record(Transaction& transaction, const StoredRecord& before, const Content& content, UtcTime now)
{
    const Receipt receipt{.what = Received::changed,
                          .id = before.id,
                          .home = before.home,
                          .version = before.version + 1,
                          .change = next_change(transaction)};
    transaction.execute("update source_records set version = $2, change = $3 where id = $1",
                        {to_value(receipt.id), receipt.version, receipt.change});
    add_version(transaction, receipt, content, now);
    return receipt;
}

constexpr std::string_view sent_so = "as the source sent it";

/// The child's record that the source record belongs to: the one it was given, which must exist, or a new one.
Result<ChildId> make_home(Transaction& transaction, AgencyId agency, const SourceRecord& record, UtcTime now,
                          const Terms& terms)
{
    if (!terms.home.is_none()) {
        if (records::find_child(transaction, terms.home)) return terms.home;
        return refuse(ProblemKind::not_found, "There is no child's record with this reference", "home");
    }
    const records::Source source{
        .agency = agency, .recorded_at = now, .known_by = record.source, .confidence = records::Confidence::document};
    const auto child = child_of(record, ChildId::random(), source, terms.lawful_basis, now);
    TRY(records::store_child(transaction, child, 0, WorkerId{}, sent_so, now));
    return child.id;
}

/// The version before, where the newest one is a deletion: two of these never follow each other.
StoredRecord last_sent(Transaction& transaction, const StoredRecord& newest)
{
    if (!newest.is_deleted) return newest;
    return select(transaction, "where r.id = $1 and v.version = $2", {to_value(newest.id), newest.version - 1}).at(0);
}

/// A child's record that still reads as the source wrote it follows the source's correction. Once anybody else has
/// written in it, it is theirs, and the correction stands in the source record alone.
Result<> correct_home(Transaction& transaction, const StoredRecord& newest, const SourceRecord& record, UtcTime now,
                      const Terms& terms)
{
    const auto before = last_sent(transaction, newest);
    const auto home = records::find_child(transaction, before.home);
    CHECK(home.has_value(), "the home of a source record is gone");
    const auto& source = home->child.source;
    const auto as_sent = child_of(before.record, before.home, source, before.lawful_basis, before.received_at);
    if (as_sent != home->child) return {};
    const auto corrected = child_of(record, before.home, source, terms.lawful_basis, now);
    if (corrected == as_sent) return {};
    TRY(records::store_child(transaction, corrected, home->version, WorkerId{}, sent_so, now));
    return {};
}

Receipt same_as(const StoredRecord& stored)
{
    return {.id = stored.id, .home = stored.home, .version = stored.version, .change = stored.change};
}

} // namespace

Result<Receipt> receive(Transaction& transaction, AgencyId agency, const SourceRecord& record, UtcTime now,
                        const Terms& terms)
{
    TRY(refuse_if_any(problems_of(agency, record, terms)));
    const Content content{.text = TRY(content_of(record)), .lawful_basis = terms.lawful_basis};
    TRY(check_source(transaction, agency, record.source));
    if (const auto before = find(transaction, record.source, record.reference)) {
        if (!terms.home.is_none() && terms.home != before->home)
            return refuse(ProblemKind::conflict, "The record belongs to another child's record, and stays there",
                          "home");
        if (!before->is_deleted && sha256(as_bytes(content.text)) == before->content_hash) return same_as(*before);
        TRY(correct_home(transaction, *before, record, now, terms));
        return change_record(transaction, *before, content, now);
    }
    const Receipt receipt{.what = Received::is_new,
                          .id = SourceRecordId::random(),
                          .home = TRY(make_home(transaction, agency, record, now, terms)),
                          .version = 1,
                          .change = next_change(transaction)};
    transaction.execute("insert into source_records (id, agency, source, reference, home, version, change) "
                        "values ($1, $2, $3, $4, $5, $6, $7)",
                        {to_value(receipt.id), to_value(agency), record.source, record.reference,
                         to_value(receipt.home), receipt.version, receipt.change});
    add_version(transaction, receipt, content, now);
    return receipt;
}

Result<Receipt> withdraw(Transaction& transaction, AgencyId agency, std::string_view source, std::string_view reference,
                         UtcTime now)
{
    const auto before = find(transaction, source, reference);
    if (!before || before->agency != agency)
        return refuse(ProblemKind::not_found, "This agency has sent no record with this reference", "reference");
    if (before->is_deleted) return same_as(*before);
    return change_record(transaction, *before, {.text = "", .is_deleted = true}, now);
}

std::optional<StoredRecord> find(Transaction& transaction, std::string_view source, std::string_view reference)
{
    if (!can_be_a_key(source) || !can_be_a_key(reference)) return std::nullopt;
    auto found = select(transaction, "where r.source = $1 and r.reference = $2 and v.version = r.version",
                        {std::string(source), std::string(reference)});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<StoredRecord> versions_of(Transaction& transaction, SourceRecordId id)
{
    return select(transaction, "where r.id = $1 order by v.version", {to_value(id)});
}

std::vector<StoredRecord> records_of(Transaction& transaction, ChildId home, UtcTime at)
{
    return select(transaction,
                  "where r.home = $1 and v.is_deleted = 0 and v.version = (select max(w.version) from "
                  "source_record_versions w where w.id = r.id and w.received_at <= $2) order by v.change",
                  {to_value(home), to_value(at)});
}

std::vector<StoredRecord> changes_since(Transaction& transaction, std::int64_t change, std::size_t most)
{
    return select(transaction, "where r.change > $1 and v.version = r.version order by r.change limit $2",
                  {change, static_cast<std::int64_t>(most)});
}

std::int64_t newest_change_of(Transaction& transaction, std::span<const ChildId> homes)
{
    if (homes.empty()) return 0;
    std::int64_t newest = 0;
    // Not max(change): PostgreSQL may then walk all changes backwards until it meets one of these homes.
    const auto sql = fmt::format("select change from source_records where home in ({})", storage::places(homes.size()));
    for (const auto& row : transaction.query(sql, storage::to_values(homes))) newest = std::max(newest, row.integer(0));
    return newest;
}

bool is_deleted_at_every_source(Transaction& transaction, ChildId home)
{
    const auto row = transaction
                         .query("select count(*), count(case when v.is_deleted = 0 then 1 end) from source_records r "
                                "join source_record_versions v on v.id = r.id and v.version = r.version "
                                "where r.home = $1",
                                {to_value(home)})
                         .front();
    return row.integer(0) > 0 && row.integer(1) == 0;
}

} // namespace reachable::identity
