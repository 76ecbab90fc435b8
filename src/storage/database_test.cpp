#include "storage/testing.h"

#include <gtest/gtest.h>

namespace reachable::storage {
namespace {

class Writing : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        database().write([](Transaction& transaction) {
            transaction.execute("create table notes (id bigint primary key, said text, sealed bytea)");
        });
    }
    Database& database() { return test_database_->get(); }
    std::int64_t count()
    {
        std::int64_t found = -1;
        database().read([&](Transaction& transaction) {
            found = transaction.query("select count(*) from notes").at(0).integer(0);
        });
        return found;
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(engines, Writing, ::testing::ValuesIn(testing::test_engines()), testing::engine_name);

TEST_P(Writing, gives_back_what_was_kept)
{
    const Values kept = {std::int64_t{1}, std::string("Ayo's “note”; $1"), Bytes{0, 1, 255}};
    database().write([&](Transaction& transaction) {
        transaction.execute("insert into notes (id, said, sealed) values ($1, $2, $3)", kept);
        transaction.execute("insert into notes (id, said, sealed) values ($1, $2, $3)",
                            {std::int64_t{2}, std::string(), Bytes{}});
        transaction.execute("insert into notes (id) values ($1)", {std::int64_t{3}});
    });
    Rows rows;
    database().read(
        [&](Transaction& transaction) { rows = transaction.query("select id, said, sealed from notes order by id"); });
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].integer(0), 1);
    EXPECT_EQ(rows[0].text(1), "Ayo's “note”; $1");
    EXPECT_EQ(rows[0].bytes(2), (Bytes{0, 1, 255}));
    EXPECT_EQ(rows[1].text(1), "");
    EXPECT_TRUE(rows[1].bytes(2).empty());
    EXPECT_FALSE(rows[1].is_null(2));
    EXPECT_TRUE(rows[2].is_null(1));
    EXPECT_TRUE(rows[2].is_null(2));
}

} // namespace
} // namespace reachable::storage
