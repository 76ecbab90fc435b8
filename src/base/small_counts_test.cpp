// That nobody can work out of what is told what is held back, tried by whoever tries all there is to try.
#include "base/small_counts.h"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <numeric>
#include <random>
#include <set>

namespace reachable {
namespace {

TEST(SmallCounts, one_to_four_are_held_back_and_the_rest_is_rounded)
{
    EXPECT_EQ(told_count(0, 5), ToldCount(0));
    for (const auto count : {1, 2, 3, 4}) EXPECT_EQ(told_count(count, 5), std::nullopt) << count;
    EXPECT_EQ(told_count(5, 5), ToldCount(5));
    EXPECT_EQ(told_count(7, 5), ToldCount(5));
    EXPECT_EQ(told_count(8, 5), ToldCount(10));
    EXPECT_EQ(told_count(39, 5), ToldCount(40));
    EXPECT_EQ(told_count(1897, 5), ToldCount(1895));
    EXPECT_EQ(told_count(5, 10), ToldCount(10));
    EXPECT_EQ(told_count(14, 10), ToldCount(10));
    EXPECT_EQ(told_count(15, 10), ToldCount(20));
}

TEST(SmallCounts, a_share_is_told_of_twenty_and_more_and_never_of_what_is_held_back)
{
    EXPECT_EQ(told_share(5, 20), 25);
    EXPECT_EQ(told_share(5, 15), std::nullopt);
    EXPECT_EQ(told_share(std::nullopt, 100), std::nullopt);
    EXPECT_EQ(told_share(10, std::nullopt), std::nullopt);
    EXPECT_EQ(told_share(105, 100), 100) << "both are rounded";
}

TEST(SmallCounts, a_single_small_cell_does_not_come_out_of_the_total)
{
    // 5 to 7 and 5 to 7 out of 8 to 12: without more protection the third would be 1 or 2.
    const std::vector<Divided> ways{{5, 5, 1}};
    const auto told = told_together(ways, 5);
    EXPECT_EQ(told.cells[0][2], std::nullopt);
    EXPECT_TRUE(!told.total || !told.cells[0][0] || !told.cells[0][1]);
}

/// Every division that is told as this one is, by how many there are; small enough to be counted through.
struct Attack {
    const std::vector<ToldCount>& cells;
    std::int64_t step;
    std::int64_t most = 40;
    std::map<std::int64_t, std::vector<std::set<std::int64_t>>> found = {}; // by total: of each cell what it may be

    void try_all(std::vector<std::int64_t>& tried)
    {
        if (tried.size() == cells.size()) {
            auto& may_be = found[std::accumulate(tried.begin(), tried.end(), std::int64_t{0})];
            may_be.resize(cells.size());
            for (std::size_t i = 0; i < tried.size(); ++i) may_be[i].insert(tried[i]);
            return;
        }
        const auto& told = cells[tried.size()];
        for (std::int64_t count = 0; count <= (told ? most : 16); ++count) {
            if (told && told_count(count, step) != told) continue;
            tried.push_back(count);
            try_all(tried);
            tried.pop_back();
        }
    }
};

TEST(SmallCounts, whoever_tries_every_number_finds_all_four_that_a_small_cell_may_be)
{
    std::mt19937 random(20261128);
    const auto below = [&](int count) { return std::uniform_int_distribution<std::int64_t>(0, count - 1)(random); };
    std::size_t held = 0, told_cells = 0;
    for (int round = 0; round < 400; ++round) {
        // The same people in two ways: three cells, and two.
        Divided first{below(9), below(12), below(5)};
        const auto total = std::accumulate(first.begin(), first.end(), std::int64_t{0});
        const auto one = total == 0 ? 0 : below(static_cast<int>(total) + 1);
        const std::vector<Divided> ways{first, {one, total - one}};
        const std::int64_t step = round % 2 == 0 ? 5 : 10;
        const auto told = told_together(ways, step);
        std::vector<Attack> attacks;
        for (const auto& cells : told.cells) {
            std::vector<std::int64_t> tried;
            attacks.push_back({cells, step});
            attacks.back().try_all(tried);
        }
        for (std::size_t way = 0; way < ways.size(); ++way)
            for (std::size_t cell = 0; cell < ways[way].size(); ++cell) {
                told_cells += told.cells[way][cell] ? 1 : 0;
                if (ways[way][cell] < 1 || ways[way][cell] > 4) continue;
                ++held;
                ASSERT_FALSE(told.cells[way][cell]);
                std::set<std::int64_t> may_be;
                for (const auto& [sum, values] : attacks[way].found) {
                    if (told.total && told_count(sum, step) != told.total) continue;
                    if (!attacks[1 - way].found.contains(sum)) continue;
                    may_be.insert(values[cell].begin(), values[cell].end());
                }
                for (const std::int64_t number : {1, 2, 3, 4})
                    EXPECT_TRUE(may_be.contains(number))
                        << fmt::format("{} {} {} | {} {}: cell {} of way {} is not {}", first[0], first[1], first[2],
                                       ways[1][0], ways[1][1], cell, way, number);
            }
    }
    EXPECT_GT(held, 300U);
    EXPECT_GT(told_cells, 600U) << "what can be told is told";
}

} // namespace
} // namespace reachable
