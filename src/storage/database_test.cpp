#include "storage/query_each.h"
#include "storage/testing.h"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <thread>

namespace reachable::storage {
namespace {

class Statements : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        write([](Transaction& transaction) {
            transaction.execute("create table notes (id bigint primary key, said text, sealed bytea)");
        });
    }
    void write(const Body& body) { test_database_->get().write(body); }
    Rows read(const std::string& sql, const Values& values = {})
    {
        Rows rows;
        test_database_->get().read([&](Transaction& transaction) { rows = transaction.query(sql, values); });
        return rows;
    }
    void keep(std::int64_t id, const Value& said, const Value& sealed)
    {
        write([&](Transaction& transaction) {
            transaction.execute("insert into notes (id, said, sealed) values ($1, $2, $3)", {id, said, sealed});
        });
    }
    std::int64_t count() { return read("select count(*) from notes").at(0).integer(0); }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, Statements, ::testing::ValuesIn(testing::test_engines()), testing::engine_name);

TEST_P(Statements, the_database_says_which_engine_it_is)
{
    EXPECT_EQ(test_database_->get().engine(), GetParam());
}

/// More than travel together at a time, behind writes that nobody waited for, each answered by itself.
TEST_P(Statements, many_questions_of_one_kind_are_answered_in_their_order)
{
    constexpr std::int64_t many = 4500;
    write([](Transaction& transaction) {
        EXPECT_TRUE(query_each(transaction, "select said from notes where id = $1", {}).empty());
        for (std::int64_t id = 0; id < many; id += 3)
            transaction.execute("insert into notes (id, said) values ($1, $2)", {id, "note " + std::to_string(id)});
        std::vector<Values> asked;
        for (std::int64_t id = 0; id < many; ++id) asked.push_back({id});
        const auto answers = query_each(transaction, "select said from notes where id = $1", asked);
        ASSERT_EQ(answers.size(), asked.size());
        for (std::int64_t id = 0; id < many; ++id) {
            const auto& rows = answers[static_cast<std::size_t>(id)];
            ASSERT_EQ(rows.size(), id % 3 == 0 ? 1U : 0U) << id;
            if (!rows.empty() && rows[0].text(0) != "note " + std::to_string(id)) ADD_FAILURE() << id;
        }
        EXPECT_EQ(transaction.query("select count(*) from notes").at(0).integer(0), many / 3);
    });
    test_database_->get().read([](Transaction& transaction) {
        const std::vector<Values> asked{{std::int64_t{3}}, {std::int64_t{4}}, {std::int64_t{6}}};
        const auto answers = query_each(transaction, "select said from notes where id = $1", asked);
        EXPECT_EQ(answers.at(0).at(0).text(0), "note 3");
        EXPECT_TRUE(answers.at(1).empty());
        EXPECT_EQ(answers.at(2).at(0).text(0), "note 6");
    });
}

/// Of a question that fails among many nothing is kept, also where the body goes on as if nothing had happened.
TEST_P(Statements, one_question_of_many_that_fails_spoils_the_transaction)
{
    EXPECT_THROW(write([](Transaction& transaction) {
                     transaction.execute("insert into notes (id) values (1)");
                     const std::vector<Values> asked{{std::int64_t{1}}, {std::int64_t{0}}, {std::int64_t{2}}};
                     try {
                         (void)query_each(transaction, "insert into notes (id) values ($1 - 1) returning id", asked);
                     } catch (const StorageFailure&) {
                         return;
                     }
                 }),
                 StorageFailure);
    EXPECT_EQ(count(), 0);
}

TEST_P(Statements, give_back_what_was_kept)
{
    keep(1, "Ayo's “note”; $1", Bytes{0, 1, 255});
    keep(std::numeric_limits<std::int64_t>::min(), "", Bytes{});
    keep(std::numeric_limits<std::int64_t>::max(), std::monostate{}, std::monostate{});
    const Rows rows = read("select id, said, sealed from notes order by id");
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].integer(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(rows[0].text(1), "");
    EXPECT_FALSE(rows[0].is_null(2));
    EXPECT_TRUE(rows[0].bytes(2).empty());
    EXPECT_EQ(rows[1].integer(0), 1);
    EXPECT_EQ(rows[1].text(1), "Ayo's “note”; $1");
    EXPECT_EQ(rows[1].bytes(2), (Bytes{0, 1, 255}));
    EXPECT_EQ(rows[2].integer(0), std::numeric_limits<std::int64_t>::max());
    EXPECT_TRUE(rows[2].is_null(1));
    EXPECT_TRUE(rows[2].is_null(2));
}

TEST_P(Statements, give_back_whatever_number_and_bytes_were_kept)
{
    EXPECT_TRUE(rc::check([&](std::int64_t number, const Bytes& bytes) {
        Rows rows;
        write([&](Transaction& transaction) {
            transaction.execute("delete from notes");
            transaction.execute("insert into notes (id, sealed) values ($1, $2)", {number, bytes});
            rows = transaction.query("select id, sealed from notes where id = $1 and sealed = $2", {number, bytes});
        });
        RC_ASSERT(rows.size() == 1u);
        RC_ASSERT(rows[0].integer(0) == number);
        RC_ASSERT(rows[0].bytes(1) == bytes);
    }));
}

TEST_P(Statements, take_a_placeholder_twice_and_in_any_order)
{
    keep(1, "Ayo", std::monostate{});
    keep(2, "Bea", std::monostate{});
    const Rows rows = read("select $2, id from notes where said = $1 or said = $1 || 'x'", {"Bea", std::int64_t{7}});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].integer(0), 7);
    EXPECT_EQ(rows[0].integer(1), 2);
}

TEST_P(Statements, hold_values_that_look_like_sql_as_values)
{
    const std::vector<std::string> hostile = {"'; drop table notes; --",
                                              "\\'; delete from notes; --",
                                              "$1",
                                              "?1",
                                              "\" or \"\"=\"",
                                              "%s%n",
                                              "/*",
                                              "';commit;begin;delete from notes;--"};
    std::int64_t id = 0;
    for (const std::string& said : hostile) keep(++id, said, Bytes(said.begin(), said.end()));
    EXPECT_EQ(count(), static_cast<std::int64_t>(hostile.size()));
    for (const std::string& said : hostile)
        EXPECT_EQ(read("select said from notes where said = $1", {said}).at(0).text(0), said);
}

TEST_P(Statements, are_only_one_to_a_text)
{
    keep(1, "Ayo", std::monostate{});
    EXPECT_THROW(write([](Transaction& transaction) {
                     transaction.execute("delete from notes; delete from notes");
                     transaction.query("select id from notes");
                 }),
                 Bug);
    EXPECT_EQ(count(), 1);
}

TEST_P(Statements, say_how_many_rows_they_changed)
{
    for (std::int64_t id = 1; id <= 12; ++id) keep(id, "here", std::monostate{});
    std::int64_t changed = 0;
    std::int64_t unchanged = -1;
    write([&](Transaction& transaction) {
        changed = transaction.change("update notes set said = 'gone' where id <= $1", {std::int64_t{11}});
        unchanged = transaction.change("update notes set said = 'gone' where id > $1", {std::int64_t{12}});
    });
    EXPECT_EQ(changed, 11);
    EXPECT_EQ(unchanged, 0);
}

TEST_P(Statements, see_what_earlier_ones_of_their_transaction_did)
{
    std::int64_t seen = -1;
    write([&](Transaction& transaction) {
        transaction.execute("insert into notes (id) values (1)");
        transaction.execute("insert into notes (id) values (2)");
        seen = transaction.query("select count(*) from notes").at(0).integer(0);
    });
    EXPECT_EQ(seen, 2);
}

TEST_P(Statements, with_too_few_or_too_many_values_are_a_bug)
{
    EXPECT_THROW(read("select id from notes where id = $1"), Bug);
    EXPECT_THROW(read("select id from notes where id = $1", {std::int64_t{1}, std::int64_t{2}}), Bug);
    EXPECT_EQ(count(), 0);
}

TEST_P(Statements, that_are_no_sql_are_a_bug)
{
    EXPECT_THROW(read("selekt 1"), Bug);
    EXPECT_THROW(read("select id from nowhere"), Bug);
    EXPECT_EQ(count(), 0);
}

TEST_P(Statements, with_a_zero_character_in_a_text_are_a_bug)
{
    EXPECT_THROW(keep(1, std::string("a\0b", 3), std::monostate{}), Bug);
    EXPECT_EQ(count(), 0);
}

TEST_P(Statements, a_column_asked_for_as_another_kind_is_a_bug)
{
    keep(1, "Ayo", Bytes{1});
    const Rows rows = read("select id, said, sealed from notes");
    EXPECT_THROW(rows.at(0).text(0), Bug);
    EXPECT_THROW(rows.at(0).integer(1), Bug);
    EXPECT_THROW(rows.at(0).text(2), Bug);
    EXPECT_THROW(rows.at(0).bytes(1), Bug);
    EXPECT_THROW(rows.at(0).integer(3), Bug);
    EXPECT_THROW(rows.at(0).is_null(3), Bug);
}

TEST_P(Statements, a_fraction_is_a_bug_and_the_next_statement_is_not_hurt)
{
    EXPECT_THROW(read("select 1.5"), Bug);
    EXPECT_EQ(read("select 1").at(0).integer(0), 1);
}

TEST_P(Statements, in_great_numbers_all_arrive)
{
    constexpr std::int64_t many = 5000;
    write([&](Transaction& transaction) {
        for (std::int64_t id = 0; id < many; ++id)
            transaction.execute("insert into notes (id, said) values ($1, $2)", {id, std::string(100, 'x')});
    });
    EXPECT_EQ(count(), many);
}

TEST_P(Statements, of_many_wordings_do_not_pile_up)
{
    for (int wording = 0; wording < 1200; ++wording)
        EXPECT_EQ(read("select " + std::to_string(wording)).at(0).integer(0), wording);
}

TEST_P(Statements, a_large_value_comes_back_whole)
{
    const Bytes large = [] {
        Bytes bytes(3'000'000);
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 31);
        return bytes;
    }();
    keep(1, std::monostate{}, large);
    EXPECT_EQ(read("select sealed from notes").at(0).bytes(0), large);
}

TEST_P(Statements, a_reading_transaction_that_changes_something_is_a_bug)
{
    EXPECT_THROW(test_database_->get().read(
                     [](Transaction& transaction) { transaction.execute("insert into notes (id) values (1)"); }),
                 Bug);
    EXPECT_EQ(count(), 0);
}

TEST_P(Statements, a_reading_transaction_sees_one_moment_throughout)
{
    keep(1, "first", std::monostate{});
    std::int64_t before = -1;
    std::int64_t after = -1;
    test_database_->get().read([&](Transaction& transaction) {
        before = transaction.query("select count(*) from notes").at(0).integer(0);
        std::thread([&] { keep(2, "second", std::monostate{}); }).join();
        after = transaction.query("select count(*) from notes").at(0).integer(0);
    });
    EXPECT_EQ(before, 1);
    EXPECT_EQ(after, 1);
    EXPECT_EQ(count(), 2);
}

TEST_P(Statements, a_snapshot_has_a_number_of_its_own_and_a_writing_transaction_has_none)
{
    std::vector<std::uint64_t> numbers;
    std::vector<std::int64_t> runs;
    for (int i = 0; i < 3; ++i) {
        test_database_->get().read([&](Transaction& transaction) {
            transaction.query("select count(*) from notes");
            numbers.push_back(transaction.snapshot());
            runs.push_back(transaction.server_run());
            transaction.query("select count(*) from notes");
            EXPECT_EQ(transaction.snapshot(), numbers.back());
        });
        write([](Transaction& transaction) { EXPECT_EQ(transaction.snapshot(), 0u); });
    }
    EXPECT_NE(numbers[0], 0u);
    EXPECT_TRUE(numbers[0] < numbers[1] && numbers[1] < numbers[2]);
    EXPECT_EQ(runs[0] != 0, GetParam() == "postgresql");
    EXPECT_TRUE(runs[0] == runs[1] && runs[1] == runs[2]);
}

TEST_P(Statements, a_long_answer_comes_row_by_row)
{
    constexpr std::int64_t count = 12'345;
    write([](Transaction& transaction) {
        for (std::int64_t id = 0; id < count; ++id)
            transaction.execute("insert into notes (id, said) values ($1, 'x')", {id});
    });
    std::int64_t next = 0;
    const auto take = [&](const Row& row) { EXPECT_EQ(row.integer(0), next++); };
    test_database_->get().read([&](Transaction& transaction) {
        transaction.scan("select id from notes order by id", take);
        EXPECT_EQ(next, count);
        next = count - 5;
        transaction.scan("select id, said from notes where id >= $1 order by id", take, {next});
        EXPECT_EQ(next, count);
        transaction.scan("select id from notes where id < 0", take);
    });
    EXPECT_EQ(next, count);
    const auto fail = [](const Row&) { throw std::runtime_error("no more"); };
    EXPECT_THROW(
        test_database_->get().read([&](Transaction& transaction) { transaction.scan("select id from notes", fail); }),
        std::runtime_error);
    EXPECT_EQ(this->count(), count);
}

TEST_P(Statements, that_read_a_page_into_the_memory_of_another_give_what_others_give)
{
    const auto kept = [](std::int64_t id) {
        return id % 3 == 0 ? Value(std::monostate{}) : Value(Bytes(static_cast<std::size_t>(id % 7), 'b'));
    };
    for (std::int64_t id = 1; id <= 50; ++id)
        keep(id, id % 4 == 0 ? Value(std::monostate{}) : Value(std::string(static_cast<std::size_t>(id % 5), 't')),
             kept(id));
    const std::string page = "select id, said, sealed from notes where id >= $1 order by id limit $2";
    test_database_->get().read([&](Transaction& transaction) {
        Rows rows;
        for (const auto& [from, most] : {std::pair{1, 9}, {10, 9}, {2, 20}, {45, 20}, {51, 5}, {3, 1}, {1, 50}}) {
            transaction.query_page(page, {std::int64_t{from}, std::int64_t{most}}, rows);
            const auto expected = transaction.query(page, {std::int64_t{from}, std::int64_t{most}});
            ASSERT_EQ(rows.size(), expected.size()) << from;
            for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].values(), expected[i].values()) << from;
        }
    });
}

TEST_P(Statements, an_acknowledged_write_is_seen_by_the_next_read)
{
    for (std::int64_t id = 1; id <= 100; ++id) {
        keep(id, std::monostate{}, std::monostate{});
        ASSERT_EQ(count(), id);
    }
}

TEST_P(Statements, a_transaction_that_does_nothing_is_fine)
{
    write([](Transaction&) {});
    test_database_->get().read([](Transaction&) {});
    EXPECT_EQ(count(), 0);
}

TEST_P(Statements, a_foreign_key_is_held_to)
{
    write([](Transaction& transaction) {
        transaction.execute("create table replies (note bigint not null references notes (id))");
    });
    EXPECT_THROW(write([](Transaction& transaction) { transaction.execute("insert into replies (note) values (99)"); }),
                 StorageFailure);
    EXPECT_EQ(read("select count(*) from replies").at(0).integer(0), 0);
}

TEST_P(Statements, a_failure_never_repeats_a_value)
{
    keep(1, "Ayo", std::monostate{});
    write([](Transaction& transaction) { transaction.execute("create unique index by_said on notes (said)"); });
    try {
        keep(2, "Ayo", std::monostate{});
        FAIL() << "two notes with the same words were kept";
    } catch (const StorageFailure& failure) {
        EXPECT_EQ(std::string(failure.what()).find("Ayo"), std::string::npos) << failure.what();
    }
}

TEST_P(Statements, what_was_kept_is_there_after_opening_again)
{
    keep(1, "Ayo", std::monostate{});
    test_database_->close();
    EXPECT_EQ(read("select said from notes").at(0).text(0), "Ayo");
}

TEST_P(Statements, a_database_opened_for_reading_reads_beside_the_server_and_writes_nothing)
{
    keep(1, "Ayo", std::monostate{});
    auto settings = test_database_->settings();
    settings.read_only = true;
    auto beside = open_database(settings);
    ASSERT_TRUE(beside) << sentences(beside.error());
    std::int64_t found = 0;
    (*beside)->read(
        [&](Transaction& transaction) { found = transaction.query("select count(*) from notes").at(0).integer(0); });
    EXPECT_EQ(found, 1);
    EXPECT_THROW((*beside)->write([](Transaction&) {}), Bug);
    EXPECT_THROW((*beside)->read([](Transaction& transaction) { transaction.execute("delete from notes"); }), Bug);
}

TEST_P(Statements, a_second_server_is_refused_until_the_first_has_stopped)
{
    keep(1, "Ayo", std::monostate{});
    const auto second = open_database(test_database_->settings());
    ASSERT_FALSE(second);
    EXPECT_NE(sentences(second.error()).find("Another server"), std::string::npos) << sentences(second.error());
    test_database_->close();
    EXPECT_TRUE(open_database(test_database_->settings()));
}

TEST(Opening, refuses_a_name_that_is_neither_engine_without_repeating_it)
{
    for (const std::string url : {"", "mysql://secret@host/x", "secret", "sqlite:", "sqlite::memory:"}) {
        const auto opened = open_database({.url = url});
        ASSERT_FALSE(opened) << url;
        EXPECT_EQ(sentences(opened.error()).find("secret"), std::string::npos);
    }
}

} // namespace
} // namespace reachable::storage
