#include "identity/clustering.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <set>

namespace reachable::identity {
namespace {

using Clusters = std::vector<std::uint32_t>;

const auto strangers = [](std::uint32_t, std::uint32_t) { return -20.0F; };

Clusters clusters_of(std::size_t count, const std::vector<Edge>& edges, const std::vector<Decided>& decided = {},
                     const Clustering& clustering = {})
{
    return cluster(count, edges, clustering, strangers, decided);
}

struct Graph {
    std::uint32_t count = 0;
    std::vector<Edge> edges; // no pair twice
    std::vector<Decided> decided;
};

Graph any_graph()
{
    Graph graph{.count = *rc::gen::inRange<std::uint32_t>(2, 14)};
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    const auto record = rc::gen::inRange<std::uint32_t>(0, graph.count);
    const auto edge_count = *rc::gen::inRange(0, 40);
    for (int i = 0; i < edge_count; ++i) {
        const auto one = *record;
        const auto other = *record;
        const auto a = std::min(one, other);
        const auto b = std::max(one, other);
        const auto bits = static_cast<float>(*rc::gen::inRange(-1000, 1500)) / 77.0F;
        if (a != b && seen.insert({a, b}).second) graph.edges.push_back({a, b, bits});
    }
    const auto decided_count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < decided_count; ++i) {
        const auto a = *record;
        const auto b = *record;
        if (a != b) graph.decided.push_back({a, b, *rc::gen::element(true, false)});
    }
    return graph;
}

/// Who must stand together by what was decided the same, and what follows from it.
Clusters decided_groups(const Graph& graph)
{
    Clusters group(graph.count);
    std::iota(group.begin(), group.end(), 0U);
    for (const auto& one : graph.decided)
        if (one.is_same) {
            const auto from = group[one.a];
            const auto to = group[one.b];
            std::ranges::replace(group, from, to);
        }
    return group;
}

/// Groups within which two records were decided different.
std::set<std::uint32_t> contradicted(const Graph& graph, const Clusters& groups)
{
    std::set<std::uint32_t> found;
    for (const auto& one : graph.decided)
        if (!one.is_same && groups[one.a] == groups[one.b]) found.insert(groups[one.a]);
    return found;
}

} // namespace

TEST(clustering, what_speaks_for_one_person_stands_together)
{
    EXPECT_EQ(clusters_of(5, {{0, 3, 9}, {1, 4, 5}}), Clusters({0, 1, 2, 0, 1}));
    EXPECT_EQ(clusters_of(3, {{0, 1, 9}, {1, 2, 9}, {0, 2, 9}}), Clusters({0, 0, 0}));
    EXPECT_EQ(clusters_of(3, {}), Clusters({0, 1, 2}));
    EXPECT_TRUE(clusters_of(0, {}).empty());
}

TEST(clustering, even_odds_join_nobody)
{
    EXPECT_EQ(clusters_of(2, {{0, 1, 0}}), Clusters({0, 1}));
    EXPECT_EQ(clusters_of(2, {{0, 1, -4}}), Clusters({0, 1}));
    EXPECT_EQ(clusters_of(2, {{0, 1, 2}}), Clusters({0, 0}));
    EXPECT_EQ(clusters_of(2, {{0, 1, 2}}, {}, {.joins_above = 3}), Clusters({0, 1}));
}

TEST(clustering, a_chain_of_look_alikes_is_not_one_person)
{
    // Each is like the next; first and last disagree.
    EXPECT_EQ(clusters_of(4, {{0, 1, 5}, {1, 2, 3}, {2, 3, 5}, {0, 2, -8}, {1, 3, -8}, {0, 3, -8}}),
              Clusters({0, 0, 2, 2}));
    // Nobody proposed the distant pairs: they are asked for, and strangers.
    EXPECT_EQ(clusters_of(4, {{0, 1, 5}, {1, 2, 3}, {2, 3, 5}}), Clusters({0, 0, 2, 2}));
    std::vector<Edge> chain;
    for (std::uint32_t i = 0; i + 1 < 60; ++i) chain.push_back({i, i + 1, 4});
    const auto found = clusters_of(60, chain);
    for (std::uint32_t i = 0; i < 60; ++i) EXPECT_LE(std::ranges::count(found, i), 2) << i;
}

TEST(clustering, a_component_too_large_to_weigh_whole_holds_unproposed_pairs_against_joining)
{
    std::vector<Edge> chain;
    for (std::uint32_t i = 0; i + 1 < 60; ++i) chain.push_back({i, i + 1, 4});
    const Clustering clustering{.weighed_whole = 10};
    const auto never = [](std::uint32_t, std::uint32_t) -> float {
        ADD_FAILURE() << "a pair of a large component was weighed";
        return 0;
    };
    const auto found = cluster(60, chain, clustering, never, {});
    // Three in a chain: 4 + 4 - 3 bits. The fourth would bring 4 - 3 - 3.
    EXPECT_GT(std::ranges::count(found, found[30]), 1);
    for (std::uint32_t i = 0; i < 60; ++i) EXPECT_LE(std::ranges::count(found, i), 3) << i;
}

TEST(clustering, one_bad_pair_does_not_part_what_many_join)
{
    // Five records, nine pairs of which agree well; one pair is a bad slip.
    std::vector<Edge> edges;
    for (std::uint32_t a = 0; a < 5; ++a)
        for (auto b = a + 1; b < 5; ++b) edges.push_back({a, b, a == 0 && b == 4 ? -50.0F : 12.0F});
    EXPECT_EQ(clusters_of(5, edges), Clusters({0, 0, 0, 0, 0}));
}

TEST(clustering, a_single_record_moves_to_where_most_speaks_for_it)
{
    // The strongest pair is joined first (1, 2); then 2 is found to belong with 3 and 4, who disagree with 1.
    EXPECT_EQ(clusters_of(5, {{1, 2, 6}, {2, 3, 5}, {2, 4, 5}, {3, 4, 5.5F}, {1, 3, -8}, {1, 4, -8}}),
              Clusters({0, 1, 2, 2, 2}));
}

TEST(clustering, what_people_decided_holds_against_every_score)
{
    EXPECT_EQ(clusters_of(2, {{0, 1, 20}}, {{0, 1, false}}), Clusters({0, 1}));
    EXPECT_EQ(clusters_of(2, {{0, 1, -20}}, {{0, 1, true}}), Clusters({0, 0}));
    EXPECT_EQ(clusters_of(2, {}, {{1, 0, true}}), Clusters({0, 0}));
    EXPECT_EQ(clusters_of(3, {{0, 1, 20}, {1, 2, 20}, {0, 2, 20}}, {{2, 0, false}})[2], 2U);
    // Decided both ways: they stay apart.
    EXPECT_EQ(clusters_of(2, {{0, 1, 20}}, {{0, 1, false}, {0, 1, true}}), Clusters({0, 1}));
    EXPECT_EQ(clusters_of(2, {{0, 1, 20}}, {{1, 0, true}, {0, 1, false}}), Clusters({0, 1}));
}

TEST(clustering, one_that_is_different_holds_against_hundreds_that_are_the_same)
{
    // Two groups of twenty, every record of the one decided the same as every one of the other, but for one pair.
    std::vector<Decided> decided;
    for (std::uint32_t a = 0; a < 20; ++a)
        for (std::uint32_t b = 20; b < 40; ++b) decided.push_back({a, b, a != 0 || b != 20});
    const auto found = clusters_of(40, {}, decided);
    EXPECT_NE(found[0], found[20]);
}

RC_GTEST_PROP(clustering, records_decided_different_never_stand_together, ())
{
    const auto graph = any_graph();
    const auto found = clusters_of(graph.count, graph.edges, graph.decided);
    for (const auto& one : graph.decided)
        if (!one.is_same) RC_ASSERT(found[one.a] != found[one.b]);
}

RC_GTEST_PROP(clustering, records_decided_the_same_stand_together_unless_that_contradicts, ())
{
    const auto graph = any_graph();
    const auto groups = decided_groups(graph);
    const auto without = contradicted(graph, groups);
    const auto found = clusters_of(graph.count, graph.edges, graph.decided);
    for (const auto& one : graph.decided)
        if (one.is_same && !without.contains(groups[one.a])) RC_ASSERT(found[one.a] == found[one.b]);
}

RC_GTEST_PROP(clustering, decisions_hold_in_components_too_large_to_weigh_whole, ())
{
    const auto graph = any_graph();
    const auto groups = decided_groups(graph);
    const auto without = contradicted(graph, groups);
    const auto found = clusters_of(graph.count, graph.edges, graph.decided, {.weighed_whole = 2});
    for (const auto& one : graph.decided) {
        if (!one.is_same) RC_ASSERT(found[one.a] != found[one.b]);
        if (one.is_same && !without.contains(groups[one.a])) RC_ASSERT(found[one.a] == found[one.b]);
    }
}

RC_GTEST_PROP(clustering, the_order_of_edges_and_of_their_ends_makes_no_difference, ())
{
    const auto graph = any_graph();
    auto edges = graph.edges;
    auto decided = graph.decided;
    const auto shuffle = [](auto& list) {
        for (std::size_t i = 1; i < list.size(); ++i)
            std::swap(list[i], list[*rc::gen::inRange<std::size_t>(0, i + 1)]);
        for (auto& one : list)
            if (*rc::gen::element(true, false)) std::swap(one.a, one.b);
    };
    shuffle(edges);
    shuffle(decided);
    const Clustering clustering{.weighed_whole = *rc::gen::element<std::size_t>(2, 400)};
    RC_ASSERT(clusters_of(graph.count, edges, decided, clustering) ==
              clusters_of(graph.count, graph.edges, graph.decided, clustering));
}

RC_GTEST_PROP(clustering, a_cluster_bears_the_number_of_its_smallest_record, ())
{
    const auto graph = any_graph();
    const auto found = clusters_of(graph.count, graph.edges, graph.decided);
    RC_ASSERT(found.size() == graph.count);
    for (std::uint32_t i = 0; i < graph.count; ++i) {
        RC_ASSERT(found[i] <= i);
        RC_ASSERT(found[found[i]] == found[i]);
    }
}

} // namespace reachable::identity
