// Twins and siblings of one home, written down by a clean register: who may be taken for one child.
#include "identity/country_pairs.h"
#include "identity/linking.h"

#include <future>
#include <gtest/gtest.h>
#include <numeric>

namespace reachable::identity {
namespace {

constexpr std::size_t pairs_of_each = 1'500;

const NameClasses& no_classes()
{
    static const NameClasses none;
    return none;
}

Model model_of_a_country()
{
    auto model = usual_model();
    model.prior = 1e-6;
    return model;
}

struct Outcome {
    bool is_joined = false;
    bool have_different_names = false;
};

Outcome outcome_of(const Relatives& pair, const Model& model, Random& random)
{
    Population population(no_classes());
    population.add(write_down(pair.elder, "one", register_errors(), random));
    population.add(write_down(pair.younger, "other", register_errors(), random));
    const auto linked = link(population, Blocks(population), model, {.threads = 1});
    const auto pattern = Comparer(population).compare(0, 1).pattern;
    return {linked.clusters[0] == linked.clusters[1],
            level_of(pattern, Field::given) == level::different && level_of(pattern, Field::order) != level::swapped};
}

struct Joined {
    std::size_t asked = 0;
    std::size_t of_different_names = 0;
    std::array<std::size_t, tradition_count> by_tradition{};
    std::size_t count() const { return std::accumulate(by_tradition.begin(), by_tradition.end(), std::size_t{0}); }
};

Joined joined_of(std::span<const Relatives> pairs, const Model& model, Random random)
{
    Joined joined{.asked = pairs.size()};
    for (const auto& pair : pairs) {
        const auto outcome = outcome_of(pair, model, random);
        if (!outcome.is_joined) continue;
        joined.by_tradition[static_cast<std::size_t>(pair.elder.tradition)] += 1;
        joined.of_different_names += outcome.have_different_names ? 1 : 0;
    }
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
    joined.of_different_names += others.of_different_names;
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

// FIXME: none should be. Those that are have given names that are alike ("Jazlin" and "Jasleen"), or a middle name that
// stands first and is shared (Vietnamese "Thi" and "Van").
constexpr std::size_t most_joined_of_like_names = 40;

void expect_few_joined(std::span<const Relatives> pairs, Random& random)
{
    ASSERT_EQ(pairs.size(), pairs_of_each);
    const auto joined = joined_of_all(pairs, random.next());
    EXPECT_EQ(joined.of_different_names, 0U);
    EXPECT_LE(joined.count(), most_joined_of_like_names) << named(joined) << " pairs were joined";
}

TEST(siblings, no_twins_of_different_names_are_joined_and_few_of_like_names)
{
    Random random(42);
    expect_few_joined(twins(even_country(), pairs_of_each, random), random);
}

TEST(siblings, no_brothers_and_sisters_of_different_names_are_joined_and_few_of_like_names)
{
    Random random(43);
    expect_few_joined(siblings(even_country(), pairs_of_each, random), random);
}

TEST(siblings, one_child_written_down_twice_is_joined)
{
    Random random(44);
    const auto country = even_country();
    std::size_t joined = 0;
    for (std::uint32_t n = 0; n < 1'000; ++n) {
        const auto child = country.person(n * 2'000);
        joined += outcome_of({child, child}, model_of_a_country(), random).is_joined ? 1 : 0;
    }
    EXPECT_GT(joined, 950U);
}

} // namespace reachable::identity
