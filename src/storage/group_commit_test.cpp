#include "storage/testing.h"

#include <atomic>
#include <gtest/gtest.h>
#include <latch>
#include <map>
#include <thread>

namespace reachable::storage {
namespace {

class Writing : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        database().write([](Transaction& transaction) {
            transaction.execute("create table notes (id bigint primary key, writer bigint, turn bigint)");
        });
    }
    Database& database() { return test_database_->get(); }
    Rows read(const std::string& sql)
    {
        Rows rows;
        database().read([&](Transaction& transaction) { rows = transaction.query(sql); });
        return rows;
    }
    std::int64_t count() { return read("select count(*) from notes").at(0).integer(0); }
    void keep(std::int64_t id)
    {
        database().write(
            [&](Transaction& transaction) { transaction.execute("insert into notes (id) values ($1)", {id}); });
    }
    /// Runs `work(i)` for each i below `thread_count` on a thread of its own.
    static void at_once(int thread_count, const std::function<void(int)>& work)
    {
        std::vector<std::thread> threads;
        for (int i = 0; i < thread_count; ++i) threads.emplace_back([&, i] { work(i); });
        for (auto& thread : threads) thread.join();
    }
    /// Keeps whoever writes busy until `count` writes are waiting behind it, so that they share a commit.
    void in_one_commit(const std::vector<Body>& bodies, const std::function<void(std::size_t, std::exception_ptr)>& met)
    {
        std::latch is_busy(1);
        std::latch may_go_on(1);
        std::thread holder([&] {
            database().write([&](Transaction&) {
                is_busy.count_down();
                may_go_on.wait();
            });
        });
        is_busy.wait();
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            threads.emplace_back([&, i] {
                std::exception_ptr exception;
                try {
                    database().write(bodies[i]);
                } catch (...) {
                    exception = std::current_exception();
                }
                met(i, exception);
            });
            std::this_thread::sleep_for(std::chrono::milliseconds(20)); // so that they queue in this order
        }
        may_go_on.count_down();
        holder.join();
        for (auto& thread : threads) thread.join();
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, Writing, ::testing::ValuesIn(testing::test_engines()), testing::engine_name);

struct Objection : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Body keeping(std::int64_t id)
{
    return [id](Transaction& transaction) { transaction.execute("insert into notes (id) values ($1)", {id}); };
}

TEST_P(Writing, from_32_threads_loses_nothing_and_keeps_each_ones_order)
{
    constexpr int thread_count = 32;
    constexpr std::int64_t turns = 40;
    at_once(thread_count, [&](int writer) {
        for (std::int64_t turn = 0; turn < turns; ++turn) {
            database().write([&](Transaction& transaction) {
                const auto next = transaction.query("select count(*) from notes").at(0).integer(0);
                transaction.execute("insert into notes (id, writer, turn) values ($1, $2, $3)",
                                    {next, std::int64_t{writer}, turn});
            });
        }
    });
    const Rows rows = read("select id, writer, turn from notes order by id");
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(thread_count * turns));
    std::map<std::int64_t, std::int64_t> next_turn;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].integer(0), static_cast<std::int64_t>(i));
        EXPECT_EQ(rows[i].integer(2), next_turn[rows[i].integer(1)]++);
    }
}

TEST_P(Writing, a_body_that_throws_leaves_nothing_and_meets_its_own_exception)
{
    EXPECT_THROW(database().write([](Transaction& transaction) {
        transaction.execute("insert into notes (id) values (1)");
        throw Objection("no");
    }),
                 Objection);
    EXPECT_THROW(database().write([](Transaction& transaction) {
        transaction.query("select count(*) from notes");
        transaction.execute("insert into notes (id) values (1)");
        throw 7;
    }),
                 int);
    EXPECT_EQ(count(), 0);
    keep(1);
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, good_and_bad_bodies_in_one_commit_do_not_hurt_each_other)
{
    keep(1);
    std::vector<std::string> outcomes(6, "not called");
    in_one_commit({
                      keeping(10),
                      [](Transaction& transaction) {
                          transaction.execute("insert into notes (id) values (11)");
                          throw Objection("eleven");
                      },
                      keeping(12),
                      keeping(1), // there already
                      [](Transaction&) { throw Bug("thirteen"); },
                      keeping(14),
                  },
                  [&](std::size_t i, std::exception_ptr exception) {
                      try {
                          if (exception) std::rethrow_exception(exception);
                          outcomes[i] = "kept";
                      } catch (const Objection& objection) {
                          outcomes[i] = objection.what();
                      } catch (const Bug& bug) {
                          outcomes[i] = bug.what();
                      } catch (const StorageFailure&) {
                          outcomes[i] = "failed";
                      }
                  });
    EXPECT_EQ(outcomes, (std::vector<std::string>{"kept", "eleven", "kept", "failed", "thirteen", "kept"}));
    const Rows rows = read("select id from notes order by id");
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[1].integer(0), 10);
    EXPECT_EQ(rows[2].integer(0), 12);
    EXPECT_EQ(rows[3].integer(0), 14);
}

TEST_P(Writing, a_body_that_swallows_a_failed_statement_is_not_committed)
{
    keep(1);
    EXPECT_THROW(database().write([](Transaction& transaction) {
        transaction.execute("insert into notes (id) values (2)");
        try {
            transaction.change("insert into notes (id) values (1)");
        } catch (const StorageFailure&) {
            // as if nothing had happened
        }
    }),
                 StorageFailure);
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, from_inside_a_body_is_a_bug_and_leaves_the_database_usable)
{
    EXPECT_THROW(database().write([&](Transaction&) { keep(1); }), Bug);
    EXPECT_THROW(database().write([&](Transaction&) { count(); }), Bug);
    EXPECT_THROW(database().read([&](Transaction&) { keep(1); }), Bug);
    EXPECT_THROW(database().read([&](Transaction&) { count(); }), Bug);
    keep(2);
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, runs_the_hooks_once_for_each_commit_and_inside_its_transaction)
{
    database().write([](Transaction& transaction) { transaction.execute("create table signed (notes bigint)"); });
    std::atomic<int> before_count = 0;
    std::atomic<int> after_count = 0;
    database().set_commit_hooks(
        [&](Transaction& transaction) {
            ++before_count;
            transaction.execute("insert into signed (notes) select count(*) from notes");
        },
        [&] { ++after_count; });
    in_one_commit({keeping(1), keeping(2), keeping(3)},
                  [](std::size_t, std::exception_ptr exception) { EXPECT_EQ(exception, nullptr); });
    // One commit for the body that kept the writer busy, and one for the three that waited.
    EXPECT_EQ(before_count, 2);
    EXPECT_EQ(after_count, 2);
    const Rows rows = read("select notes from signed order by notes");
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].integer(0), 0);
    EXPECT_EQ(rows[1].integer(0), 3);
}

TEST_P(Writing, takes_no_more_into_one_commit_than_it_is_told_to)
{
    test_database_->open_with({.url = {}, .most_in_one_commit = 2});
    std::atomic<int> commits = 0;
    database().set_commit_hooks({}, [&] { ++commits; });
    in_one_commit({keeping(1), keeping(2), keeping(3), keeping(4), keeping(5)},
                  [](std::size_t, std::exception_ptr exception) { EXPECT_EQ(exception, nullptr); });
    EXPECT_EQ(commits, 4);
    EXPECT_EQ(count(), 5);
}

TEST_P(Writing, a_hook_that_objects_stops_the_commit_and_the_log_is_told)
{
    std::atomic<int> rolled_back = 0;
    std::atomic<int> after_count = 0;
    std::atomic<bool> objects = true;
    database().set_commit_hooks(
        [&](Transaction&) {
            if (objects) throw Objection("cannot sign");
        },
        [&] { ++after_count; }, [&] { ++rolled_back; });
    EXPECT_THROW(keep(1), Objection);
    EXPECT_EQ(rolled_back, 1);
    EXPECT_EQ(after_count, 0);
    EXPECT_EQ(count(), 0);
    objects = false;
    keep(1);
    EXPECT_EQ(after_count, 1);
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, stops_for_good_when_the_work_after_a_commit_fails)
{
    database().set_commit_hooks({}, [] { throw Objection("the log is not in step"); });
    EXPECT_THROW(keep(1), StorageFailure);
    EXPECT_THROW(keep(2), StorageFailure);
    EXPECT_EQ(count(), 1); // the first was durable by then
}

TEST_P(Writing, finishes_what_waits_when_the_database_is_closed)
{
    at_once(8, [&](int i) { keep(i); });
    test_database_->close();
    EXPECT_EQ(count(), 8);
}

TEST_P(Writing, many_may_read_while_others_write)
{
    std::atomic<bool> is_over = false;
    std::atomic<int> torn = 0;
    std::thread writer([&] {
        for (std::int64_t pair = 0; pair < 100; ++pair) {
            database().write([&](Transaction& transaction) {
                transaction.execute("insert into notes (id) values ($1)", {2 * pair});
                transaction.execute("insert into notes (id) values ($1)", {2 * pair + 1});
            });
        }
        is_over = true;
    });
    at_once(6, [&](int) {
        while (!is_over) {
            if (count() % 2 != 0) ++torn;
        }
    });
    writer.join();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(count(), 200);
}

} // namespace
} // namespace reachable::storage
