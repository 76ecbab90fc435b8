#include "identity/evaluation.h"

#include "identity/model.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace reachable::identity {
namespace {

double pairs_of(std::size_t count)
{
    return static_cast<double>(count) * (static_cast<double>(count) - 1) / 2;
}

std::unordered_map<std::uint32_t, std::size_t> sizes_of(std::span<const std::uint32_t> labels)
{
    std::unordered_map<std::uint32_t, std::size_t> sizes;
    for (const auto label : labels) sizes[label] += 1;
    return sizes;
}

double true_pairs(std::span<const std::uint32_t> truth)
{
    double sum = 0;
    for (const auto& [person, count] : sizes_of(truth)) sum += pairs_of(count);
    return sum;
}

Accuracy accuracy(double right, double said, double all)
{
    return {.precision = said == 0 ? 0 : right / said, .recall = all == 0 ? 0 : right / all};
}

} // namespace

Accuracy accuracy_of_pairs(std::span<const Edge> edges, std::span<const std::uint32_t> truth, float at_least)
{
    double right = 0;
    double said = 0;
    for (const auto& edge : edges) {
        if (edge.log_odds < at_least) continue;
        said += 1;
        right += truth[edge.a] == truth[edge.b] ? 1 : 0;
    }
    return accuracy(right, said, true_pairs(truth));
}

BestThreshold best_threshold(std::span<const Edge> edges, std::span<const std::uint32_t> truth)
{
    std::vector<Edge> sorted(edges.begin(), edges.end());
    std::ranges::sort(sorted, std::greater{}, &Edge::log_odds);
    const auto all = true_pairs(truth);
    BestThreshold best;
    double right = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        right += truth[sorted[i].a] == truth[sorted[i].b] ? 1 : 0;
        if (i + 1 < sorted.size() && sorted[i + 1].log_odds == sorted[i].log_odds) continue;
        const auto reached = accuracy(right, static_cast<double>(i + 1), all);
        if (reached.f1() > best.accuracy.f1()) best = {sorted[i].log_odds, reached};
    }
    return best;
}

ClusterAccuracy accuracy_of_clusters(std::span<const std::uint32_t> clusters, std::span<const std::uint32_t> truth)
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> both;
    for (std::size_t i = 0; i < clusters.size(); ++i) both[{clusters[i], truth[i]}] += 1;
    const auto said = sizes_of(clusters);
    const auto people = sizes_of(truth);
    ClusterAccuracy found{.people = people.size()};
    double right = 0;
    double said_pairs = 0;
    double precision = 0;
    double recall = 0;
    for (const auto& [cluster, count] : said) {
        said_pairs += pairs_of(count);
        found.largest = std::max(found.largest, count);
    }
    for (const auto& [key, count] : both) {
        const auto in_cluster = said.at(key.first);
        const auto in_person = people.at(key.second);
        right += pairs_of(count);
        const auto square = static_cast<double>(count) * static_cast<double>(count);
        precision += square / static_cast<double>(in_cluster);
        recall += square / static_cast<double>(in_person);
        if (count == in_cluster && count == in_person) found.exactly_right += 1;
    }
    const auto records = static_cast<double>(std::max<std::size_t>(clusters.size(), 1));
    found.pairs = accuracy(right, said_pairs, true_pairs(truth));
    found.b_cubed = {.precision = precision / records, .recall = recall / records};
    return found;
}

std::vector<CalibrationBucket> calibration(std::span<const Edge> edges, std::span<const std::uint32_t> truth)
{
    std::vector<CalibrationBucket> buckets;
    for (int i = 0; i < 9; ++i) buckets.push_back({.from = i / 10.0, .to = (i + 1) / 10.0});
    buckets.push_back({.from = 0.9, .to = 0.95});
    buckets.push_back({.from = 0.95, .to = 1.0});
    for (const auto& edge : edges) {
        const auto chance = chance_of(edge.log_odds);
        auto bucket = std::ranges::find_if(buckets, [&](const auto& one) { return chance < one.to; });
        if (bucket == buckets.end()) bucket = buckets.end() - 1;
        bucket->pairs += 1;
        bucket->stated += chance;
        bucket->right += truth[edge.a] == truth[edge.b] ? 1 : 0;
    }
    for (auto& bucket : buckets) {
        if (bucket.pairs == 0) continue;
        bucket.stated /= static_cast<double>(bucket.pairs);
        bucket.right /= static_cast<double>(bucket.pairs);
    }
    return buckets;
}

} // namespace reachable::identity
