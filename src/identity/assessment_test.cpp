// What is said of a linkage is counted once more here, the plain way: every pair looked at.
#include "identity/assessment.h"
#include "identity/country_errors.h"
#include "identity/fairness.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace reachable::identity {
namespace {

const NameClasses& shipped_classes()
{
    static const auto read = [] {
        std::ifstream file("data/identity/names.csv");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        return NameClasses::read(text).value();
    }();
    return read;
}

/// Two hundred people, each in two systems, with the tradition of each as the group.
struct TwoSystems {
    Population population{shipped_classes()};
    std::vector<std::uint32_t> truth;
    std::vector<std::string> groups;

    TwoSystems()
    {
        const Country country({.seed = 5, .people = 200, .shares = mixed_shares});
        Random random(6);
        for (const auto& errors : {custody_errors(), childrens_services_errors()})
            for (std::uint32_t i = 0; i < 200; ++i) {
                const auto person = country.person(i);
                population.add(write_down(person, "system", errors, random));
                truth.push_back(i);
                groups.emplace_back(code_of(person.tradition));
            }
    }
};

struct Plain {
    double true_pairs = 0;
    double proposed = 0;
    double said = 0;
    double right = 0;
};

/// Of the pairs that have a record of the group; true pairs have both in it.
Plain counted(const TwoSystems& systems, const Blocks& blocks, const Linked& linked, const std::string& group)
{
    Plain plain;
    const auto is_in = [&](std::uint32_t record) { return group.empty() || systems.groups[record] == group; };
    for (std::uint32_t a = 0; a < systems.truth.size(); ++a)
        for (std::uint32_t b = a + 1; b < systems.truth.size(); ++b)
            plain.true_pairs += systems.truth[a] == systems.truth[b] && is_in(a) && is_in(b) ? 1 : 0;
    blocks.walk(0, 1, [&](std::uint32_t a, std::uint32_t b) {
        plain.proposed += systems.truth[a] == systems.truth[b] && is_in(a) && is_in(b) ? 1 : 0;
    });
    for (const auto& edge : linked.edges) {
        if (edge.log_odds < 0 || !(is_in(edge.a) || is_in(edge.b))) continue;
        plain.said += 1;
        plain.right += systems.truth[edge.a] == systems.truth[edge.b] ? 1 : 0;
    }
    return plain;
}

} // namespace

TEST(assessment, counts_each_group_as_looking_at_every_pair_does)
{
    const TwoSystems systems;
    const Blocks blocks(systems.population);
    const auto model = usual_model();
    const auto linked = link(systems.population, blocks, model, {});
    const auto found = assess(blocks, linked, model, systems.truth, systems.groups);
    EXPECT_EQ(found.records, 400U);
    EXPECT_EQ(found.people, 200U);
    EXPECT_EQ(found.true_pairs, 200);
    EXPECT_NEAR(found.proposed, counted(systems, blocks, linked, "").proposed / 200, 1e-12);
    ASSERT_GT(found.groups.size(), 3U);
    for (const auto& group : found.groups) {
        const auto plain = counted(systems, blocks, linked, group.group);
        EXPECT_EQ(group.true_pairs, plain.true_pairs) << group.group;
        EXPECT_NEAR(group.proposed, plain.proposed / plain.true_pairs, 1e-12) << group.group;
        EXPECT_NEAR(group.pairs.recall, plain.right / plain.true_pairs, 1e-12) << group.group;
        const auto right = plain.said == 0 ? 0 : plain.right / plain.said;
        EXPECT_NEAR(group.pairs.precision, right, 1e-12) << group.group;
    }
}

TEST(assessment, a_higher_threshold_never_finds_more)
{
    const TwoSystems systems;
    const Blocks blocks(systems.population);
    const auto model = usual_model();
    const auto found = assess(blocks, link(systems.population, blocks, model, {}), model, systems.truth, {});
    EXPECT_TRUE(found.groups.empty());
    ASSERT_GT(found.curve.size(), 10U);
    for (std::size_t i = 1; i < found.curve.size(); ++i)
        EXPECT_LE(found.curve[i].accuracy.recall, found.curve[i - 1].accuracy.recall);
    EXPECT_GT(found.curve.front().accuracy.recall, 0.8);
}

TEST(fairness, every_tradition_is_searched_for_and_none_is_found_much_less_than_another)
{
    const auto found = try_fairness(shipped_classes(), usual_model(), {.people_each = 120, .others = 5'000});
    ASSERT_EQ(found.size(), tradition_count);
    for (const auto& one : found) {
        EXPECT_EQ(one.searches, 120U);
        EXPECT_LE(one.found_first, one.found);
        EXPECT_LE(one.likely, one.found);
    }
    EXPECT_LE(gap_of(found).recall_gap, 0.02); // one search in 120 is nearly a point
}

TEST(fairness, the_gap_is_between_the_best_and_the_worst)
{
    const std::vector<TraditionFigures> figures{
        {.searches = 100, .found = 99, .wrong = 10}, {.searches = 100, .found = 95, .wrong = 30}, {.searches = 0}};
    const auto gap = gap_of(figures);
    EXPECT_NEAR(gap.recall_gap, 0.04, 1e-12);
    EXPECT_NEAR(gap.wrong_ratio, 1.5, 1e-12); // 0.3 against a mean of 0.2
    EXPECT_EQ(gap_of({}).recall_gap, 0);
}

} // namespace reachable::identity
