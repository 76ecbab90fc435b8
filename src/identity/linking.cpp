#include "identity/linking.h"

#include "base/share_out.h"
#include "identity/weighing.h"

#include <algorithm>
#include <set>
#include <utility>

namespace reachable::identity {

std::vector<Edge> weigh_pairs(const Population& population, const Blocks& blocks, const Model& model,
                              const LinkingSettings& settings, BlockingFigures* figures)
{
    const Scorer scorer(model, population);
    struct Share {
        std::vector<Edge> edges;
        BlockingFigures figures;
    };
    std::vector<Share> shares(settings.threads);
    const auto work = [&](std::size_t part) {
        Weigher weigher(scorer, population);
        auto& share = shares[part];
        const auto keep = [&](std::uint32_t a, std::uint32_t b, const Weigher::Weighed& weighed) {
            share.edges.push_back({a, b, weighed.log_odds});
        };
        const auto weigh = [&](std::uint32_t a, std::uint32_t b) { weigher.offer(settings.keeps_above, a, b, keep); };
        share.figures = blocks.walk(part, shares.size(), weigh, weigher.comparer());
        weigher.finish(settings.keeps_above, keep);
    };
    share_out(settings.threads, shares.size(), work);
    std::vector<Edge> edges;
    for (auto& share : shares) {
        edges.insert(edges.end(), share.edges.begin(), share.edges.end());
        if (figures == nullptr) continue;
        figures->pairs += share.figures.pairs;
        figures->largest_block = std::max(figures->largest_block, share.figures.largest_block);
    }
    // The same order however the work was divided.
    std::ranges::sort(edges, {}, [](const Edge& edge) { return std::pair(edge.a, edge.b); });
    return edges;
}

namespace {

/// The records of every cluster of two or more, cluster by cluster, each with its cluster.
std::vector<std::pair<std::uint32_t, std::uint32_t>> members_of(const std::vector<std::uint32_t>& clusters)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> members;
    for (std::uint32_t i = 0; i < clusters.size(); ++i) {
        if (clusters[i] == i) continue; // the first of its cluster, or alone
        members.emplace_back(clusters[i], clusters[i]);
        members.emplace_back(clusters[i], i);
    }
    std::ranges::sort(members);
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members;
}

/// Pairs of one cluster that may be brothers or sisters, but were not decided to be one person. Those that stood in one
/// cluster `before` were asked about then.
void add_siblings(const std::vector<std::uint32_t>& clusters, const std::vector<std::uint32_t>& before,
                  Comparer& comparer, std::vector<Decided>& apart)
{
    // A name that is different by a slip of the clerk does not part what others join, unless home and birth say so.
    const auto are_siblings_of_one_home = [&](std::uint32_t a, std::uint32_t b) {
        const auto pattern = comparer.compare(a, b).pattern;
        return (pattern & siblings_mark) != 0 && level_of(pattern, Field::born) != level::not_known &&
               (level_of(pattern, Field::address) >= level::nearly ||
                level_of(pattern, Field::postcode) == level::same);
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> known;
    for (const auto& one : apart) known.emplace(std::min(one.a, one.b), std::max(one.a, one.b));
    const auto members = members_of(clusters);
    for (auto one = members.begin(); one != members.end(); ++one)
        for (auto other = one + 1; other != members.end() && other->first == one->first; ++other) {
            const auto [a, b] = std::pair(one->second, other->second);
            const bool was_asked = !before.empty() && before[a] == before[b];
            if (!was_asked && !known.contains({a, b}) && are_siblings_of_one_home(a, b))
                apart.push_back({.a = a, .b = b, .is_same = false});
        }
}

} // namespace

Linked link(const Population& population, const Blocks& blocks, const Model& model, const LinkingSettings& settings,
            std::span<const Decided> decided)
{
    Linked linked;
    linked.edges = weigh_pairs(population, blocks, model, settings, &linked.blocking);
    for (auto& edge : linked.edges) edge.log_odds = calibrated(model, edge.log_odds);
    const Scorer scorer(model, population);
    Comparer comparer(population);
    const auto weigh = [&](std::uint32_t a, std::uint32_t b) {
        return calibrated(model, scorer.log_odds(comparer.compare(a, b), population.row(a), population.row(b)));
    };
    // R-A-05: no chain of others joins what may be twins or siblings.
    std::vector<Decided> apart(decided.begin(), decided.end());
    for (const auto& edge : linked.edges)
        if (edge.log_odds <= siblings_log_odds && (comparer.compare(edge.a, edge.b).pattern & siblings_mark) != 0)
            apart.push_back({.a = edge.a, .b = edge.b, .is_same = false});
    // Two of a cluster may be brothers though no key led from one to the other: then they are told apart and all is
    // divided again.
    constexpr int most_rounds = 8;
    for (int round = 0; round < most_rounds; ++round) {
        const auto clusters_before = std::exchange(linked.clusters, {});
        linked.clusters = cluster(population.size(), linked.edges, settings.clustering, weigh, apart);
        const auto before = apart.size();
        // Among grown-ups too, a name that is different is oftener one person's than a brother's.
        if (population.siblings_born_from() == 0) add_siblings(linked.clusters, clusters_before, comparer, apart);
        if (apart.size() == before) break;
    }
    return linked;
}

} // namespace reachable::identity
