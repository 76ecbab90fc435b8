// Would the shipped tests notice a slip of the pen? Every edit of one token of the shipped policy that still reads and
// changes any decision must make them fail. REACHABLE_MUTATIONS=all tries all of them; otherwise every 29th is tried.
#include "policy/diff.h"
#include "policy/mutations.h"
#include "policy/test_table.h"
#include "policy/testing.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

struct Tally {
    std::size_t made = 0;
    std::size_t unreadable = 0;
    std::size_t caught = 0;
    std::size_t without_effect = 0;
    std::vector<std::string> survivors;
};

void try_one(Tally& tally, const Mutation& mutation, const TestTable& table)
{
    ++tally.made;
    const auto changed = TextPolicy::read(mutation.text);
    if (!changed) {
        ++tally.unreadable;
        return;
    }
    if (!run_tests(table, **changed, 1).is_passed()) {
        ++tally.caught;
        return;
    }
    if (decide_alike(testing::shipped(), **changed)) {
        ++tally.without_effect;
        return;
    }
    tally.survivors.push_back("line " + std::to_string(mutation.line) + ": “" + mutation.was + "” became “" +
                              mutation.is + "”");
}

/// The shipped text with every action written whole, so that each can stand in the place of another.
const std::string& whole_words()
{
    static const std::string text = canonical(testing::shipped().text());
    return text;
}

TEST(Mutations, a_slip_of_the_pen_in_the_policy_makes_its_tests_fail)
{
    const auto table = read_test_table(testing::file_text("data/policy/reachable.policy-tests"));
    ASSERT_TRUE(table) << sentences(table.error());
    const char* how_many = std::getenv("REACHABLE_MUTATIONS");
    const bool tries_all = how_many != nullptr && std::string_view(how_many) == "all";
    const auto mutations = mutations_of(
        whole_words(), tries_all ? [](std::size_t) { return true; }
                                 : [](std::size_t i) { return i % (29 * testing::one_part_in) == 0; });
    Tally tally;
    for (const auto& mutation : mutations) try_one(tally, mutation, *table);
    const auto changing = tally.caught + tally.survivors.size();
    for (const auto& survivor : tally.survivors) std::cout << "survivor: " << survivor << "\n";
    std::cout << "figure: " << tally.made << " edits of one token, " << tally.unreadable << " no longer read, "
              << tally.without_effect << " change no decision; of " << changing << " that do, " << tally.caught
              << " are caught\n";
    EXPECT_GT(tally.caught * testing::one_part_in, 100U);
    EXPECT_GE(static_cast<double>(tally.caught), 0.99 * static_cast<double>(changing));
}

TEST(Mutations, a_difference_is_told_in_words_exactly_where_there_is_one)
{
    // P14: "policy diff states in English exactly who gains or loses what": nothing is told of an edit that changes no
    // decision, and something of each that changes one.
    // Each is asked of every request there is, which takes a second: REACHABLE_MUTATIONS=all asks four times as many.
    const auto mutations = mutations_of(
        whole_words(), std::getenv("REACHABLE_MUTATIONS") != nullptr
                           ? [](std::size_t i) { return i % (211 * testing::one_part_in) == 0; }
                           : [](std::size_t i) { return i % (887 * testing::one_part_in) == 0; });
    std::size_t told = 0;
    std::size_t alike = 0;
    for (const auto& mutation : mutations) {
        const auto changed = TextPolicy::read(mutation.text);
        if (!changed) continue;
        const bool tells = std::ranges::any_of(diff(testing::shipped(), **changed),
                                               [](const std::string& one) { return !one.starts_with("words:"); });
        const bool is_alike = decide_alike(testing::shipped(), **changed);
        EXPECT_NE(tells, is_alike) << "line " << mutation.line << ": “" << mutation.was << "” became “" << mutation.is
                                   << "”";
        (is_alike ? alike : told) += 1;
    }
    std::cout << "figure: " << told << " edits that change a decision are told in words, " << alike
              << " that change none are not\n";
    EXPECT_GT(told, 0U);
}

} // namespace
} // namespace reachable::policy
