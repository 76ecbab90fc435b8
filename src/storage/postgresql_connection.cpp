#include "storage/postgresql_connection.h"

#include <algorithm>
#include <thread>

namespace reachable::storage {

using Wants = PostgresqlSession::Wants;

namespace {

constexpr const char* begin_writing = "begin isolation level read committed read write";
constexpr const char* begin_reading = "begin isolation level repeatable read read only";
/// Beyond this many statements on their way, wait for their answers, so that neither side piles up memory.
constexpr std::size_t most_on_their_way = 2000;
/// The advisory lock of the server that writes, one per database ("reach" in ASCII).
constexpr std::int64_t writer_lock = 0x7265616368;
/// A server that was killed lets go of its lock when PostgreSQL notices, which takes a moment.
constexpr std::chrono::milliseconds longest_wait_for_lock{2000};
constexpr std::chrono::milliseconds longest_wait_of_a_reader{5000};

} // namespace

PostgresqlConnection::PostgresqlConnection(const std::string& url, Use use, std::chrono::milliseconds deadline)
    : use_(use), deadline_(deadline), session_(url, use == Use::only_read ? "any" : "read-write", deadline)
{
}

// Connecting.

void PostgresqlConnection::connect()
{
    session_.connect();
    try {
        check_server();
        if (use_ == Use::write) take_writer_lock();
    } catch (...) {
        session_.disconnect();
        throw;
    }
}

void PostgresqlConnection::check_server()
{
    session_.send_plain("set client_min_messages = warning"); // or the warning about a commit would not come
    session_.send("select set_config('synchronous_commit', case current_setting('synchronous_commit')"
                  " when 'remote_apply' then 'remote_apply' else 'on' end, false),"
                  " current_setting('fsync'), current_setting('server_encoding'),"
                  " cast(extract(epoch from pg_postmaster_start_time()) * 1000000 as bigint)",
                  {}, Wants::answer);
    const Row row = session_.round_trip().rows.at(0);
    if (row.text(1) != "on") throw Unreachable("The PostgreSQL server runs with fsync off, so it would lose records");
    if (row.text(2) != "UTF8")
        throw Unreachable("The PostgreSQL database keeps texts as " + row.text(2) + ": it must be created with UTF8");
    server_run_ = row.integer(3);
}

void PostgresqlConnection::take_writer_lock()
{
    const auto until = std::chrono::steady_clock::now() + longest_wait_for_lock;
    for (;;) {
        session_.send("select case when pg_try_advisory_lock($1) then 1 else 0 end", {writer_lock}, Wants::answer);
        if (session_.round_trip().rows.at(0).integer(0) == 1) return;
        if (std::chrono::steady_clock::now() >= until) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw Unreachable("Another server is writing to this PostgreSQL database: stop it first");
}

bool PostgresqlConnection::make_ready()
{
    if (session_.is_alive()) return false;
    const auto patience = use_ == Use::write ? deadline_ : std::min(deadline_, longest_wait_of_a_reader);
    const auto until = std::chrono::steady_clock::now() + patience;
    for (std::chrono::milliseconds pause{20};;
         pause = std::min<std::chrono::milliseconds>(pause * 2, std::chrono::milliseconds(1000))) {
        try {
            connect();
            return true;
        } catch (const StorageFailure& failure) {
            if (std::chrono::steady_clock::now() + pause >= until) throw Unreachable(failure.what());
        }
        std::this_thread::sleep_for(pause);
    }
}

// Transactions.

/// Runs `work`; a failure spoils the transaction, and a broken connection means what the moment makes of it.
template <class Work>
auto PostgresqlConnection::guarded(Work work)
{
    try {
        return work();
    } catch (const ConnectionLost& lost) {
        has_failed_ = true;
        if (is_commit_sent_)
            throw OutcomeUnknown(std::string("It is not known whether the commit took place: ") + lost.what());
        if (dynamic_cast<const DeadlinePassed*>(&lost) != nullptr) throw Unreachable(lost.what());
        throw TryAgain(lost.what());
    } catch (...) {
        has_failed_ = true;
        throw;
    }
}

void PostgresqlConnection::begin_write()
{
    begin_without_snapshot();
    begin(begin_writing);
}

void PostgresqlConnection::begin_read()
{
    begin_snapshot();
    begin(begin_reading);
}

void PostgresqlConnection::begin(const char* sql)
{
    begin_sql_ = sql;
    is_begun_ = has_answered_ = has_failed_ = is_commit_sent_ = false;
    guarded([&] { session_.tidy(); });
}

void PostgresqlConnection::commit()
{
    if (has_failed_) throw StorageFailure("A statement of this transaction failed, so it cannot be committed");
    if (!is_begun_) return;
    const auto answer = guarded([&] {
        session_.forget_warnings();
        is_commit_sent_ = true;
        session_.send_plain("commit");
        return session_.round_trip();
    });
    is_begun_ = false;
    if (answer.tag != "COMMIT") throw StorageFailure("PostgreSQL rolled the transaction back");
    // A commit whose wait for the standby was cut short answers as usual, and warns.
    if (session_.was_warned())
        throw OutcomeUnknown("PostgreSQL warned during the commit: it may not have reached the standby server");
}

/// Does not wait: the answer is read before the session is used again.
void PostgresqlConnection::end_read()
{
    if (!is_begun_) return;
    guarded([&] {
        if (session_.waiting_count() > 0) session_.round_trip();
        session_.send_plain("rollback");
        session_.leave_unread();
    });
    is_begun_ = false;
}

void PostgresqlConnection::roll_back() noexcept
{
    // Statements may still be on their way, and if one of them fails the first rollback is skipped with the rest.
    for (int attempt = 0; attempt < 2 && session_.is_alive(); ++attempt) {
        try {
            if (!is_begun_ && !session_.is_in_transaction()) return;
            session_.send_plain("rollback");
            session_.round_trip();
            is_begun_ = false;
            if (!session_.is_in_transaction()) return;
        } catch (const std::exception&) {
            continue;
        }
    }
    session_.disconnect();
}

// Statements.

Rows PostgresqlConnection::query(std::string_view sql, const Values& values)
{
    return ask(sql, values).rows;
}

std::int64_t PostgresqlConnection::change(std::string_view sql, const Values& values)
{
    return ask(sql, values).changed;
}

/// The first is asked as any other, so that a connection that turns out dead is noticed while nothing was shown; the
/// rest travel together.
std::vector<Rows> PostgresqlConnection::query_each(std::string_view sql, std::span<const Values> all)
{
    std::vector<Rows> answers;
    if (all.empty()) return answers;
    answers.reserve(all.size());
    answers.push_back(query(sql, all.front()));
    for (auto rest = all.subspan(1); !rest.empty(); rest = rest.subspan(std::min(rest.size(), most_on_their_way)))
        guarded([&] {
            const auto some = rest.first(std::min(rest.size(), most_on_their_way));
            for (const auto& values : some) queue(sql, values, Wants::answer);
            for (auto& answer : session_.round_trip_for(some.size())) answers.push_back(std::move(answer.rows));
        });
    return answers;
}

/// By a cursor, which ends with its transaction; a body whose `take` throws does not come to its end. Declaring it
/// waits for its answer: where the first answer shows that the connection is dead, only what was asked last is asked
/// again.
void PostgresqlConnection::scan(std::string_view sql, const std::function<void(const Row&)>& take, const Values& values)
{
    ask("declare rows_to_scan no scroll cursor for " + std::string(sql), values);
    for (;;) {
        const auto rows = query("fetch 5000 from rows_to_scan", {});
        if (rows.empty()) break;
        for (const auto& row : rows) take(row);
    }
    execute("close rows_to_scan", {});
}

void PostgresqlConnection::execute(std::string_view sql, const Values& values)
{
    guarded([&] {
        queue(sql, values, Wants::nothing);
        if (session_.waiting_count() >= most_on_their_way) session_.round_trip();
    });
}

PostgresqlSession::Answer PostgresqlConnection::ask(std::string_view sql, const Values& values)
{
    return guarded([&] {
        // A reading transaction that has shown nothing yet can begin again unnoticed if its connection turns out dead.
        const bool can_begin_again = use_ != Use::write && !has_answered_ && !has_failed_;
        try {
            return send_and_wait(sql, values);
        } catch (const DeadlinePassed&) {
            throw;
        } catch (const ConnectionLost&) {
            if (!can_begin_again) throw;
        }
        is_begun_ = false;
        make_ready();
        return send_and_wait(sql, values);
    });
}

PostgresqlSession::Answer PostgresqlConnection::send_and_wait(std::string_view sql, const Values& values)
{
    queue(sql, values, Wants::answer);
    auto answer = session_.round_trip();
    has_answered_ = true;
    return answer;
}

void PostgresqlConnection::queue(std::string_view sql, const Values& values, Wants wants)
{
    if (has_failed_) throw StorageFailure("An earlier statement of this transaction failed");
    if (!is_begun_) session_.send_plain(begin_sql_);
    is_begun_ = true;
    session_.send(sql, values, wants);
}

} // namespace reachable::storage
