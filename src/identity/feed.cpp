#include "identity/feed.h"

#include "base/text.h"
#include "identity/feed_rows.h"
#include "identity/hash_column.h"
#include "identity/source_records.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::identity {
namespace {

using storage::Row;
using storage::to_value;
using storage::Transaction;

constexpr std::size_t longest_row = 16 * 1024; // of a row that is set aside

constexpr std::string_view select_imports =
    "select number, source, agency, file_name, file_hash, mapping_hash, started_at, finished_at, rows_done, new_count, "
    "changed_count, same_count, withdrawn_count, quarantined_count from identity_imports ";

storage::Value to_value(const Hash& hash)
{
    return Bytes(hash.begin(), hash.end());
}

Import read_import(const Row& row)
{
    return {.number = row.integer(0),
            .source = row.text(1),
            .agency = storage::id_at<AgencyId>(row, 2),
            .file_name = row.text(3),
            .file_hash = hash_at(row, 4),
            .mapping_hash = hash_at(row, 5),
            .started_at = storage::time_at(row, 6),
            .finished_at = storage::maybe_time_at(row, 7),
            .counts = {.rows = row.integer(8),
                       .is_new = row.integer(9),
                       .changed = row.integer(10),
                       .same = row.integer(11),
                       .withdrawn = row.integer(12),
                       .quarantined = row.integer(13)}};
}

std::optional<Import> newest_of(Transaction& transaction, const std::string& source)
{
    const auto rows =
        transaction.query(fmt::format("{}where source = $1 order by number desc limit 1", select_imports), {source});
    if (rows.empty()) return std::nullopt;
    return read_import(rows.front());
}

Import add_import(Transaction& transaction, Import import)
{
    import.number = transaction.query("select coalesce(max(number), 0) + 1 from identity_imports").front().integer(0);
    transaction.execute("insert into identity_imports (number, source, agency, file_name, file_hash, mapping_hash, "
                        "started_at, finished_at, rows_done, new_count, changed_count, same_count, withdrawn_count, "
                        "quarantined_count) values ($1, $2, $3, $4, $5, $6, $7, null, 0, 0, 0, 0, 0, 0)",
                        {import.number, import.source, to_value(import.agency), import.file_name,
                         to_value(import.file_hash), to_value(import.mapping_hash), to_value(import.started_at)});
    return import;
}

void update_import(Transaction& transaction, const Import& import)
{
    const auto& counts = import.counts;
    transaction.execute("update identity_imports set finished_at = $2, rows_done = $3, new_count = $4, changed_count = "
                        "$5, same_count = $6, withdrawn_count = $7, quarantined_count = $8 where number = $1",
                        {import.number, to_value(import.finished_at), counts.rows, counts.is_new, counts.changed,
                         counts.same, counts.withdrawn, counts.quarantined});
}

/// The text as the database can keep it, on one line or several.
std::string readable(std::string_view text)
{
    const bool is_cut = text.size() > longest_row;
    if (is_cut) text = text.substr(0, longest_row);
    if (is_clean_utf8(text)) return std::string(text) + (is_cut ? " …" : "");
    std::string readable;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        while (length <= 4 && !is_clean_utf8(text.substr(at, length))) ++length;
        if (length > 4) {
            readable += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[at++]));
            continue;
        }
        readable += text.substr(at, length);
        at += length;
    }
    return readable + (is_cut ? " …" : "");
}

void add_quarantined(Transaction& transaction, const QuarantinedRow& row)
{
    transaction.execute("insert into identity_quarantined (import, row_number, line, reasons, row_text) values ($1, "
                        "$2, $3, $4, $5)",
                        {row.import, row.row, row.line, join(row.reasons, "\n"), row.text});
}

/// What one row came to: whose record it is, if it was taken. A refusal of the store sets it aside like any other.
std::optional<ChildId> take_row(Transaction& transaction, const FeedRow& row, const SourceMapping& mapping, UtcTime now,
                                Import& import, std::vector<QuarantinedRow>& quarantined)
{
    auto& counts = import.counts;
    counts.rows += 1;
    auto reasons = row.reasons;
    if (reasons.empty() && row.is_deleted) {
        const auto receipt = withdraw(transaction, import.agency, row.record.source, row.record.reference, now);
        const bool is_gone = receipt && receipt->what == Received::changed;
        (is_gone ? counts.withdrawn : counts.same) += 1;
        if (!receipt) return std::nullopt;
        return receipt->home;
    }
    if (reasons.empty()) {
        const auto receipt =
            receive(transaction, import.agency, row.record, now, {.lawful_basis = mapping.lawful_basis});
        if (receipt) {
            (receipt->what == Received::is_new    ? counts.is_new
             : receipt->what == Received::changed ? counts.changed
                                                  : counts.same) += 1;
            return receipt->home;
        }
        for (const auto& problem : receipt.error()) reasons.push_back(problem.sentence);
    }
    counts.quarantined += 1;
    quarantined.push_back({.import = import.number,
                           .row = static_cast<std::int64_t>(row.number),
                           .line = static_cast<std::int64_t>(row.line),
                           .reasons = std::move(reasons),
                           .text = readable(row.text)});
    return std::nullopt;
}

/// Thrown out of a batch of a dry run: the documented way of leaving nothing of it behind. Rows of one file do not
/// depend on each other, for no reference is taken twice, so that batches can be taken back one by one.
struct TakenBack {};

class Importing {
  public:
    Importing(storage::Database& database, const Feed& feed, const FeedWork& work, const SourceMapping& mapping)
        : database_(database), feed_(feed), work_(work), mapping_(mapping)
    {
    }

    Result<FeedReport> run()
    {
        TRY(check());
        auto reader = TRY(FeedReader::open(feed_.text, mapping_));
        begin();
        for (auto row = reader.next(); row; row = reader.next()) {
            if (static_cast<std::int64_t>(row->number) <= report_.rows_before) continue;
            batch_.push_back(*std::move(row));
            if (batch_.size() >= work_.rows_in_a_batch) write_batch(false);
        }
        write_batch(true);
        report_.never_filled = reader.never_filled();
        return std::move(report_);
    }

  private:
    Result<> check() const
    {
        const bool has_nhs_numbers = std::ranges::any_of(
            mapping_.identifiers, [](const auto& one) { return to_lower_ascii(trim(one.first)) == "nhs"; });
        if (has_nhs_numbers && mapping_.lawful_basis.empty())
            return refuse(ProblemKind::missing,
                          "The mapping takes NHS numbers: say why this source may send them (lawful_basis = words)",
                          "lawful_basis");
        bool is_anothers = false;
        database_.read([&](Transaction& transaction) {
            const auto rows =
                transaction.query("select agency from source_records where source = $1 limit 1", {mapping_.source});
            is_anothers = !rows.empty() && storage::id_at<AgencyId>(rows.front(), 0) != feed_.agency;
        });
        if (is_anothers)
            return refuse(ProblemKind::conflict,
                          fmt::format("Another agency sends the records of {}: give the source a name of its own",
                                      mapping_.source),
                          "source");
        return {};
    }

    /// A new import, or the interrupted one of the same file.
    void begin()
    {
        const Import fresh{.source = mapping_.source,
                           .agency = feed_.agency,
                           .file_name = readable(feed_.file_name),
                           .file_hash = sha256(as_bytes(feed_.text)),
                           .mapping_hash = sha256(as_bytes(feed_.mapping)),
                           .started_at = work_.now()};
        report_.import = fresh;
        if (work_.kept == Kept::no) return;
        Import begun;
        std::vector<QuarantinedRow> before;
        database_.write([&](Transaction& transaction) {
            const auto newest = newest_of(transaction, fresh.source);
            const bool goes_on = newest && !newest->finished_at && newest->agency == fresh.agency &&
                                 newest->file_hash == fresh.file_hash && newest->mapping_hash == fresh.mapping_hash;
            begun = goes_on ? *newest : add_import(transaction, fresh);
            before = quarantined_of(transaction, begun.number);
        });
        report_.import = begun;
        report_.rows_before = begun.counts.rows;
        for (const auto& row : before) note(row);
    }

    void write_batch(bool is_last)
    {
        const auto before = report_.import;
        const auto now = work_.now();
        Import after;
        std::vector<QuarantinedRow> quarantined;
        LocalFlagCounts local;
        const auto body = [&](Transaction& transaction) {
            after = before;
            quarantined.clear();
            local = {};
            for (const auto& row : batch_)
                if (const auto child = take_row(transaction, row, mapping_, now, after, quarantined))
                    local += local_flags_of(transaction, row, *child, now);
            if (is_last) after.finished_at = now;
            if (work_.kept == Kept::no) throw TakenBack{};
            for (const auto& row : quarantined) add_quarantined(transaction, row);
            update_import(transaction, after);
            if (work_.account) work_.account(transaction, before, after);
        };
        try {
            database_.write(body);
        } catch (const TakenBack&) {
        }
        batch_.clear();
        report_.import = after;
        report_.local_flags += local;
        for (const auto& row : quarantined) note(row);
        if (work_.progress) work_.progress(report_.import, report_.rows_before);
    }

    LocalFlagCounts local_flags_of(Transaction& transaction, const FeedRow& row, ChildId child, UtcTime now) const
    {
        if (mapping_.local_flags.empty() || !work_.local_flags) return {};
        const bool is_kept = work_.kept == Kept::yes;
        return work_.local_flags(
            transaction, {.agency = feed_.agency, .child = is_kept ? child : ChildId{}, .flags = row.local_flags}, now);
    }

    void note(const QuarantinedRow& row)
    {
        for (const auto& reason : row.reasons) report_.reasons[reason] += 1;
        if (work_.set_aside) work_.set_aside(row);
    }

    storage::Database& database_;
    const Feed& feed_;
    const FeedWork& work_;
    const SourceMapping& mapping_;
    std::vector<FeedRow> batch_;
    FeedReport report_;
};

} // namespace

Result<FeedReport> import_feed(storage::Database& database, const Feed& feed, const FeedWork& work)
{
    CHECK(work.now != nullptr && work.rows_in_a_batch > 0, "an import was given no clock, or batches without rows");
    const auto mapping = TRY(read_mapping(feed.mapping));
    return Importing(database, feed, work, mapping).run();
}

std::vector<Import> newest_imports(Transaction& transaction, std::size_t most)
{
    std::vector<Import> imports;
    for (const auto& row : transaction.query(fmt::format("{}order by number desc limit $1", select_imports),
                                             {static_cast<std::int64_t>(most)}))
        imports.push_back(read_import(row));
    return imports;
}

std::vector<QuarantinedRow> quarantined_of(Transaction& transaction, std::int64_t import, std::size_t most)
{
    std::vector<QuarantinedRow> rows;
    for (const auto& row : transaction.query("select import, row_number, line, reasons, row_text from "
                                             "identity_quarantined where import = $1 order by row_number limit $2",
                                             {import, static_cast<std::int64_t>(most)})) {
        QuarantinedRow read{
            .import = row.integer(0), .row = row.integer(1), .line = row.integer(2), .text = row.text(4)};
        for (const auto reason : split(row.text(3), '\n')) read.reasons.emplace_back(reason);
        rows.push_back(std::move(read));
    }
    return rows;
}

std::int64_t count_quarantined(Transaction& transaction, std::int64_t import)
{
    return transaction.query("select count(*) from identity_quarantined where import = $1", {import})
        .front()
        .integer(0);
}

std::int64_t forget_quarantined(Transaction& transaction, std::int64_t import)
{
    return transaction.change("delete from identity_quarantined where import = $1", {import});
}

} // namespace reachable::identity
