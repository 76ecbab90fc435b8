// A feed: the people a system of another organisation knows, as a file of rows, taken into the store as source records.
// Sending the same file again changes nothing. Rows that cannot be taken are set aside with their reasons.
//
// What is set aside is kept word for word, so that somebody can mend it: it is PERSONAL DATA, of children, as sensitive
// as the records themselves. Nothing here asks who may see it; whoever mended it deletes it by `forget_quarantined`.
#pragma once

#include "base/crypto.h"
#include "base/id.h"
#include "base/time.h"
#include "identity/local_flags.h"
#include "storage/database.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>

namespace reachable::identity {

/// Each row is counted once.
struct FeedCounts {
    std::int64_t rows = 0;
    std::int64_t is_new = 0;
    std::int64_t changed = 0;
    std::int64_t same = 0; // also a deletion of what is not here
    std::int64_t withdrawn = 0;
    std::int64_t quarantined = 0;
    bool operator==(const FeedCounts&) const = default;
};

/// One file's way into the store. `counts.rows` is also the position from which it goes on after an interruption.
struct Import {
    std::int64_t number = 0; // from 1, over all sources; 0 of a dry run
    std::string source;
    AgencyId agency;
    std::string file_name; // as somebody called it, without its folder
    Hash file_hash{};
    Hash mapping_hash{};
    UtcTime started_at{};
    std::optional<UtcTime> finished_at;
    FeedCounts counts;
    bool operator==(const Import&) const = default;
};

struct QuarantinedRow {
    std::int64_t import = 0;
    std::int64_t row = 0;             // from 1
    std::int64_t line = 0;            // of the file
    std::vector<std::string> reasons; // "has no reference"; never a value of the row
    std::string text;                 // personal data; a byte that is no text stands as \xE9, and a long row is cut
    bool operator==(const QuarantinedRow&) const = default;
};

struct Feed {
    AgencyId agency;
    std::string file_name;
    std::string_view text;    // the whole file
    std::string_view mapping; // the text of the mapping
};

enum class Kept { yes, no };

/// What a row says of local flags: all that its system marks that child with now, also none.
struct LocalFlagsSent {
    AgencyId agency;
    ChildId child; // none in a dry run
    std::span<const LocalFlag> flags;
};

/// How it is done; everything but `now` may be left out.
struct FeedWork {
    std::function<UtcTime()> now;
    /// no: a dry run. Every row goes through the store, and is taken back before it is durable.
    Kept kept = Kept::yes;
    std::size_t rows_in_a_batch = 500;
    /// Called in the transaction of each batch, for the audit log: how the import stood before it and stands with it.
    std::function<void(storage::Transaction&, const Import& before, const Import& after)> account = {};
    /// Called after each batch, when it is durable: how the import stands, and how many rows an earlier run had done.
    std::function<void(const Import&, std::int64_t rows_before)> progress = {};
    /// Called with each row that was set aside, after its batch.
    std::function<void(const QuarantinedRow&)> set_aside = {};
    /// Called in the transaction of its batch for each row that was taken or that the source deleted, where the mapping
    /// names a column of local flags. Of a dry run they are only counted.
    std::function<LocalFlagCounts(storage::Transaction&, const LocalFlagsSent&, UtcTime now)> local_flags = {};
};

struct FeedReport {
    Import import;
    std::int64_t rows_before = 0;                // done by an earlier run that was interrupted
    std::map<std::string, std::int64_t> reasons; // how many rows were set aside for each, of all runs
    LocalFlagCounts local_flags;                 // of this run
    std::set<std::string> never_filled;          // columns of the mapping that had no value in any row
};

/// Takes the rows into the store, batch by batch; each batch is durable together with the position. Where the newest
/// import of the source is of the same file, mapping and agency and was not finished, it goes on there; else a new
/// import begins. Refuses, and then nothing is stored: a mapping or a file that cannot be read, a table without a
/// column of the mapping, NHS numbers without a lawful basis, and a source that another agency sends (conflict).
Result<FeedReport> import_feed(storage::Database& database, const Feed& feed, const FeedWork& work);

/// A row of a file on its way into the store, whatever it is of.
struct RowOfFile {
    std::size_t number = 0; // from 1
    std::size_t line = 0;
    std::string_view text;
    std::vector<std::string> reasons; // why it is set aside as it was read
    std::shared_ptr<const void> content;
};

/// What a kind of rows must say to be imported: how the next is read, and how one is taken.
struct KindOfRows {
    std::string source;
    /// Nothing at the end.
    std::function<std::optional<RowOfFile>()> next;
    /// Takes a row that has no reasons and counts it as new, changed, withdrawn or the same; gives why it is set aside
    /// instead, if it is. May be called again for the same row, if the batch is taken again.
    std::function<std::vector<std::string>(storage::Transaction&, const RowOfFile&, UtcTime now, const Import&,
                                           FeedCounts&)>
        take;
    /// Called before each batch with its rows, and again when it is taken again; when its last row was taken, in the
    /// same transaction; and after it, when it is durable.
    std::function<void(storage::Transaction&, std::span<const RowOfFile>)> begin_batch = {};
    std::function<void(storage::Transaction&, UtcTime now)> end_rows = {};
    std::function<void()> end_batch = {};
};

/// The way of any file of rows into the store: batches, going on, what is set aside, as `import_feed` says it.
FeedReport import_rows(storage::Database& database, const Feed& feed, const FeedWork& work, const KindOfRows& kind);

/// The newest first, at most `most`.
std::vector<Import> newest_imports(storage::Transaction& transaction, std::size_t most);
/// The rows an import set aside, by number, the first `most` of them.
std::vector<QuarantinedRow> quarantined_of(storage::Transaction& transaction, std::int64_t import,
                                           std::size_t most = 1'000'000'000);
/// How many of them are still kept.
std::int64_t count_quarantined(storage::Transaction& transaction, std::int64_t import);
/// Deletes what an import set aside, and gives the number of rows. The import keeps its counts.
std::int64_t forget_quarantined(storage::Transaction& transaction, std::int64_t import);

} // namespace reachable::identity
