// The record on disk: SQLite by default, PostgreSQL by a connection string, one dialect of SQL written out.
//
// Everything acknowledged is durable: `write` returns only after the commit is on disk (SQLite: WAL with
// synchronous=FULL; PostgreSQL: synchronous_commit on, and a commit that carries a WARNING is not acknowledged).
// Writes that arrive together share one commit. Placeholders are $1, $2 … on both databases.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <typeinfo>
#include <variant>
#include <vector>

namespace reachable::storage {

/// What a column holds: nothing, a whole number, a text or bytes. Times are seconds since 1970, ids are bytes.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

/// One row of an answer. Columns are counted from 0 in the order the statement names them.
/// Asking for a kind the column does not hold is a Bug.
class Row {
  public:
    explicit Row(Values values) : values_(std::move(values)) {}
    bool is_null(std::size_t column) const;
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const Bytes& bytes(std::size_t column) const;
    std::size_t size() const { return values_.size(); }
    const Values& values() const { return values_; }
    /// For whoever fills a row anew, so that the memory of the old values is used again.
    Values take() && { return std::move(values_); }

  private:
    Values values_;
};
using Rows = std::vector<Row>;

/// Rows that others may be reading too.
class Recalled {
  public:
    explicit Recalled(Rows rows) : kept_(std::make_shared<Kept>(std::move(rows))) {}
    auto begin() const { return kept_->rows.begin(); }
    auto end() const { return kept_->rows.end(); }
    std::size_t size() const { return kept_->rows.size(); }
    bool empty() const { return kept_->rows.empty(); }
    const Row& front() const { return kept_->rows.front(); }

    /// What `make` makes of the rows, made once for everybody who is told them and kept as long as they are. Of the
    /// rows of one statement only one kind of thing is made. What `make` throws comes out, and the next asks again.
    template <class Made, class Make>
    std::shared_ptr<const Made> made(const Make& make) const
    {
        std::call_once(kept_->is_made, [&] {
            kept_->made = std::make_shared<const Made>(make(kept_->rows));
            kept_->kind = &typeid(Made);
        });
        CHECK(*kept_->kind == typeid(Made), "two kinds of things are made of the rows of one statement");
        return std::static_pointer_cast<const Made>(kept_->made);
    }

  private:
    struct Kept {
        explicit Kept(Rows all) : rows(std::move(all)) {}
        const Rows rows;
        std::once_flag is_made;
        std::shared_ptr<const void> made;
        const std::type_info* kind = nullptr;
    };
    std::shared_ptr<Kept> kept_;
};

/// The database or the disk failed. Not a refusal: nothing the person did can mend it.
struct StorageFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One transaction. Given to a body by `Database::write` or `Database::read` and gone when the body ends.
class Transaction {
  public:
    virtual ~Transaction() = default;
    /// Runs a statement that gives rows.
    virtual Rows query(std::string_view sql, const Values& values = {}) = 0;
    /// Like `query`, for a long table that is read in pages: the memory of the page before it, in `rows`, is used
    /// again.
    virtual void query_page(std::string_view sql, const Values& values, Rows& rows) { rows = query(sql, values); }
    /// Like `query`, for what is looked at again and again: while nothing is written but notes of looks, a reading
    /// transaction may be given what the same statement gave before. What a hand outside this process changed is seen
    /// after the next write. Not for tables that notes are written to.
    virtual Recalled recall(std::string_view sql, const Values& values = {}) { return Recalled(query(sql, values)); }
    /// Like `recall`, for rows that never change once they are there, as a version of a case does not: a reading
    /// transaction may be given what was found before, however much was written since. Whether they are there yet is
    /// not asked here: what is not found is asked again.
    virtual Recalled recall_settled(std::string_view sql, const Values& values) { return Recalled(query(sql, values)); }
    /// Runs a statement that gives none. It may travel together with later ones: a failure shows at the latest
    /// when the transaction ends, and then nothing of it remains.
    virtual void execute(std::string_view sql, const Values& values = {}) = 0;
    /// Like `execute`, but waits for the number of rows that were changed.
    virtual std::int64_t change(std::string_view sql, const Values& values = {}) = 0;
    /// Gives the rows one after another, for answers too long to be held at once. Until the last has come, nothing else
    /// may be asked.
    virtual void scan(std::string_view sql, const std::function<void(const Row&)>& take, const Values& values = {});

    /// Names the snapshot that a reading transaction sees: a number that no other transaction of this process has. Zero
    /// for a transaction that may write, which sees what it has changed itself.
    virtual std::uint64_t snapshot() const { return 0; }
    /// Which run of which server gave the last answer. Another run may have lost what the one before had shown (a
    /// standby took over), so nothing remembered of one holds for another. Zero for a file.
    virtual std::int64_t server_run() const { return 0; }
};

using Body = std::function<void(Transaction&)>;

/// A database, open. Safe to share between threads. Not copied.
class Database {
  public:
    virtual ~Database() = default;

    /// Runs `body` in a transaction that other writes may share, and returns when it is durable.
    /// Bodies run one after another, never side by side, so a body sees everything acknowledged before it.
    /// If `body` throws, nothing of it remains, others in the same commit are not hurt, and the exception comes out
    /// here. A body may be run more than once (the shared commit failed, or the server asked to retry): it must
    /// change nothing but the database and its own captured results, and those by assignment.
    /// Throws StorageFailure when the outcome is not known (the server went away in the middle of a commit): the
    /// caller's idempotency key finds out later. Starting another body from inside a body is a Bug.
    virtual void write(const Body& body) = 0;

    /// Runs `body` on a consistent snapshot that changes nothing. Many may run at once.
    virtual void read(const Body& body) = 0;

    /// Looks and then notes that somebody looked, as if both were one `write`, and returns when the note is durable.
    /// `look` runs on a snapshot beside other reads, so only the note waits its turn among the writes. If a `write`
    /// came in between, `look` runs again in the note's own transaction: what was seen is what stood when it was noted,
    /// and what was taken away before is never seen. `note` only adds, and nothing that a `look` reads (the audit's
    /// entries). Both may run more than once, under the rules for the body of a write; `look` first each time.
    virtual void observe(const Body& look, const Body& note) = 0;
    /// Like `observe`; but while a Meanwhile (meanwhile.h) stands on this thread, it may return as soon as `look` has
    /// run. `note` is written later, so it must own what it needs.
    virtual void observe_ahead(const Body& look, Body note) { observe(look, note); }

    /// Work to do inside every shared commit, after its bodies and before it is made durable (the audit log signs
    /// its checkpoint here), and after it is durable. `after_rollback` is told that an attempt left nothing behind, or
    /// that nobody knows whether it did: whatever is remembered of the database must be read from it again.
    /// All three run on the thread that commits. Set once, after `migrate` and before the first write they concern.
    virtual void set_commit_hooks(Body before_commit, std::function<void()> after_commit,
                                  std::function<void()> after_rollback = {}) = 0;

    /// "sqlite" or "postgresql".
    virtual std::string_view engine() const = 0;
};

/// Where the record is kept. `url` is "sqlite:/path/to/file" or a libpq connection string ("postgresql://…" or
/// "host=… dbname=…").
struct DatabaseSettings {
    std::string url;
    std::size_t reader_count = 4;
    std::size_t most_in_one_commit = 64;
    bool read_only = false;                    // for checks beside a running server: `write` is then a Bug
    std::chrono::milliseconds deadline{30000}; // the longest wait for an answer of a server, or for a free connection
};

/// Opens, and creates the SQLite file if it is not there. Refuses what it cannot reach with a sentence for the
/// operator. One database has one writing server: a second one is refused, unless it asks for `read_only`.
Result<std::unique_ptr<Database>> open_database(const DatabaseSettings& settings);

} // namespace reachable::storage
