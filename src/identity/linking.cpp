#include "identity/linking.h"

#include "identity/weighing.h"

#include <algorithm>
#include <thread>

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
        share.figures = blocks.walk(part, shares.size(), [&](std::uint32_t a, std::uint32_t b) {
            if (const auto weighed = weigher.above(settings.keeps_above, a, b))
                share.edges.push_back({a, b, weighed->log_odds});
        });
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t part = 1; part < shares.size(); ++part) threads.emplace_back(work, part);
        work(0);
    }
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

Linked link(const Population& population, const Blocks& blocks, const Model& model, const LinkingSettings& settings,
            std::span<const Decided> decided)
{
    Linked linked;
    linked.edges = weigh_pairs(population, blocks, model, settings, &linked.blocking);
    const Scorer scorer(model, population);
    Comparer comparer(population);
    const auto weigh = [&](std::uint32_t a, std::uint32_t b) {
        return scorer.log_odds(comparer.compare(a, b), population.row(a), population.row(b));
    };
    // R-A-05: no chain of others joins what may be twins or siblings.
    std::vector<Decided> apart(decided.begin(), decided.end());
    for (const auto& edge : linked.edges)
        if (edge.log_odds <= siblings_log_odds && (comparer.compare(edge.a, edge.b).pattern & siblings_mark) != 0)
            apart.push_back({.a = edge.a, .b = edge.b, .is_same = false});
    linked.clusters = cluster(population.size(), linked.edges, settings.clustering, weigh, apart);
    return linked;
}

} // namespace reachable::identity
