// One connection to a SQLite file, with its prepared statements.
#pragma once

#include "storage/connection.h"
#include "storage/file_lock.h"
#include "storage/sqlite_checkpointer.h"

#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace reachable::storage {

class SqliteConnection final : public Connection {
  public:
    enum class Use {
        write,
        read,      // beside a writer in this program
        only_read, // never touches the file
    };
    /// `lock` is kept as long as the connection. Refuses a file that is no database.
    static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, Use use, FileLock lock);
    ~SqliteConnection() override;

    void begin_write() override;
    void begin_read() override;
    void commit() override;
    void end_read() override;
    void roll_back() noexcept override;

    Rows query(std::string_view sql, const Values& values) override;
    void query_page(std::string_view sql, const Values& values, Rows& rows) override;
    void execute(std::string_view sql, const Values& values) override;
    std::int64_t change(std::string_view sql, const Values& values) override;
    void scan(std::string_view sql, const std::function<void(const Row&)>& take, const Values& values) override;

  private:
    struct CloseStatement {
        void operator()(sqlite3_stmt* statement) const;
    };
    /// A prepared statement, and where each of $1, $2 … stands in it.
    struct Prepared {
        std::unique_ptr<sqlite3_stmt, CloseStatement> statement;
        std::vector<int> places;
    };
    struct HashText {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    SqliteConnection() = default;
    Result<> set_up(Use use);
    Prepared& prepared(std::string_view sql);
    Prepared prepare(std::string_view sql);
    sqlite3_stmt* bind(std::string_view sql, const Values& values);
    void bind_one(sqlite3_stmt* statement, int place, const Value& value);
    void run(std::string_view sql, const Values& values, const std::function<void(sqlite3_stmt*)>& take = {});
    [[noreturn]] void fail(std::string_view sql);
    int run_plain(const char* sql) noexcept;
    int run_kept(std::string_view sql);
    void begin(const char* sql);

    FileLock lock_;
    std::unique_ptr<SqliteCheckpointer> checkpointer_; // of the connection that writes
    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, Prepared, HashText, std::equal_to<>> prepared_;
    bool has_failed_ = false;
};

} // namespace reachable::storage
