#include "app/policy_matrix.h"

#include "policy/testing.h"

#include <gtest/gtest.h>

namespace reachable::app {
namespace {

TEST(PolicyMatrix, every_rule_stands_on_the_page_and_a_cell_says_how_much_is_seen)
{
    const auto& text = policy::testing::shipped().text();
    const auto page = policy_matrix_page(text);
    for (const auto& rule : text.allows) EXPECT_NE(page.find(" " + rule.id + " |"), std::string::npos) << rule.id;
    for (const auto& rule : text.forbids) EXPECT_NE(page.find(rule.sentence), std::string::npos) << rule.id;
    for (const auto& rule : text.limits) EXPECT_NE(page.find(rule.sentence), std::string::npos) << rule.id;
    EXPECT_NE(page.find("| detention officer or their supervisor (police-force) | custody-safeguarding | detaining | "
                        "sensitive | S | – | R | S |"),
              std::string::npos)
        << page;
    EXPECT_NE(page.find("of address shows a summary, unless"), std::string::npos) << page;
}

} // namespace
} // namespace reachable::app
