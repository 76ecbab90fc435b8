#include "storage/migrations.h"

#include "storage/testing.h"

#include <gtest/gtest.h>

namespace reachable::storage {
namespace {

class Migrations : public ::testing::TestWithParam<std::string> {
  protected:
    Database& database() { return test_database_->get(); }
    std::int64_t number(const std::string& sql)
    {
        std::int64_t found = -1;
        database().read([&](Transaction& transaction) { found = transaction.query(sql).at(0).integer(0); });
        return found;
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, Migrations, ::testing::ValuesIn(testing::test_engines()), testing::engine_name);

const Migration create_notes = {"notes", 1, "Notes", R"(
-- What people said; a semicolon here divides nothing;
create table notes (
    id bigint primary key,
    said text not null default 'a; b',
    sealed bytea
);
create index notes_by_said on notes (said);

-- The end.
)"};
const Migration add_writer = {"notes", 2, "Who wrote it", "alter table notes add column writer bigint"};
const Migration first_note = {"letters", 1, "A first note", "insert into notes (id) values (1);"};

TEST_P(Migrations, are_applied_in_order_and_only_once)
{
    const std::vector<Migration> steps = {create_notes, add_writer, first_note};
    ASSERT_TRUE(migrate(database(), steps));
    ASSERT_TRUE(migrate(database(), steps));
    EXPECT_EQ(number("select count(*) from notes where said = 'a; b' and writer is null"), 1);
    EXPECT_EQ(number("select count(*) from schema_steps"), 3);
}

TEST_P(Migrations, new_steps_follow_later)
{
    ASSERT_TRUE(migrate(database(), std::vector{create_notes}));
    ASSERT_TRUE(migrate(database(), std::vector{create_notes, add_writer, first_note}));
    EXPECT_EQ(number("select count(*) from notes"), 1);
}

TEST_P(Migrations, a_step_this_program_does_not_know_is_refused)
{
    ASSERT_TRUE(migrate(database(), std::vector{create_notes, add_writer}));
    const auto result = migrate(database(), std::vector{create_notes, first_note});
    ASSERT_FALSE(result);
    EXPECT_NE(sentences(result.error()).find("notes 2"), std::string::npos);
    EXPECT_EQ(number("select count(*) from notes"), 0) << "a step was applied all the same";
}

TEST_P(Migrations, an_applied_step_that_reads_otherwise_today_is_refused)
{
    ASSERT_TRUE(migrate(database(), std::vector{create_notes}));
    Migration edited = create_notes;
    edited.sql = "create table notes (id bigint primary key)";
    const auto result = migrate(database(), std::vector{edited, add_writer});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().size(), 1u);
    EXPECT_EQ(result.error().front().kind, ProblemKind::conflict);
}

TEST_P(Migrations, a_step_that_fails_leaves_nothing_of_itself)
{
    const Migration broken = {"notes", 2, "Broken",
                              "create table replies (id bigint);\ncreate table notes (id bigint);"};
    EXPECT_THROW((void)migrate(database(), std::vector{create_notes, broken}), std::exception);
    EXPECT_EQ(number("select count(*) from schema_steps"), 1);
    EXPECT_ANY_THROW(number("select count(*) from replies"));
}

TEST_P(Migrations, of_a_room_that_are_not_numbered_upwards_are_a_bug)
{
    EXPECT_THROW((void)migrate(database(), std::vector{add_writer, create_notes}), Bug);
    EXPECT_THROW((void)migrate(database(), std::vector{create_notes, create_notes}), Bug);
}

TEST_P(Migrations, statements_prepared_before_a_step_work_after_it)
{
    ASSERT_TRUE(migrate(database(), std::vector{create_notes, first_note}));
    const auto width = [&] {
        std::size_t found = 0;
        database().write(
            [&](Transaction& transaction) { found = transaction.query("select * from notes").at(0).size(); });
        return found;
    };
    EXPECT_EQ(width(), 3u);
    ASSERT_TRUE(migrate(database(), std::vector{create_notes, first_note, add_writer}));
    EXPECT_EQ(width(), 4u);
}

TEST(MigrationsOnSqlite, keep_a_table_with_a_numbered_key_in_one_tree)
{
    const auto test_database = testing::make_database("sqlite");
    auto& database = test_database->get();
    ASSERT_TRUE(migrate(database, std::vector{create_notes}));
    constexpr std::int64_t largest = INT64_MAX;
    database.write([&](Transaction& transaction) {
        transaction.execute("insert into notes (id) values ($1)", {largest});
        EXPECT_TRUE(transaction
                        .query("select name from sqlite_schema where type = 'index' and tbl_name = 'notes'"
                               " and name <> 'notes_by_said'")
                        .empty());
        EXPECT_EQ(transaction.query("select id from notes").at(0).integer(0), largest);
    });
}

} // namespace
} // namespace reachable::storage
