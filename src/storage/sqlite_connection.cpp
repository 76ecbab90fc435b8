#include "storage/sqlite_connection.h"

#include <sqlite3.h>

namespace reachable::storage {

namespace {

constexpr std::size_t most_prepared = 500;
constexpr int busy_milliseconds = 10000;

/// Resets a statement when its run is over, so that it holds no lock and can be used again.
class Run {
  public:
    explicit Run(sqlite3_stmt* statement) : statement_(statement) {}
    ~Run()
    {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

  private:
    sqlite3_stmt* statement_;
};

Value value_of(sqlite3_stmt* statement, int column)
{
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return std::monostate{};
    case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        return std::string(text, size());
    }
    case SQLITE_BLOB: {
        const auto* blob = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
        return blob == nullptr ? Bytes{} : Bytes(blob, blob + size());
    }
    default: throw Bug("A column holds a fraction: only whole numbers, texts and bytes are kept");
    }
}

Row row_of(sqlite3_stmt* statement)
{
    Values values;
    const int count = sqlite3_column_count(statement);
    values.reserve(static_cast<std::size_t>(count));
    for (int column = 0; column < count; ++column) values.push_back(value_of(statement, column));
    return Row(std::move(values));
}

/// In the memory of another row of the same statement.
Row row_of(sqlite3_stmt* statement, Values used)
{
    for (int column = 0; column < static_cast<int>(used.size()); ++column) {
        auto& value = used[static_cast<std::size_t>(column)];
        auto* bytes = std::get_if<Bytes>(&value);
        if (bytes == nullptr || sqlite3_column_type(statement, column) != SQLITE_BLOB) {
            value = value_of(statement, column);
            continue;
        }
        const auto* blob = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        bytes->assign(blob, blob + (blob == nullptr ? 0 : size));
    }
    return Row(std::move(used));
}

} // namespace

void SqliteConnection::CloseStatement::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

// Opening.

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path, Use use, FileLock lock)
{
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection);
    connection->lock_ = std::move(lock);
    const int mode = use == Use::only_read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(path.c_str(), &connection->handle_, mode | SQLITE_OPEN_NOMUTEX, nullptr);
    const auto refused = [&](std::string_view why) {
        return refuse(ProblemKind::unavailable, "The database file " + path + " cannot be opened: " + std::string(why));
    };
    if (code != SQLITE_OK) return refused(sqlite3_errstr(code));
    if (const auto ready = connection->set_up(use); !ready) return refused(ready.error().front().sentence);
    if (use == Use::write) {
        connection->checkpointer_ = TRY(SqliteCheckpointer::start(path));
        connection->checkpointer_->watch(connection->handle_);
    }
    return connection;
}

SqliteConnection::~SqliteConnection()
{
    checkpointer_.reset();
    prepared_.clear();
    sqlite3_close_v2(handle_);
}

Result<> SqliteConnection::set_up(Use use)
{
    sqlite3_busy_timeout(handle_, busy_milliseconds);
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // As on PostgreSQL, "…" is a name and never a text.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // A statement is planned once and not for each set of values.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    std::vector<const char*> pragmas = {"pragma foreign_keys = on", "pragma cell_size_check = on"};
    if (use == Use::write) {
        // One connection writes. Ids are random, so that a feed of many cases touches every leaf of an index again and
        // again: with 16 MB it read and wrote each page several times in one batch.
        pragmas.push_back("pragma cache_size = -192000");
        pragmas.push_back("pragma journal_mode = wal");
        pragmas.push_back("pragma synchronous = full");
        // What is deleted is overwritten, so that a copy of the file does not hold it: a number, a photograph.
        pragmas.push_back("pragma secure_delete = on");
    } else {
        // 16 MB hold the inner pages of tables and indexes of ten million rows.
        pragmas.push_back("pragma cache_size = -16000");
        pragmas.push_back("pragma query_only = on");
        pragmas.push_back("select count(*) from sqlite_schema"); // shows whether it is a database at all
    }
    for (const char* pragma : pragmas) {
        if (run_plain(pragma) != SQLITE_OK) return refuse(ProblemKind::unavailable, sqlite3_errmsg(handle_));
    }
    return {};
}

// Transactions.

void SqliteConnection::begin_write()
{
    begin_without_snapshot();
    if (checkpointer_ && checkpointer_->has_failed())
        throw Unusable("The disk failed while the log was moved into the database: start the service again before "
                       "writing more");
    begin("begin immediate");
}

void SqliteConnection::begin_read()
{
    begin_snapshot();
    begin("begin");
}

void SqliteConnection::begin(const char* sql)
{
    if (prepared_.size() > most_prepared) prepared_.clear();
    has_failed_ = false;
    if (run_kept(sql) != SQLITE_OK) fail(sql);
}

void SqliteConnection::commit()
{
    if (has_failed_) throw StorageFailure("A statement of this transaction failed, so it cannot be committed");
    const int code = run_kept("commit");
    if (code == SQLITE_OK) return;
    // A broken constraint or a lock is an answer. Anything else is a disk whose state is no longer known: a second
    // fsync after a failed one may report success for pages that were lost.
    const std::string why = sqlite3_errmsg(handle_);
    const int kind = code & 0xff;
    if (kind == SQLITE_CONSTRAINT || kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
        throw StorageFailure("The database refused the commit: " + why);
    throw Unusable("The disk failed during a commit (" + why + "): start the service again before writing more");
}

void SqliteConnection::end_read()
{
    if (run_kept("commit") != SQLITE_OK) fail("commit");
}

void SqliteConnection::roll_back() noexcept
{
    if (sqlite3_get_autocommit(handle_) == 0) run_plain("rollback");
}

int SqliteConnection::run_plain(const char* sql) noexcept
{
    return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
}

/// For what every transaction says: SQLite reads its text once and not each time.
int SqliteConnection::run_kept(std::string_view sql)
{
    sqlite3_stmt* statement = prepared(sql).statement.get();
    sqlite3_step(statement);
    return sqlite3_reset(statement); // what the step came to
}

// Statements.

Rows SqliteConnection::query(std::string_view sql, const Values& values)
{
    Rows rows;
    run(sql, values, [&](sqlite3_stmt* statement) { rows.push_back(row_of(statement)); });
    return rows;
}

void SqliteConnection::query_page(std::string_view sql, const Values& values, Rows& rows)
{
    std::size_t count = 0;
    run(sql, values, [&](sqlite3_stmt* statement) {
        if (count == rows.size())
            rows.push_back(row_of(statement));
        else
            rows[count] = row_of(statement, std::move(rows[count]).take());
        ++count;
    });
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end());
}

void SqliteConnection::execute(std::string_view sql, const Values& values)
{
    run(sql, values);
}

std::int64_t SqliteConnection::change(std::string_view sql, const Values& values)
{
    run(sql, values);
    return sqlite3_changes64(handle_);
}

void SqliteConnection::scan(std::string_view sql, const std::function<void(const Row&)>& take, const Values& values)
{
    run(sql, values, [&](sqlite3_stmt* statement) { take(row_of(statement)); });
}

void SqliteConnection::run(std::string_view sql, const Values& values, const std::function<void(sqlite3_stmt*)>& take)
{
    if (has_failed_) throw StorageFailure("An earlier statement of this transaction failed");
    has_failed_ = true;
    sqlite3_stmt* statement = bind(sql, values);
    const Run run(statement);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (take) take(statement);
    }
    if (code != SQLITE_DONE) fail(sql);
    has_failed_ = false;
}

sqlite3_stmt* SqliteConnection::bind(std::string_view sql, const Values& values)
{
    Prepared& found = prepared(sql);
    CHECK(found.places.size() == values.size(), "A statement was given too few or too many values");
    for (std::size_t i = 0; i < values.size(); ++i) bind_one(found.statement.get(), found.places[i], values[i]);
    return found.statement.get();
}

/// The caller's values outlive the run, so SQLite need not copy them.
void SqliteConnection::bind_one(sqlite3_stmt* statement, int place, const Value& value)
{
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(statement, place, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        CHECK(text->find('\0') == std::string::npos, "A text to be kept holds no zero character");
        code = sqlite3_bind_text64(statement, place, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        code = bytes->empty() ? sqlite3_bind_zeroblob(statement, place, 0)
                              : sqlite3_bind_blob64(statement, place, bytes->data(), bytes->size(), SQLITE_STATIC);
    } else {
        code = sqlite3_bind_null(statement, place);
    }
    if (code != SQLITE_OK) throw StorageFailure(std::string("A value cannot be kept: ") + sqlite3_errstr(code));
}

SqliteConnection::Prepared& SqliteConnection::prepared(std::string_view sql)
{
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
    return prepared_.emplace(std::string(sql), prepare(sql)).first->second;
}

SqliteConnection::Prepared SqliteConnection::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, &rest);
    Prepared made{.statement = std::unique_ptr<sqlite3_stmt, CloseStatement>(statement), .places = {}};
    if (code != SQLITE_OK) fail(sql);
    CHECK(statement != nullptr, "There is no statement in an SQL text");
    const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
    CHECK(left.find_first_not_of(" \t\r\n;") == std::string_view::npos, "An SQL text holds more than one statement");
    const int count = sqlite3_bind_parameter_count(statement);
    for (int number = 1; number <= count; ++number) {
        const int place = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(number)).c_str());
        CHECK(place != 0, "Placeholders are $1, $2 and so on, without a gap");
        made.places.push_back(place);
    }
    return made;
}

/// Throws what the connection's last error means. SQLite's sentences name tables and columns but no values.
void SqliteConnection::fail(std::string_view sql)
{
    const int code = sqlite3_extended_errcode(handle_);
    const std::string why = std::string(sqlite3_errmsg(handle_)) + ", in: " + std::string(sql);
    switch (code & 0xff) {
    case SQLITE_ERROR: throw Bug("SQL that SQLite does not take: " + why);
    case SQLITE_READONLY: throw Bug("A reading transaction must not change anything: " + why);
    case SQLITE_BUSY: throw StorageFailure("Something else is using the database: " + why);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: throw Unusable("The database file is damaged: " + why);
    case SQLITE_IOERR: throw Unusable("The disk failed (" + why + "): start the service again before writing more");
    default: throw StorageFailure("SQLite refused a statement: " + why);
    }
}

} // namespace reachable::storage
