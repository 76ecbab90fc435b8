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

/// Thrown out of a batch of a dry run: the documented way of leaving nothing of it behind. Rows of one file do not
/// depend on each other, for no reference is taken twice, so that batches can be taken back one by one.
struct TakenBack {};

class Importing {
  public:
    Importing(storage::Database& database, const Feed& feed, const FeedWork& work, const KindOfRows& kind)
        : database_(database), feed_(feed), work_(work), kind_(kind)
    {
    }

    FeedReport run()
    {
        begin();
        for (auto row = kind_.next(); row; row = kind_.next()) {
            if (static_cast<std::int64_t>(row->number) <= report_.rows_before) continue;
            batch_.push_back(*std::move(row));
            if (batch_.size() >= work_.rows_in_a_batch) write_batch(false);
        }
        write_batch(true);
        return std::move(report_);
    }

  private:
    /// A new import, or the interrupted one of the same file.
    void begin()
    {
        const Import fresh{.source = kind_.source,
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

    /// A refusal of the store sets a row aside like any other reason.
    void take(Transaction& transaction, const RowOfFile& row, UtcTime now, Import& import,
              std::vector<QuarantinedRow>& quarantined) const
    {
        import.counts.rows += 1;
        auto reasons = row.reasons.empty() ? kind_.take(transaction, row, now, import, import.counts) : row.reasons;
        if (reasons.empty()) return;
        import.counts.quarantined += 1;
        quarantined.push_back({.import = import.number,
                               .row = static_cast<std::int64_t>(row.number),
                               .line = static_cast<std::int64_t>(row.line),
                               .reasons = std::move(reasons),
                               .text = readable(row.text)});
    }

    void write_batch(bool is_last)
    {
        const auto before = report_.import;
        const auto now = work_.now();
        Import after;
        std::vector<QuarantinedRow> quarantined;
        const auto body = [&](Transaction& transaction) {
            after = before;
            quarantined.clear();
            if (kind_.begin_batch) kind_.begin_batch(transaction, batch_);
            for (const auto& row : batch_) take(transaction, row, now, after, quarantined);
            if (kind_.end_rows) kind_.end_rows(transaction, now);
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
        if (kind_.end_batch) kind_.end_batch();
        for (const auto& row : quarantined) note(row);
        if (work_.progress) work_.progress(report_.import, report_.rows_before);
    }

    void note(const QuarantinedRow& row)
    {
        for (const auto& reason : row.reasons) report_.reasons[reason] += 1;
        if (work_.set_aside) work_.set_aside(row);
    }

    storage::Database& database_;
    const Feed& feed_;
    const FeedWork& work_;
    const KindOfRows& kind_;
    std::vector<RowOfFile> batch_;
    FeedReport report_;
};

/// The people a file tells of, with the local flags of each.
class People {
  public:
    People(const Feed& feed, const FeedWork& work, const SourceMapping& mapping, FeedReader& reader)
        : feed_(feed), work_(work), mapping_(mapping), reader_(reader)
    {
    }

    KindOfRows kind()
    {
        return {.source = mapping_.source,
                .next = [this] { return next(); },
                .take = [this](Transaction& transaction, const RowOfFile& row, UtcTime now, const Import& import,
                               FeedCounts& counts) { return take(transaction, row, now, import, counts); },
                .begin_batch = [this](Transaction&, std::span<const RowOfFile>) { of_batch_ = {}; },
                .end_batch = [this] { local_flags_ += of_batch_; }};
    }
    const LocalFlagCounts& local_flags() const { return local_flags_; }

  private:
    std::optional<RowOfFile> next()
    {
        auto read = reader_.next();
        if (!read) return std::nullopt;
        auto row = std::make_shared<FeedRow>(*std::move(read));
        return RowOfFile{
            .number = row->number, .line = row->line, .text = row->text, .reasons = row->reasons, .content = row};
    }

    std::vector<std::string> take(Transaction& transaction, const RowOfFile& of_file, UtcTime now, const Import& import,
                                  FeedCounts& counts)
    {
        const auto& row = *static_cast<const FeedRow*>(of_file.content.get());
        if (row.is_deleted) {
            const auto receipt = withdraw(transaction, import.agency, row.record.source, row.record.reference, now);
            const bool is_gone = receipt && receipt->what == Received::changed;
            (is_gone ? counts.withdrawn : counts.same) += 1;
            if (receipt) take_local_flags(transaction, row, receipt->home, now);
            return {};
        }
        const auto receipt =
            receive(transaction, import.agency, row.record, now, {.lawful_basis = mapping_.lawful_basis});
        if (receipt) {
            (receipt->what == Received::is_new    ? counts.is_new
             : receipt->what == Received::changed ? counts.changed
                                                  : counts.same) += 1;
            take_local_flags(transaction, row, receipt->home, now);
            return {};
        }
        std::vector<std::string> reasons;
        for (const auto& problem : receipt.error()) reasons.push_back(problem.sentence);
        return reasons;
    }

    void take_local_flags(Transaction& transaction, const FeedRow& row, ChildId child, UtcTime now)
    {
        if (mapping_.local_flags.empty() || !work_.local_flags) return;
        const bool is_kept = work_.kept == Kept::yes;
        of_batch_ += work_.local_flags(
            transaction, {.agency = feed_.agency, .child = is_kept ? child : ChildId{}, .flags = row.local_flags}, now);
    }

    const Feed& feed_;
    const FeedWork& work_;
    const SourceMapping& mapping_;
    FeedReader& reader_;
    LocalFlagCounts of_batch_;
    LocalFlagCounts local_flags_;
};

Result<> may_be_sent(storage::Database& database, const Feed& feed, const SourceMapping& mapping)
{
    const bool has_nhs_numbers = std::ranges::any_of(
        mapping.identifiers, [](const auto& one) { return to_lower_ascii(trim(one.first)) == "nhs"; });
    if (has_nhs_numbers && mapping.lawful_basis.empty())
        return refuse(ProblemKind::missing,
                      "The mapping takes NHS numbers: say why this source may send them (lawful_basis = words)",
                      "lawful_basis");
    bool is_anothers = false;
    database.read([&](Transaction& transaction) {
        const auto rows =
            transaction.query("select agency from source_records where source = $1 limit 1", {mapping.source});
        is_anothers = !rows.empty() && storage::id_at<AgencyId>(rows.front(), 0) != feed.agency;
    });
    if (is_anothers)
        return refuse(
            ProblemKind::conflict,
            fmt::format("Another agency sends the records of {}: give the source a name of its own", mapping.source),
            "source");
    return {};
}

} // namespace

Result<FeedReport> import_feed(storage::Database& database, const Feed& feed, const FeedWork& work)
{
    const auto mapping = TRY(read_mapping(feed.mapping));
    TRY(may_be_sent(database, feed, mapping));
    auto reader = TRY(FeedReader::open(feed.text, mapping));
    People people(feed, work, mapping, reader);
    auto report = import_rows(database, feed, work, people.kind());
    report.local_flags = people.local_flags();
    report.never_filled = reader.never_filled();
    return report;
}

FeedReport import_rows(storage::Database& database, const Feed& feed, const FeedWork& work, const KindOfRows& kind)
{
    CHECK(work.now != nullptr && work.rows_in_a_batch > 0, "an import was given no clock, or batches without rows");
    return Importing(database, feed, work, kind).run();
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
