// A libpq connection in pipeline mode: statements are sent without waiting, and one round trip fetches all answers.
// Every wait has an end. Values travel in binary, with their types stated, so that nothing is ever guessed or escaped.
#pragma once

#include "storage/connection.h"

#include <deque>
#include <optional>
#include <unordered_map>

struct pg_conn;
struct pg_result;

namespace reachable::storage {

/// The connection broke; whether the last statements were carried out is for the caller to judge.
struct ConnectionLost : StorageFailure {
    using StorageFailure::StorageFailure;
};
/// The server did not answer in time. The connection has been given up.
struct DeadlinePassed : ConnectionLost {
    using ConnectionLost::ConnectionLost;
};

class PostgresqlSession {
  public:
    struct Answer {
        Rows rows;
        std::int64_t changed = 0;
        std::string tag; // "COMMIT", "INSERT 0 1"
    };
    enum class Wants { nothing, answer };

    /// `host_kind` is libpq's target_session_attrs, used where `url` does not say.
    PostgresqlSession(std::string url, const char* host_kind, std::chrono::milliseconds deadline)
        : url_(std::move(url)), host_kind_(host_kind), deadline_(deadline)
    {
    }

    /// Gives up what there was and connects anew. Throws Unreachable.
    void connect();
    void disconnect() noexcept;
    /// Looks at the socket without waiting.
    bool is_alive();
    /// True while a transaction is open on the server, as far as its answers tell.
    bool is_in_transaction() const;

    /// Queues a statement, prepared the first time it is seen. `Wants::answer` is for the last one of a round trip.
    void send(std::string_view sql, const Values& values, Wants wants = Wants::nothing);
    /// Queues begin, commit and the like; `sql` is a literal.
    void send_plain(const char* sql);
    /// Ends the pipeline without waiting: the answers are read by the next round trip.
    void leave_unread();
    /// Fetches all answers and gives the last one. Throws the first error, after which the server takes only a
    /// rollback.
    Answer round_trip();
    /// The same, and gives the last so many answers, in the order in which they were asked for.
    std::vector<Answer> round_trip_for(std::size_t count);
    /// Statements sent and not yet answered.
    std::size_t waiting_count() const { return waiting_.size(); }

    /// True if the server has warned since `forget_warnings`.
    bool was_warned() const { return was_warned_; }
    void forget_warnings() { was_warned_ = false; }
    /// Drops the prepared statements before the next transaction: there are too many, or a table has changed.
    void tidy();

  private:
    using Moment = std::chrono::steady_clock::time_point;
    struct CloseConnection {
        void operator()(pg_conn* connection) const;
    };
    struct CloseResult {
        void operator()(pg_result* result) const;
    };
    using ResultPointer = std::unique_ptr<pg_result, CloseResult>;
    /// Something that was sent and has an answer to come.
    struct Waiting {
        enum class Kind { prepare, statement, end_of_pipeline } kind;
        std::string_view sql; // kept by `prepared_`, or a literal
        Wants wants = Wants::nothing;
        std::string prepared_key = {};
    };
    struct Prepared {
        std::string name;
        std::string sql;
    };
    struct ServerError {
        std::string code;
        std::string sentence;
        bool is_fatal = false;
    };

    const Prepared& prepared(std::string_view sql, const Values& values);
    void end_pipeline();
    void flush(Moment until);
    ResultPointer next_result(Moment until);
    void wait_for(short events, Moment until);
    /// The results of the last so many statements whose answers are wanted.
    std::deque<ResultPointer> fetch(std::size_t count);
    void take_results(const Waiting& waiting, Moment until, ResultPointer& wanted,
                      std::optional<ServerError>& first_error);
    static Answer answer_of(const pg_result* result);
    static ServerError error_of(const pg_result* result, std::string_view sql);
    [[noreturn]] void fail(const ServerError& error);
    [[noreturn]] void lose();
    static void receive_notice(void* self, const pg_result* notice);

    std::string url_;
    const char* host_kind_;
    std::chrono::milliseconds deadline_;
    std::unique_ptr<pg_conn, CloseConnection> connection_;
    std::deque<Waiting> waiting_;
    std::unordered_map<std::string, Prepared> prepared_;
    std::uint64_t prepared_count_ = 0;
    bool was_warned_ = false;
    bool must_tidy_ = false;
};

} // namespace reachable::storage
