#include "storage/testing.h"

#include <atomic>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <set>
#include <thread>

namespace reachable::storage {
namespace {

using namespace std::chrono_literals;

/// What PostgreSQL alone can do to us. Skipped, with a line that says so, where there is no server.
class Postgresql : public ::testing::Test {
  protected:
    void SetUp() override
    {
        if (testing::test_engines().size() < 2) GTEST_SKIP() << "REACHABLE_TEST_POSTGRES names no server";
        test_database_ = testing::make_database("postgresql");
        database().write([](Transaction& transaction) {
            transaction.execute("create table notes (id bigint primary key, said text)");
        });
    }
    Database& database() { return test_database_->get(); }
    void keep(std::int64_t id)
    {
        database().write(
            [&](Transaction& transaction) { transaction.execute("insert into notes (id) values ($1)", {id}); });
    }
    std::int64_t count()
    {
        std::int64_t found = -1;
        database().read([&](Transaction& transaction) {
            found = transaction.query("select count(*) from notes").at(0).integer(0);
        });
        return found;
    }
    /// An administrator beside the program, with a connection of their own.
    std::string administer(const std::string& sql)
    {
        const std::string url = test_database_->settings().url;
        const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url.c_str()), &PQfinish);
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
        return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : PQresultErrorMessage(result.get());
    }
    void end_all_connections()
    {
        administer("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                   " where application_name = 'reachable' and datname = current_database()");
    }
    void wait_until(const std::string& sql)
    {
        for (int i = 0; i < 3000 && administer(sql) != "t"; ++i) std::this_thread::sleep_for(10ms);
        ASSERT_EQ(administer(sql), "t") << sql;
    }

    std::unique_ptr<testing::TestDatabase> test_database_;
};

const std::string a_commit_waits = "select count(*) > 0 from pg_stat_activity where wait_event = 'SyncRep'"
                                   " and datname = current_database()";

TEST_F(Postgresql, ended_between_transactions_is_connected_to_again)
{
    keep(1);
    EXPECT_EQ(count(), 1);
    end_all_connections();
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(count(), 1);
    keep(2);
    EXPECT_EQ(count(), 2);
}

TEST_F(Postgresql, ended_inside_a_transaction_runs_its_body_again)
{
    int runs = 0;
    int forgotten = 0;
    database().set_commit_hooks({}, {}, [&] { ++forgotten; });
    database().write([&](Transaction& transaction) {
        transaction.execute("insert into notes (id) values (1)");
        transaction.query("select count(*) from notes");
        if (++runs == 1) end_all_connections();
        transaction.execute("insert into notes (id) values (2)");
        transaction.query("select count(*) from notes");
    });
    EXPECT_EQ(runs, 2);
    EXPECT_GE(forgotten, 1) << "what is remembered of the database must be read again";
    EXPECT_EQ(count(), 2);
}

TEST_F(Postgresql, ended_again_and_again_under_load_loses_nothing_acknowledged)
{
    constexpr int thread_count = 8;
    std::atomic<bool> is_over = false;
    std::array<std::set<std::int64_t>, thread_count> acknowledged;
    std::array<std::set<std::int64_t>, thread_count> denied;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < thread_count; ++writer) {
        threads.emplace_back([&, writer] {
            const auto mine = static_cast<std::size_t>(writer);
            for (std::int64_t turn = 0; !is_over; ++turn) {
                const std::int64_t id = turn * thread_count + writer;
                try {
                    keep(id);
                    acknowledged.at(mine).insert(id);
                } catch (const StorageFailure&) {
                    denied.at(mine).insert(id);
                }
            }
        });
    }
    for (int i = 0; i < 15; ++i) {
        std::this_thread::sleep_for(60ms);
        end_all_connections();
    }
    is_over = true;
    for (auto& thread : threads) thread.join();

    std::set<std::int64_t> kept;
    database().read([&](Transaction& transaction) {
        kept.clear();
        for (const Row& row : transaction.query("select id from notes")) kept.insert(row.integer(0));
    });
    std::size_t acknowledged_count = 0;
    for (const auto& ids : acknowledged) {
        acknowledged_count += ids.size();
        for (const std::int64_t id : ids) EXPECT_TRUE(kept.contains(id)) << id;
    }
    EXPECT_GT(acknowledged_count, 100u);
    std::size_t unknown_but_kept = kept.size() - acknowledged_count;
    std::size_t denied_count = 0;
    for (const auto& ids : denied) denied_count += ids.size();
    EXPECT_LE(unknown_but_kept, denied_count);
}

TEST_F(Postgresql, a_serialisation_failure_runs_the_body_again)
{
    int runs = 0;
    database().write([&](Transaction& transaction) {
        transaction.execute("insert into notes (id) values (1)");
        if (++runs < 3) transaction.execute("do $$ begin raise sqlstate '40001'; end $$");
    });
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(count(), 1);
}

TEST_F(Postgresql, a_deadlock_that_never_ends_is_a_failure)
{
    int runs = 0;
    EXPECT_THROW(database().write([&](Transaction& transaction) {
        ++runs;
        transaction.execute("do $$ begin raise sqlstate '40P01'; end $$");
    }),
                 StorageFailure);
    EXPECT_EQ(runs, 5);
    keep(1);
}

class PostgresqlStandby : public Postgresql {
  protected:
    void SetUp() override
    {
        Postgresql::SetUp();
        if (IsSkipped()) return;
        administer("alter system set synchronous_standby_names = 'nobody'");
        administer("select pg_reload_conf()");
        wait_until("select setting = 'nobody' from pg_settings where name = 'synchronous_standby_names'");
        while (!does_a_commit_wait()) std::this_thread::sleep_for(10ms);
    }
    /// One process of the server tells all others that commits wait, as soon as it has time: a busy one takes seconds.
    bool does_a_commit_wait()
    {
        std::atomic<bool> has_returned{false};
        std::thread probe([&] {
            administer("comment on table notes is 'a probe'");
            has_returned = true;
        });
        bool waits = false;
        while (!waits && !has_returned) waits = administer(a_commit_waits) == "t";
        if (waits) free_the_waiting("pg_cancel_backend");
        probe.join();
        return waits;
    }
    void TearDown() override
    {
        if (!test_database_) return;
        administer("alter system reset synchronous_standby_names");
        administer("select pg_reload_conf()");
    }
    void free_the_waiting(const std::string& how)
    {
        administer("select count(" + how +
                   "(pid)) from pg_stat_activity where wait_event = 'SyncRep'"
                   " and datname = current_database()");
    }
    /// Starts a write that waits for the standby that is not there, and gives what became of it.
    std::string keep_and_free(const std::string& how)
    {
        std::string outcome = "acknowledged";
        std::thread writer([&] {
            try {
                keep(1);
            } catch (const StorageFailure& failure) {
                outcome = failure.what();
            }
        });
        wait_until(a_commit_waits);
        free_the_waiting(how);
        writer.join();
        return outcome;
    }
};

TEST_F(PostgresqlStandby, a_commit_that_was_cancelled_while_it_waited_is_not_acknowledged)
{
    int forgotten = 0;
    int followed_up = 0;
    database().set_commit_hooks({}, [&] { ++followed_up; }, [&] { ++forgotten; });
    const std::string outcome = keep_and_free("pg_cancel_backend");
    EXPECT_NE(outcome.find("warned during the commit"), std::string::npos) << outcome;
    EXPECT_EQ(followed_up, 0);
    EXPECT_EQ(forgotten, 1);
    EXPECT_EQ(count(), 1) << "it is there, and nobody was told that it is safe";
}

TEST_F(PostgresqlStandby, a_commit_whose_connection_was_ended_while_it_waited_is_not_acknowledged_or_run_again)
{
    const std::string outcome = keep_and_free("pg_terminate_backend");
    EXPECT_NE(outcome.find("not known"), std::string::npos) << outcome;
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresqlStandby, a_commit_without_an_answer_is_given_up_at_the_deadline)
{
    test_database_->open_with({.url = {}, .deadline = 500ms});
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THROW(keep(1), StorageFailure);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    // The first commit still holds the writer's lock: nothing more may be written before it is decided.
    EXPECT_THROW(keep(2), StorageFailure);
    free_the_waiting("pg_cancel_backend");
    TearDown();
    std::this_thread::sleep_for(300ms);
    keep(3);
    EXPECT_EQ(count(), 2);
}

TEST_F(Postgresql, commits_synchronously_even_if_the_database_says_otherwise)
{
    administer(
        "do $$ begin execute 'alter database ' || current_database() || ' set synchronous_commit = off'; end $$");
    administer(
        "do $$ begin execute 'alter database ' || current_database() || ' set client_min_messages = error'; end $$");
    test_database_->close();
    std::string found;
    database().write([&](Transaction& transaction) {
        found = transaction.query("select current_setting('synchronous_commit')").at(0).text(0) + " " +
                transaction.query("select current_setting('client_min_messages')").at(0).text(0);
    });
    EXPECT_EQ(found, "on warning");
}

TEST_F(Postgresql, a_boolean_or_a_numeric_is_a_bug)
{
    for (const std::string sql : {"select true", "select 1::numeric", "select now()"})
        EXPECT_THROW(database().read([&](Transaction& transaction) { transaction.query(sql); }), Bug) << sql;
    EXPECT_EQ(count(), 0);
}

TEST_F(Postgresql, a_value_of_another_kind_than_its_column_is_refused)
{
    EXPECT_THROW(database().write([](Transaction& transaction) {
        transaction.execute("insert into notes (id, said) values ($1, $2)", {std::string("1"), std::string("x")});
    }),
                 Bug);
}

TEST_F(Postgresql, a_server_that_is_not_there_is_refused_without_repeating_the_password)
{
    const auto opened = open_database({.url = "postgresql://ayo:secret@/nothing?host=/nonexistent"});
    ASSERT_FALSE(opened);
    EXPECT_NE(sentences(opened.error()).find("cannot be reached"), std::string::npos);
    EXPECT_EQ(sentences(opened.error()).find("secret"), std::string::npos);
}

} // namespace
} // namespace reachable::storage
