// The shipped tests of the shipped policy, and what the table refuses.
#include "policy/test_table.h"

#include "policy/request_text.h"
#include "policy/testing.h"

#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

TEST(TestTable, the_shipped_policy_decides_as_its_table_says)
{
    const auto table = read_test_table(testing::file_text("data/policy/reachable.policy-tests"));
    ASSERT_TRUE(table) << sentences(table.error());
    const auto report = run_tests(*table, testing::shipped());
    for (const auto& failure : report.failures) ADD_FAILURE() << failure;
    EXPECT_TRUE(table->is_whole);
    EXPECT_EQ(table->lasts.size(), relationship_count);
    EXPECT_GT(report.requests, 2000U);
    std::cout << "figure: " << table->rows.size() << " rows of the shipped tests ask " << report.requests
              << " requests\n";
}

} // namespace
} // namespace reachable::policy
