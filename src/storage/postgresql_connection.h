// Transactions on a PostgreSQL session. Begin travels with the first statement and commit with the last ones, so that a
// transaction of statements whose answers nobody asks for costs one round trip.
#pragma once

#include "storage/connection.h"
#include "storage/postgresql_session.h"
#include "storage/query_each.h"

namespace reachable::storage {

class PostgresqlConnection final : public Connection, public AsksTogether {
  public:
    enum class Use {
        write,     // takes the lock that only one server holds
        read,      // from the server that is written to
        only_read, // from any server, without a lock
    };
    PostgresqlConnection(const std::string& url, Use use, std::chrono::milliseconds deadline);
    /// Connects, checks the server and takes the writer's lock. Throws Unreachable with a sentence for the operator.
    void connect();

    bool make_ready() override;
    void begin_write() override;
    void begin_read() override;
    void commit() override;
    void end_read() override;
    void roll_back() noexcept override;

    Rows query(std::string_view sql, const Values& values) override;
    void execute(std::string_view sql, const Values& values) override;
    std::int64_t change(std::string_view sql, const Values& values) override;
    std::vector<Rows> query_each(std::string_view sql, std::span<const Values> all) override;
    void scan(std::string_view sql, const std::function<void(const Row&)>& take, const Values& values) override;
    std::int64_t server_run() const override { return server_run_; }

  private:
    void check_server();
    void take_writer_lock();
    void begin(const char* sql);
    PostgresqlSession::Answer ask(std::string_view sql, const Values& values);
    PostgresqlSession::Answer send_and_wait(std::string_view sql, const Values& values);
    void queue(std::string_view sql, const Values& values, PostgresqlSession::Wants wants);
    template <class Work>
    auto guarded(Work work);

    Use use_;
    std::chrono::milliseconds deadline_;
    PostgresqlSession session_;
    std::int64_t server_run_ = 0; // when the server began, in microseconds
    const char* begin_sql_ = "";
    bool is_begun_ = false;     // begin has been queued
    bool has_answered_ = false; // the body has seen something of this transaction
    bool has_failed_ = false;
    bool is_commit_sent_ = false;
};

} // namespace reachable::storage
