// Twins and siblings of one home, written down by a clean register: who may be taken for one child.
#include "identity/country_pairs.h"
#include "identity/linking.h"

#include <fstream>
#include <future>
#include <gtest/gtest.h>
#include <iterator>
#include <numeric>

namespace reachable::identity {
namespace {

constexpr std::size_t pairs_of_each = 1'500;

/// As they are shipped: they tell which names brothers and sisters share.
const NameClasses& classes()
{
    static const auto read = [] {
        std::ifstream file("data/identity/names.csv");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        auto names = NameClasses::read(text);
        EXPECT_TRUE(names) << sentences(names.error());
        return names ? std::move(*names) : NameClasses{};
    }();
    return read;
}

Model model_of_a_country()
{
    auto model = usual_model();
    model.prior = 1e-6;
    return model;
}

bool are_joined(const Relatives& pair, const Model& model, Random& random)
{
    Population population(classes());
    population.add(write_down(pair.elder, "one", register_errors(), random));
    population.add(write_down(pair.younger, "other", register_errors(), random));
    const auto linked = link(population, Blocks(population), model, {.threads = 1});
    return linked.clusters[0] == linked.clusters[1];
}

struct Joined {
    std::size_t asked = 0;
    std::array<std::size_t, tradition_count> by_tradition{};
    std::size_t count() const { return std::accumulate(by_tradition.begin(), by_tradition.end(), std::size_t{0}); }
};

Joined joined_of(std::span<const Relatives> pairs, const Model& model, Random random)
{
    Joined joined{.asked = pairs.size()};
    for (const auto& pair : pairs)
        joined.by_tradition[static_cast<std::size_t>(pair.elder.tradition)] += are_joined(pair, model, random) ? 1 : 0;
    return joined;
}

/// Half of the pairs on each of two threads.
Joined joined_of_all(std::span<const Relatives> pairs, std::uint64_t seed)
{
    const auto half = pairs.size() / 2;
    auto later = std::async(std::launch::async,
                            [&] { return joined_of(pairs.subspan(half), model_of_a_country(), Random(seed + 1)); });
    auto joined = joined_of(pairs.first(half), model_of_a_country(), Random(seed));
    const auto others = later.get();
    joined.asked += others.asked;
    for (std::size_t i = 0; i < tradition_count; ++i) joined.by_tradition[i] += others.by_tradition[i];
    return joined;
}

std::string named(const Joined& joined)
{
    std::string text = std::to_string(joined.count()) + " of " + std::to_string(joined.asked);
    for (std::size_t i = 0; i < tradition_count; ++i)
        if (joined.by_tradition[i] > 0)
            text +=
                ", " + std::string(code_of(static_cast<Tradition>(i))) + " " + std::to_string(joined.by_tradition[i]);
    return text;
}

/// Every tradition alike, so that none is spared by being rare.
Country even_country()
{
    TraditionShares shares{};
    shares.fill(1);
    return Country({.seed = 41, .people = 3'000'000, .twin_share = 0.05, .shares = shares});
}

} // namespace

void expect_none_joined(std::span<const Relatives> pairs, Random& random)
{
    ASSERT_EQ(pairs.size(), pairs_of_each);
    const auto joined = joined_of_all(pairs, random.next());
    EXPECT_EQ(joined.count(), 0U) << named(joined) << " pairs were joined";
}

TEST(siblings, no_twins_are_joined_however_alike_their_names_are)
{
    Random random(42);
    expect_none_joined(twins(even_country(), pairs_of_each, random), random);
}

TEST(siblings, no_brothers_and_sisters_are_joined_however_alike_their_names_are)
{
    Random random(43);
    expect_none_joined(siblings(even_country(), pairs_of_each, random), random);
}

TEST(siblings, one_child_written_down_twice_is_joined)
{
    Random random(44);
    const auto country = even_country();
    std::size_t joined = 0;
    for (std::uint32_t n = 0; n < 1'000; ++n) {
        const auto child = country.person(n * 2'000);
        joined += are_joined({child, child}, model_of_a_country(), random) ? 1 : 0;
    }
    EXPECT_GT(joined, 950U);
}

} // namespace reachable::identity
