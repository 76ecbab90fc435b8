// Looking and noting as one: what an observer saw is what stood when its note was written.
#include "storage/testing.h"

#include <atomic>
#include <gtest/gtest.h>
#include <latch>
#include <thread>

namespace reachable::storage {
namespace {

class Observing : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        database().write([](Transaction& transaction) {
            transaction.execute("create table facts (id bigint primary key)");
            transaction.execute("create table notes (id bigint primary key, seen bigint)");
        });
    }
    Database& database() { return test_database_->get(); }
    void keep(std::int64_t id)
    {
        database().write(
            [&](Transaction& transaction) { transaction.execute("insert into facts (id) values ($1)", {id}); });
    }
    static std::int64_t facts_in(Transaction& transaction)
    {
        return transaction.query("select count(*) from facts").at(0).integer(0);
    }
    /// Looks at the facts and notes how many there were; `meanwhile` happens during the first look.
    struct Observed {
        std::int64_t seen = -1;
        int looks = 0;
    };
    Observed observe(std::int64_t note, const std::function<void()>& meanwhile = {})
    {
        Observed observed;
        const auto look = [&](Transaction& transaction) {
            observed.seen = facts_in(transaction);
            if (++observed.looks == 1 && meanwhile) std::thread(meanwhile).join();
        };
        database().observe(look, [&](Transaction& transaction) {
            transaction.execute("insert into notes (id, seen) values ($1, $2)", {note, observed.seen});
        });
        return observed;
    }
    Rows notes()
    {
        Rows rows;
        database().read(
            [&](Transaction& transaction) { rows = transaction.query("select id, seen from notes order by id"); });
        return rows;
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, Observing, ::testing::ValuesIn(testing::test_engines()), testing::engine_name);

TEST_P(Observing, sees_once_and_notes_it)
{
    keep(1);
    const auto observed = observe(7);
    EXPECT_EQ(observed.seen, 1);
    EXPECT_EQ(observed.looks, 1);
    ASSERT_EQ(notes().size(), 1U);
    EXPECT_EQ(notes()[0].integer(0), 7);
    EXPECT_EQ(notes()[0].integer(1), 1);
}

TEST_P(Observing, looks_again_when_something_was_written_in_between)
{
    const auto observed = observe(7, [&] { keep(1); });
    EXPECT_EQ(observed.seen, 1) << "what was written before the note is seen";
    EXPECT_EQ(observed.looks, 2);
    EXPECT_EQ(notes()[0].integer(1), 1);
}

TEST_P(Observing, others_do_not_make_one_look_again)
{
    const auto observed = observe(7, [&] { observe(8); });
    EXPECT_EQ(observed.looks, 1);
    EXPECT_EQ(notes().size(), 2U);
}

TEST_P(Observing, a_look_that_throws_leaves_no_note)
{
    EXPECT_THROW(database().observe([](Transaction&) { throw std::runtime_error("no"); },
                                    [](Transaction& transaction) {
                                        transaction.execute("insert into notes (id, seen) values (1, 1)");
                                    }),
                 std::runtime_error);
    EXPECT_TRUE(notes().empty());
    EXPECT_EQ(observe(2).looks, 1);
}

TEST_P(Observing, a_look_changes_nothing)
{
    EXPECT_ANY_THROW(database().observe([](Transaction& transaction) { transaction.execute("delete from facts"); },
                                        [](Transaction&) {}));
    EXPECT_EQ(observe(1).seen, 0);
}

/// A write that takes place at first and, when its shared commit has failed and it runs alone, throws: what an
/// observer saw of it must not be told.
TEST_P(Observing, never_tells_what_was_taken_back)
{
    std::latch is_busy(1);
    std::latch may_go_on(1);
    std::thread holder([&] {
        database().observe([](Transaction&) {},
                           [&](Transaction&) {
                               is_busy.count_down();
                               may_go_on.wait();
                           });
    });
    is_busy.wait();
    std::atomic<int> runs = 0;
    std::atomic<int> objections = 0;
    const auto in_turn = [] { std::this_thread::sleep_for(std::chrono::milliseconds(30)); };
    const auto write = [&](const Body& body) {
        try {
            database().write(body);
        } catch (const std::runtime_error&) {
            ++objections;
        }
    };
    std::thread fickle([&] {
        write([&](Transaction& transaction) {
            transaction.execute("insert into facts (id) values (1)");
            if (++runs > 1) throw std::runtime_error("not after all");
        });
    });
    in_turn();
    Observed observed;
    std::thread observer([&] { observed = observe(7); });
    in_turn();
    std::thread spoiler([&] { write([](Transaction&) { throw std::runtime_error("no"); }); });
    in_turn();
    may_go_on.count_down();
    for (auto* thread : {&holder, &fickle, &observer, &spoiler}) thread->join();
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(objections, 2);
    EXPECT_EQ(observed.seen, 0);
    EXPECT_EQ(notes().at(0).integer(1), 0);
}

TEST_P(Observing, among_many_writers_notes_only_what_stood_then)
{
    constexpr std::int64_t rounds = 60;
    std::thread writer([&] {
        for (std::int64_t id = 0; id < rounds; ++id)
            database().write([&](Transaction& transaction) {
                transaction.execute("insert into facts (id) values ($1)", {id});
                // The number of notes so far, written down beside the fact.
                transaction.execute("insert into notes (id, seen) select 1000 + $1, count(*) from facts", {id});
            });
    });
    std::vector<std::thread> observers;
    for (std::int64_t i = 0; i < 4; ++i)
        observers.emplace_back([&, i] {
            for (std::int64_t turn = 0; turn < rounds; ++turn) {
                std::int64_t seen = 0;
                std::int64_t standing = 0;
                database().observe([&](Transaction& transaction) { seen = facts_in(transaction); },
                                   [&](Transaction& transaction) {
                                       standing = facts_in(transaction);
                                       transaction.execute("insert into notes (id, seen) values ($1, $2)",
                                                           {2000 + i * rounds + turn, seen});
                                   });
                EXPECT_EQ(seen, standing);
            }
        });
    writer.join();
    for (auto& observer : observers) observer.join();
}

} // namespace
} // namespace reachable::storage
