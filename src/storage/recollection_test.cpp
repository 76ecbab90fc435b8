// What was read is told again until something is written, and never longer.
#include "storage/recollection.h"

#include "storage/testing.h"

#include <gtest/gtest.h>
#include <thread>

namespace reachable::storage {
namespace {

Recalled one_row(std::string text)
{
    Rows rows;
    rows.emplace_back(Values{std::move(text)});
    return Recalled(std::move(rows));
}

TEST(recollection, tells_again_what_stood_after_as_many_changes)
{
    Recollection recollection;
    recollection.keep(3, "select", one_row("a"));
    ASSERT_TRUE(recollection.find(3, "select"));
    EXPECT_EQ(recollection.find(3, "select")->front().text(0), "a");
    EXPECT_FALSE(recollection.find(3, "another"));
}

TEST(recollection, forgets_what_is_older_and_takes_nothing_older_in)
{
    Recollection recollection;
    recollection.keep(3, "select", one_row("a"));
    EXPECT_FALSE(recollection.find(4, "select"));
    EXPECT_FALSE(recollection.find(3, "select")) << "a reader of before has to ask for itself";
    recollection.keep(3, "select", one_row("a"));
    EXPECT_FALSE(recollection.find(4, "select"));
}

TEST(recollection, begins_again_when_it_is_full_and_never_takes_what_is_huge)
{
    Recollection recollection(100'000);
    for (int i = 0; i < 100; ++i) recollection.keep(1, std::to_string(i), one_row(std::string(5'000, 'x')));
    EXPECT_TRUE(recollection.find(1, "99"));
    EXPECT_FALSE(recollection.find(1, "0"));
    recollection.keep(1, "huge", one_row(std::string(50'000, 'x')));
    EXPECT_FALSE(recollection.find(1, "huge"));
    EXPECT_TRUE(recollection.find(1, "99"));
}

TEST(recollection, tells_apart_values_that_look_alike)
{
    const auto bytes = [](std::string_view text) { return Value(Bytes(text.begin(), text.end())); };
    const std::vector<Values> all = {{},
                                     {Value()},
                                     {Value(), Value()},
                                     {std::int64_t{1}},
                                     {std::int64_t{256}},
                                     {std::string("1")},
                                     {bytes("1")},
                                     {std::string("ab"), std::string("c")},
                                     {std::string("a"), std::string("bc")},
                                     {std::string("abc")},
                                     {std::string()},
                                     {std::string(), std::string()}};
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < all.size(); ++j)
            EXPECT_EQ(i == j, Recollection::key("select", all[i]) == Recollection::key("select", all[j]))
                << i << " and " << j;
}

class Recalling : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        write([](Transaction& transaction) {
            transaction.execute("create table facts (id bigint primary key)");
            transaction.execute("create table notes (id bigint)");
        });
    }
    void write(const Body& body) { test_database_->get().write(body); }
    void keep(std::int64_t id)
    {
        write([&](Transaction& transaction) { transaction.execute("insert into facts (id) values ($1)", {id}); });
    }
    std::size_t recalled()
    {
        std::size_t count = 0;
        test_database_->get().read(
            [&](Transaction& transaction) { count = transaction.recall("select id from facts").size(); });
        return count;
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, Recalling, ::testing::ValuesIn(testing::test_engines()), testing::engine_name);

TEST_P(Recalling, sees_what_was_written_before)
{
    EXPECT_EQ(recalled(), 0U);
    keep(1);
    EXPECT_EQ(recalled(), 1U);
    keep(2);
    EXPECT_EQ(recalled(), 2U);
    EXPECT_EQ(recalled(), 2U);
    write([](Transaction& transaction) { transaction.execute("delete from facts"); });
    EXPECT_EQ(recalled(), 0U);
}

TEST_P(Recalling, sees_its_own_changes_in_a_transaction_that_writes)
{
    EXPECT_EQ(recalled(), 0U);
    write([](Transaction& transaction) {
        EXPECT_EQ(transaction.recall("select id from facts").size(), 0U);
        transaction.execute("insert into facts (id) values (1)");
        EXPECT_EQ(transaction.recall("select id from facts").size(), 1U);
    });
    EXPECT_EQ(recalled(), 1U);
}

TEST_P(Recalling, never_tells_what_was_taken_back)
{
    EXPECT_THROW(write([](Transaction& transaction) {
                     transaction.execute("insert into facts (id) values (1)");
                     transaction.recall("select id from facts");
                     throw std::runtime_error("not after all");
                 }),
                 std::runtime_error);
    EXPECT_EQ(recalled(), 0U);
}

TEST_P(Recalling, is_not_disturbed_by_notes)
{
    const auto note = [&] {
        test_database_->get().observe(
            [](Transaction&) {},
            [](Transaction& transaction) { transaction.execute("insert into notes (id) values (1)"); });
    };
    keep(1);
    EXPECT_EQ(recalled(), 1U);
    note();
    EXPECT_EQ(recalled(), 1U);
}

/// A version of a case never changes, so what was found of it is told again after writes; what was not there is asked
/// for again.
TEST_P(Recalling, what_is_settled_outlives_a_write_and_what_was_not_there_is_asked_for_again)
{
    const auto settled = [&](std::int64_t id) {
        std::shared_ptr<const std::int64_t> made;
        test_database_->get().read([&](Transaction& transaction) {
            const auto rows = transaction.recall_settled("select id from facts where id = $1", {id});
            const auto read = [](const Rows& all) { return all.front().integer(0); };
            made = rows.empty() ? nullptr : rows.made<std::int64_t>(read);
        });
        return made;
    };
    EXPECT_EQ(settled(1), nullptr);
    keep(1);
    const auto first = settled(1);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(*first, 1);
    keep(2);
    EXPECT_EQ(settled(1), first) << "it was read anew";
    EXPECT_EQ(*settled(2), 2);
}

TEST_P(Recalling, who_writes_is_told_what_the_transaction_itself_has_done)
{
    keep(1);
    write([](Transaction& transaction) {
        transaction.execute("delete from facts");
        EXPECT_TRUE(transaction.recall_settled("select id from facts where id = $1", {std::int64_t{1}}).empty());
    });
}

/// Whoever wrote sees it from then on, whatever others read meanwhile.
TEST_P(Recalling, among_many_readers_a_writer_always_finds_what_was_acknowledged)
{
    std::jthread reader([&](const std::stop_token& stop) {
        std::size_t before = 0;
        while (!stop.stop_requested()) {
            const auto now = recalled();
            EXPECT_GE(now, before);
            before = now;
        }
    });
    for (std::int64_t id = 0; id < 100; ++id) {
        keep(id);
        EXPECT_EQ(recalled(), static_cast<std::size_t>(id) + 1);
    }
}

} // namespace
} // namespace reachable::storage
