// An answer is made while its notes are on their way, and is made again if something was written in between.
#include "storage/meanwhile.h"

#include "storage/testing.h"

#include <atomic>
#include <gtest/gtest.h>
#include <latch>
#include <thread>

namespace reachable::storage {
namespace {

class AnsweringMeanwhile : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        database().write([](Transaction& transaction) {
            transaction.execute("create table facts (id bigint primary key)");
            transaction.execute("create table notes (seen bigint)");
        });
    }
    Database& database() { return test_database_->get(); }
    std::int64_t count_of(std::string_view table)
    {
        std::int64_t count = 0;
        database().read([&](Transaction& transaction) {
            count = transaction.query("select count(*) from " + std::string(table)).at(0).integer(0);
        });
        return count;
    }
    void keep_a_fact(std::int64_t id)
    {
        database().write(
            [&](Transaction& transaction) { transaction.execute("insert into facts (id) values ($1)", {id}); });
    }
    /// Counts the facts; the note says how many were seen. `meanwhile` happens after the first look.
    std::int64_t look(const std::function<void()>& meanwhile = {})
    {
        const auto seen = std::make_shared<std::int64_t>(-1);
        database().observe_ahead(
            [&, seen](Transaction& transaction) {
                const bool is_first = *seen < 0;
                *seen = transaction.query("select count(*) from facts").at(0).integer(0);
                if (is_first && meanwhile) std::thread(meanwhile).join();
            },
            [seen](Transaction& transaction) { transaction.execute("insert into notes (seen) values ($1)", {*seen}); });
        return *seen;
    }
    /// Keeps whoever writes busy until `may_go_on`.
    std::thread hold_the_writer(std::latch& is_held, std::latch& may_go_on)
    {
        return std::thread([&] {
            database().observe([](Transaction&) {},
                               [&](Transaction&) {
                                   is_held.count_down();
                                   may_go_on.wait();
                               });
        });
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, AnsweringMeanwhile, ::testing::ValuesIn(testing::test_engines()),
                         testing::engine_name);

TEST_P(AnsweringMeanwhile, a_look_returns_before_its_note_is_written_and_settling_waits_for_it)
{
    keep_a_fact(1);
    std::latch is_held(1);
    std::latch may_go_on(1);
    auto holder = hold_the_writer(is_held, may_go_on);
    is_held.wait();
    Meanwhile meanwhile;
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(count_of("notes"), 0);
    may_go_on.count_down();
    meanwhile.settle();
    EXPECT_EQ(count_of("notes"), 2);
    holder.join();
}

TEST_P(AnsweringMeanwhile, without_one_a_look_waits_for_its_note)
{
    look();
    EXPECT_EQ(count_of("notes"), 1);
}

TEST_P(AnsweringMeanwhile, what_was_written_after_the_look_makes_it_look_again_and_leaves_no_note)
{
    {
        Meanwhile meanwhile;
        EXPECT_EQ(look([&] { keep_a_fact(1); }), 0);
        EXPECT_THROW(meanwhile.settle(), LookAgain);
        EXPECT_EQ(count_of("notes"), 0);
    }
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(count_of("notes"), 1);
}

TEST_P(AnsweringMeanwhile, notes_of_others_do_not)
{
    Meanwhile meanwhile;
    look([&] { look(); });
    EXPECT_NO_THROW(meanwhile.settle());
    EXPECT_EQ(count_of("notes"), 2);
}

TEST_P(AnsweringMeanwhile, nothing_is_written_twice_so_a_write_settles_the_looks_before_it)
{
    Meanwhile meanwhile;
    look([&] { keep_a_fact(1); });
    EXPECT_THROW(keep_a_fact(2), LookAgain);
    EXPECT_EQ(count_of("facts"), 1) << "the write did not take place";
}

TEST_P(AnsweringMeanwhile, after_a_write_looks_wait_for_their_notes)
{
    Meanwhile meanwhile;
    look();
    keep_a_fact(1);
    EXPECT_EQ(look([&] { keep_a_fact(2); }), 2) << "it was looked again at once";
    EXPECT_EQ(count_of("notes"), 2);
    EXPECT_NO_THROW(meanwhile.settle());
}

TEST_P(AnsweringMeanwhile, what_a_note_throws_comes_out_when_it_settles)
{
    Meanwhile meanwhile;
    database().observe_ahead([](Transaction&) {}, [](Transaction&) { throw std::runtime_error("the disk is full"); });
    EXPECT_THROW(meanwhile.settle(), std::runtime_error);
}

TEST_P(AnsweringMeanwhile, an_answer_that_is_given_up_leaves_its_notes)
{
    {
        const Meanwhile meanwhile;
        look();
    }
    EXPECT_EQ(count_of("notes"), 1);
}

TEST_P(AnsweringMeanwhile, a_note_in_a_commit_that_failed_for_another_is_still_written)
{
    std::latch is_held(1);
    std::latch may_go_on(1);
    auto holder = hold_the_writer(is_held, may_go_on);
    is_held.wait();
    std::thread spoiler;
    {
        Meanwhile meanwhile;
        look([&] {
            spoiler = std::thread([&] {
                EXPECT_ANY_THROW(
                    database().observe([](Transaction&) {}, [](Transaction&) { throw std::runtime_error("no"); }));
            });
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
        });
        may_go_on.count_down();
        EXPECT_NO_THROW(meanwhile.settle());
    }
    EXPECT_EQ(count_of("notes"), 1);
    spoiler.join();
    holder.join();
}

/// Everybody who settles has seen what stood when the note was written.
TEST_P(AnsweringMeanwhile, among_many_writers_only_what_stood_then_is_ever_told)
{
    constexpr std::int64_t rounds = 60;
    std::thread writer([&] {
        for (std::int64_t id = 0; id < rounds; ++id) {
            keep_a_fact(id);
            if (id % 3 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    std::atomic<int> told = 0;
    std::vector<std::thread> observers;
    for (int i = 0; i < 4; ++i)
        observers.emplace_back([&] {
            for (std::int64_t turn = 0; turn < rounds; ++turn) {
                struct Seen {
                    std::int64_t facts = 0;
                    std::int64_t standing = 0;
                };
                const auto seen = std::make_shared<Seen>();
                const auto count = [](Transaction& transaction) {
                    return transaction.query("select count(*) from facts").at(0).integer(0);
                };
                try {
                    Meanwhile meanwhile;
                    database().observe_ahead([=](Transaction& transaction) { seen->facts = count(transaction); },
                                             [=](Transaction& transaction) {
                                                 seen->standing = count(transaction);
                                                 transaction.execute("insert into notes (seen) values ($1)",
                                                                     {seen->facts});
                                             });
                    meanwhile.settle();
                } catch (const LookAgain&) {
                    continue;
                }
                EXPECT_EQ(seen->facts, seen->standing);
                ++told;
            }
        });
    writer.join();
    for (auto& observer : observers) observer.join();
    EXPECT_EQ(count_of("notes"), told);
}

} // namespace
} // namespace reachable::storage
