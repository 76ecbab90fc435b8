#include "identity/assessment.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace reachable::identity {
namespace {

constexpr int least_bits = -5;
constexpr int most_bits = 20;

double pairs_of(double count)
{
    return count * (count - 1) / 2;
}

double share(double part, double whole)
{
    return whole == 0 ? 0 : part / whole;
}

/// What is counted of each group, and of all records as the last.
struct Counts {
    double records = 0;
    double true_pairs = 0;
    double proposed = 0;
    double said = 0;
    double right = 0;
};

/// Gives each record the number of its group. Without groups there are none.
struct Groups {
    std::vector<std::string> names;
    std::vector<std::uint32_t> of;

    explicit Groups(std::span<const std::string> groups)
    {
        std::map<std::string, std::uint32_t> numbers;
        for (const auto& group : groups) numbers.try_emplace(group, 0);
        for (auto& [name, number] : numbers) {
            number = static_cast<std::uint32_t>(names.size());
            names.push_back(name);
        }
        for (const auto& group : groups) of.push_back(numbers.at(group));
    }
};

/// True pairs by person; a person whose records stand in several groups counts in each by its own records.
void count_truth(std::span<const std::uint32_t> truth, const Groups& groups, std::vector<Counts>& counts)
{
    std::map<std::pair<std::uint32_t, std::size_t>, double> sizes;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        sizes[{truth[i], counts.size() - 1}] += 1;
        if (!groups.of.empty()) sizes[{truth[i], groups.of[i]}] += 1;
    }
    for (const auto& [key, count] : sizes) {
        counts[key.second].records += count;
        counts[key.second].true_pairs += pairs_of(count);
    }
}

/// Calls `take` with the counts that a pair belongs to: those of all, and of the groups of its two records.
void for_counts(const Groups& groups, std::vector<Counts>& counts, std::uint32_t a, std::uint32_t b, auto take)
{
    take(counts.back());
    if (groups.of.empty()) return;
    take(counts[groups.of[a]]);
    if (groups.of[a] != groups.of[b]) take(counts[groups.of[b]]);
}

std::vector<CurvePoint> curve_of(std::span<const Edge> edges, std::span<const std::uint32_t> truth)
{
    std::vector<CurvePoint> curve;
    for (int bits = least_bits; bits <= most_bits; ++bits)
        curve.push_back({static_cast<float>(bits), accuracy_of_pairs(edges, truth, static_cast<float>(bits))});
    return curve;
}

} // namespace

Assessment assess(const Blocks& blocks, const Linked& linked, const Model& model, std::span<const std::uint32_t> truth,
                  std::span<const std::string> group_of)
{
    const Groups groups(group_of);
    std::vector<Counts> counts(groups.names.size() + 1);
    count_truth(truth, groups, counts);
    // Both records of a true pair stand in one group, else the pair is no true pair of either.
    blocks.walk(0, 1, [&](std::uint32_t a, std::uint32_t b) {
        if (truth[a] != truth[b]) return;
        counts.back().proposed += 1;
        if (!groups.of.empty() && groups.of[a] == groups.of[b]) counts[groups.of[a]].proposed += 1;
    });
    for (const auto& edge : linked.edges)
        if (edge.log_odds >= 0)
            for_counts(groups, counts, edge.a, edge.b, [&](Counts& one) {
                one.said += 1;
                one.right += truth[edge.a] == truth[edge.b] ? 1 : 0;
            });
    Assessment found{.model_version = model.version,
                     .records = truth.size(),
                     .true_pairs = counts.back().true_pairs,
                     .proposed = share(counts.back().proposed, counts.back().true_pairs),
                     .compared = linked.blocking.pairs,
                     .best = best_threshold(linked.edges, truth),
                     .at_even_odds = accuracy_of_pairs(linked.edges, truth, 0),
                     .clusters = accuracy_of_clusters(linked.clusters, truth),
                     .curve = curve_of(linked.edges, truth),
                     .calibration = calibration(linked.edges, truth),
                     .between = model.between};
    found.people = found.clusters.people;
    for (std::size_t i = 0; i < groups.names.size(); ++i) {
        const auto& one = counts[i];
        found.groups.push_back({.group = groups.names[i],
                                .records = static_cast<std::size_t>(one.records),
                                .true_pairs = one.true_pairs,
                                .proposed = share(one.proposed, one.true_pairs),
                                .pairs = {share(one.right, one.said), share(one.right, one.true_pairs)}});
    }
    return found;
}

} // namespace reachable::identity
