#include "identity/blocking.h"
#include "identity/country_errors.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

namespace reachable::identity {
namespace {

const NameClasses& no_classes()
{
    static const NameClasses none;
    return none;
}

using Pair = std::pair<std::uint32_t, std::uint32_t>;

/// Everybody is written down twice, and badly.
Population people(std::uint32_t count)
{
    const Country country({.seed = 21, .people = count});
    Random random(22);
    Population population(no_classes());
    for (std::uint32_t n = 0; n < count; ++n)
        for (const auto* source : {"one", "other"})
            population.add(write_down(country.person(n), source, custody_errors(), random));
    return population;
}

std::map<Pair, int> pairs_of(const Blocks& blocks, std::size_t parts = 1)
{
    std::map<Pair, int> pairs;
    for (std::size_t part = 0; part < parts; ++part)
        blocks.walk(part, parts, [&](std::uint32_t a, std::uint32_t b) { pairs[{a, b}] += 1; });
    return pairs;
}

std::size_t given_more_than_once(const std::map<Pair, int>& pairs)
{
    return static_cast<std::size_t>(std::ranges::count_if(pairs, [](const auto& one) { return one.second != 1; }));
}

bool share_a_key(const Keys& one, const Keys& other)
{
    return std::ranges::any_of(one, [&](auto key) { return key != 0 && std::ranges::find(other, key) != other.end(); });
}

} // namespace

TEST(blocking, a_pair_is_given_exactly_when_it_shares_a_key)
{
    const auto population = people(250);
    const Blocks blocks(population, population.size());
    const auto pairs = pairs_of(blocks);
    EXPECT_EQ(given_more_than_once(pairs), 0U);
    std::vector<Keys> keys;
    for (std::uint32_t i = 0; i < population.size(); ++i)
        keys.push_back(keys_of(population.row(i), population.vocabulary()));
    std::size_t sharing = 0;
    std::size_t wrong = 0;
    for (std::uint32_t a = 0; a < population.size(); ++a)
        for (auto b = a + 1; b < population.size(); ++b) {
            const bool is_shared = share_a_key(keys[a], keys[b]);
            sharing += is_shared ? 1 : 0;
            wrong += is_shared != pairs.contains({a, b}) ? 1 : 0;
        }
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(pairs.size(), sharing);
    EXPECT_GT(sharing, 250U);
    EXPECT_LT(sharing, population.size() * (population.size() - 1) / 4); // and most of all pairs are spared
}

TEST(blocking, bits_in_a_row_are_read_as_they_were_written_wherever_they_lie)
{
    Random random(23);
    std::vector<bool> plain;
    BitRow whole;
    BitRow first;
    for (std::size_t round = 0; round < 400; ++round) {
        const auto count = static_cast<std::size_t>(random.below(65));
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < count; ++i) {
            plain.push_back(random.below(2) == 0);
            if (plain.back()) bits |= std::uint64_t{1} << i;
        }
        (round < 200 ? first : whole).add(bits, count);
        if (round == 199) whole.add(first);
    }
    ASSERT_EQ(whole.size(), plain.size());
    std::size_t wrong = 0;
    for (std::size_t at = 0; at < plain.size(); ++at)
        for (const std::size_t count : {1U, 7U, 63U, 64U}) {
            if (at + count > plain.size()) continue;
            const auto read = whole.read(at, count);
            for (std::size_t i = 0; i < 64; ++i)
                wrong += (read >> i & 1U) != (i < count && plain[at + i] ? 1U : 0U) ? 1 : 0;
        }
    EXPECT_EQ(wrong, 0U);
}

TEST(blocking, the_smaller_number_comes_first)
{
    for (const auto& [pair, count] : pairs_of(Blocks(people(100), 10))) EXPECT_LT(pair.first, pair.second);
}

TEST(blocking, all_parts_together_give_the_pairs_of_one)
{
    const auto population = people(600);
    for (const std::size_t most : {10U, 150U}) {
        const Blocks blocks(population, most);
        const auto whole = pairs_of(blocks);
        EXPECT_EQ(given_more_than_once(whole), 0U);
        EXPECT_GT(whole.size(), 600U);
        for (const std::size_t parts : {2U, 7U}) EXPECT_EQ(pairs_of(blocks, parts), whole) << parts << " parts";
    }
}

TEST(blocking, figures_count_the_pairs_and_know_the_largest_block)
{
    Population population(no_classes());
    for (int i = 0; i < 5; ++i) population.add({.names = {{.given = "Ruth", .family = "Hall"}}});
    population.add({.names = {{.given = "Peter", .family = "Quill"}}});
    std::size_t given = 0;
    const auto figures = Blocks(population).walk(0, 1, [&](std::uint32_t, std::uint32_t) { given += 1; });
    EXPECT_EQ(figures.pairs, 10U); // five records, each with each
    EXPECT_EQ(given, 10U);
    EXPECT_EQ(figures.largest_block, 5U);
}

TEST(blocking, somebody_without_facts_meets_nobody)
{
    Population population(no_classes());
    population.add({});
    population.add({});
    population.add({.names = {{.given = "Baby", .family = "Unknown"}}, .sex = "female"});
    EXPECT_TRUE(pairs_of(Blocks(population)).empty());
    EXPECT_TRUE(pairs_of(Blocks(Population(no_classes()))).empty());
}

TEST(blocking, blocks_divided_still_meet_equal_records)
{
    // Three hundred Halls, of whom each is written down twice, far from each other.
    const std::vector<std::string> given{"Ruth", "Peter", "Ann",  "Leroy", "Olga",
                                         "Zack", "Maria", "Femi", "Greta", "Sid"};
    Population population(no_classes());
    for (int round = 0; round < 2; ++round)
        for (int year = 1990; year < 2020; ++year)
            for (const auto& name : given)
                population.add({.names = {{.given = name, .family = "Hall"}}, .born = PartialDate{.year = year}});
    const auto pairs = pairs_of(Blocks(population, 20));
    EXPECT_EQ(given_more_than_once(pairs), 0U);
    for (std::uint32_t i = 0; i < 300; ++i) EXPECT_TRUE(pairs.contains({i, i + 300})) << i;
    EXPECT_LT(pairs.size(), 600U * 30U); // and few of the 180,000
}

TEST(blocking, of_many_records_each_still_meets_its_own_once)
{
    // More than a hundred thousand: other keys, smaller blocks, and the keys sorted in parts on two threads.
    Population population(no_classes());
    constexpr std::uint32_t count = 51'000;
    const auto letters = [](std::uint32_t n) {
        std::string word;
        for (; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
        return word;
    };
    for (std::uint32_t round = 0; round < 2; ++round)
        for (std::uint32_t i = 1; i <= count; ++i)
            population.add({.names = {{.given = letters(i * 7), .family = letters(i % 5000)}},
                            .born = PartialDate{.year = 2008 + static_cast<int>(i % 15)}});
    const Blocks blocks(population);
    std::vector<int> met(count, 0);
    std::uint64_t pairs = 0;
    for (std::size_t part = 0; part < 3; ++part)
        blocks.walk(part, 3, [&](std::uint32_t a, std::uint32_t b) {
            pairs += 1;
            if (b == a + count) met[a] += 1;
        });
    EXPECT_EQ(std::ranges::count(met, 1), count);
    EXPECT_LT(pairs, 100U * count);
}

TEST(blocking, what_a_small_block_proposes_is_not_lost_in_a_large_one)
{
    // So many of one name and year that no division parts them; every two of them share an identifier of their own.
    Population population(no_classes());
    constexpr std::uint32_t count = 400;
    for (std::uint32_t i = 0; i < count; ++i)
        population.add({.names = {{.given = "Ruth", .family = "Hall"}},
                        .born = PartialDate{.year = 2010},
                        .identifiers = {{"pnc", std::to_string(std::min(i, count - 1 - i) + 1000)}}});
    const auto pairs = pairs_of(Blocks(population, 20));
    EXPECT_EQ(given_more_than_once(pairs), 0U);
    std::size_t lost = 0;
    for (std::uint32_t i = 0; i < count / 2; ++i) lost += pairs.contains({i, count - 1 - i}) ? 0 : 1;
    EXPECT_EQ(lost, 0U);
}

} // namespace reachable::identity
