#include "storage/postgresql_session.h"

#include "base/text.h"
#include "storage/postgresql_values.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <libpq-fe.h>
#include <poll.h>

namespace reachable::storage {

namespace {

constexpr std::size_t most_prepared = 500;

std::string field(const PGresult* result, int code)
{
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : std::string(text);
}

/// The number of the last placeholder: the server itself would take values that no placeholder stands for.
std::size_t placeholder_count(std::string_view sql)
{
    std::size_t highest = 0;
    for (std::size_t at = sql.find('$'); at != std::string_view::npos; at = sql.find('$', at + 1)) {
        std::size_t number = 0;
        std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
        highest = std::max(highest, number);
    }
    return highest;
}

} // namespace

void PostgresqlSession::CloseConnection::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

void PostgresqlSession::CloseResult::operator()(pg_result* result) const
{
    PQclear(result);
}

// The connection.

void PostgresqlSession::connect()
{
    disconnect();
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(deadline_).count();
    const std::string wait = std::to_string(std::clamp<long>(seconds, 2, 10));
    // What stands before "dbname" gives way to the url, what stands after it does not.
    const std::array<const char*, 6> names = {"connect_timeout", "target_session_attrs", "fallback_application_name",
                                              "dbname",          "client_encoding",      nullptr};
    const std::array<const char*, 6> values = {wait.c_str(), host_kind_, "reachable", url_.c_str(), "UTF8", nullptr};
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) {
        const std::string why = connection_ ? PQerrorMessage(connection_.get()) : "no memory is left";
        disconnect();
        throw Unreachable("The PostgreSQL server cannot be reached: " + std::string(trim(why)));
    }
    PQsetNoticeReceiver(connection_.get(), receive_notice, this);
    if (PQsetnonblocking(connection_.get(), 1) != 0 || PQenterPipelineMode(connection_.get()) != 1) lose();
}

void PostgresqlSession::disconnect() noexcept
{
    connection_.reset();
    waiting_.clear();
    prepared_.clear();
    must_tidy_ = false;
}

bool PostgresqlSession::is_alive()
{
    if (connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) return false;
    pollfd socket{.fd = PQsocket(connection_.get()), .events = POLLIN | POLLRDHUP, .revents = 0};
    if (::poll(&socket, 1, 0) < 0) return true;
    return (socket.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0;
}

bool PostgresqlSession::is_in_transaction() const
{
    return connection_ != nullptr && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

void PostgresqlSession::lose()
{
    const std::string why = connection_ ? PQerrorMessage(connection_.get()) : "";
    disconnect();
    throw ConnectionLost("The connection to PostgreSQL broke: " + std::string(trim(why)));
}

void PostgresqlSession::receive_notice(void* self, const pg_result* notice)
{
    // The words are translated and their wording changes; the severity in this field never does.
    if (field(notice, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING")
        static_cast<PostgresqlSession*>(self)->was_warned_ = true;
}

// Sending.

void PostgresqlSession::send(std::string_view sql, const Values& values, Wants wants)
{
    if (connection_ == nullptr) throw ConnectionLost("There is no connection to PostgreSQL");
    const PostgresqlParameters parameters(values);
    const Prepared& statement = prepared(sql, values);
    const int sent = PQsendQueryPrepared(connection_.get(), statement.name.c_str(), parameters.count(),
                                         parameters.pointers(), parameters.lengths(), parameters.formats(), 1);
    if (sent != 1) lose();
    waiting_.push_back({Waiting::Kind::statement, statement.sql, wants});
}

void PostgresqlSession::send_plain(const char* sql)
{
    if (connection_ == nullptr) throw ConnectionLost("There is no connection to PostgreSQL");
    if (PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) lose();
    waiting_.push_back({Waiting::Kind::statement, sql, Wants::answer});
}

/// One statement with values of other kinds is another statement to the server.
const PostgresqlSession::Prepared& PostgresqlSession::prepared(std::string_view sql, const Values& values)
{
    std::string key(sql);
    for (const Value& value : values) key += static_cast<char>(value.index());
    if (const auto found = prepared_.find(key); found != prepared_.end()) return found->second;
    CHECK(placeholder_count(sql) == values.size(), "A statement was given too few or too many values");
    const auto types = types_of(values);
    const Prepared& made =
        prepared_.emplace(key, Prepared{"s" + std::to_string(++prepared_count_), std::string(sql)}).first->second;
    const int count = static_cast<int>(types.size());
    if (PQsendPrepare(connection_.get(), made.name.c_str(), made.sql.c_str(), count, types.data()) != 1) lose();
    waiting_.push_back({Waiting::Kind::prepare, made.sql, Wants::nothing, std::move(key)});
    return made;
}

void PostgresqlSession::tidy()
{
    if ((!must_tidy_ && prepared_.size() <= most_prepared) || connection_ == nullptr) return;
    if (!waiting_.empty()) round_trip();
    prepared_.clear();
    must_tidy_ = false;
    send_plain("deallocate all");
    leave_unread(); // what follows in the same pipeline could not set its isolation level any more
}

void PostgresqlSession::end_pipeline()
{
    if (connection_ == nullptr) throw ConnectionLost("There is no connection to PostgreSQL");
    if (PQpipelineSync(connection_.get()) != 1) lose();
    waiting_.push_back({Waiting::Kind::end_of_pipeline, {}});
}

void PostgresqlSession::leave_unread()
{
    end_pipeline();
    if (PQflush(connection_.get()) < 0) lose();
}

// Receiving.

PostgresqlSession::Answer PostgresqlSession::round_trip()
{
    const auto last = fetch(1);
    return last.empty() ? Answer{} : answer_of(last.front().get());
}

std::vector<PostgresqlSession::Answer> PostgresqlSession::round_trip_for(std::size_t count)
{
    std::vector<Answer> answers;
    answers.reserve(count);
    for (const auto& result : fetch(count)) answers.push_back(answer_of(result.get()));
    if (answers.size() != count) throw StorageFailure("PostgreSQL gave fewer answers than were asked for");
    return answers;
}

std::deque<PostgresqlSession::ResultPointer> PostgresqlSession::fetch(std::size_t count)
{
    end_pipeline();
    const Moment until = std::chrono::steady_clock::now() + deadline_;
    flush(until);
    std::deque<ResultPointer> newest;
    std::optional<ServerError> first_error;
    while (!waiting_.empty()) {
        const Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        ResultPointer wanted;
        take_results(next, until, wanted, first_error);
        if (wanted == nullptr) continue;
        newest.push_back(std::move(wanted));
        if (newest.size() > count) newest.pop_front();
    }
    if (first_error) fail(*first_error);
    return newest;
}

void PostgresqlSession::take_results(const Waiting& waiting, Moment until, ResultPointer& wanted,
                                     std::optional<ServerError>& first_error)
{
    const bool is_end = waiting.kind == Waiting::Kind::end_of_pipeline;
    for (;;) {
        ResultPointer result = next_result(until);
        if (result == nullptr) {
            if (is_end) lose();
            return; // libpq ends the results of each statement with nothing
        }
        switch (PQresultStatus(result.get())) {
        case PGRES_PIPELINE_SYNC:
            if (!is_end) lose();
            return;
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
        case PGRES_EMPTY_QUERY:
            if (waiting.wants == Wants::answer) wanted = std::move(result);
            break;
        default:
            if (!first_error) first_error = error_of(result.get(), waiting.sql);
            if (first_error->is_fatal || PQstatus(connection_.get()) == CONNECTION_BAD) lose();
            prepared_.erase(waiting.prepared_key);
        }
    }
}

PostgresqlSession::Answer PostgresqlSession::answer_of(const pg_result* result)
{
    auto* asked = const_cast<pg_result*>(result); // libpq reads these two without const
    const std::string_view changed = PQcmdTuples(asked);
    Answer answer{.rows = rows_of(result), .changed = 0, .tag = PQcmdStatus(asked)};
    for (const char digit : changed) answer.changed = answer.changed * 10 + (digit - '0');
    return answer;
}

void PostgresqlSession::flush(Moment until)
{
    for (;;) {
        const int left = PQflush(connection_.get());
        if (left == 0) return;
        if (left < 0) lose();
        wait_for(POLLIN | POLLOUT, until);
        if (PQconsumeInput(connection_.get()) != 1) lose();
    }
}

PostgresqlSession::ResultPointer PostgresqlSession::next_result(Moment until)
{
    while (PQisBusy(connection_.get()) == 1) {
        wait_for(POLLIN, until);
        if (PQconsumeInput(connection_.get()) != 1) lose();
    }
    return ResultPointer(PQgetResult(connection_.get()));
}

void PostgresqlSession::wait_for(short events, Moment until)
{
    pollfd socket{.fd = PQsocket(connection_.get()), .events = events, .revents = 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        const int found = ::poll(&socket, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (found > 0) return;
        if (found < 0 && errno == EINTR) continue;
        disconnect();
        throw DeadlinePassed("PostgreSQL did not answer in time");
    }
}

// Errors.

/// Without the server's detail and, for errors about data, without its sentence: they can repeat values of a record.
PostgresqlSession::ServerError PostgresqlSession::error_of(const pg_result* result, std::string_view sql)
{
    ServerError error{.code = field(result, PG_DIAG_SQLSTATE), .sentence = {}};
    const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    error.is_fatal = severity == "FATAL" || severity == "PANIC" || error.code.empty() || error.code.starts_with("08");
    const std::string constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    const bool is_about_data = error.code.starts_with("22") || error.code.starts_with("23");
    error.sentence = error.code + (constraint.empty() ? "" : ", constraint " + constraint) +
                     (is_about_data ? "" : ", " + field(result, PG_DIAG_MESSAGE_PRIMARY)) + ", in: " + std::string(sql);
    return error;
}

void PostgresqlSession::fail(const ServerError& error)
{
    const std::string& code = error.code;
    if (code == "40001" || code == "40P01") throw TryAgain("PostgreSQL asks to try again: " + error.sentence);
    if (code == "0A000" || code == "26000") { // a prepared statement no longer fits its tables, or is gone
        must_tidy_ = true;
        throw TryAgain("PostgreSQL wants the statement prepared again: " + error.sentence);
    }
    if (code == "25006") throw Bug("A reading transaction must not change anything: " + error.sentence);
    if (code.starts_with("42") && code != "42501") throw Bug("SQL that PostgreSQL does not take: " + error.sentence);
    throw StorageFailure("PostgreSQL refused a statement: " + error.sentence);
}

} // namespace reachable::storage
