#include "identity/clustering.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <unordered_map>

namespace reachable::identity {
namespace {

constexpr float certain = 1e6F;
/// However many others were decided the same, it does not add up to this.
constexpr float never = -std::numeric_limits<float>::infinity();

/// Sets that only grow together.
class Components {
  public:
    explicit Components(std::size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), 0U); }
    std::uint32_t root(std::uint32_t one)
    {
        while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
        return one;
    }
    void join(std::uint32_t a, std::uint32_t b)
    {
        a = root(a);
        b = root(b);
        parents_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::uint32_t> parents_;
};

/// One component: its records by their place in it, and what speaks for joining each pair of clusters.
struct Component {
    std::vector<std::uint32_t> records;
    std::vector<std::unordered_map<std::uint32_t, float>> weights; // by place, both directions
    std::vector<std::uint32_t> cluster_of;
    std::vector<std::size_t> sizes;
};

struct Contraction {
    float weight = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool operator<(const Contraction& other) const
    {
        if (weight != other.weight) return weight < other.weight;
        return std::pair(a, b) > std::pair(other.a, other.b); // the same result every time
    }
};

/// Joins the two clusters that most speaks for, again and again, while anything speaks for it.
void contract(Component& component, float absent)
{
    auto weights = component.weights;
    auto& sizes = component.sizes;
    std::priority_queue<Contraction> next;
    for (std::uint32_t a = 0; a < weights.size(); ++a)
        for (const auto& [b, weight] : weights[a])
            if (a < b && weight > 0) next.push({weight, a, b});
    std::vector<bool> is_gone(weights.size(), false);
    Components joined(weights.size());
    while (!next.empty()) {
        const auto [weight, a, b] = next.top();
        next.pop();
        if (is_gone[a] || is_gone[b]) continue;
        const auto now = weights[a].find(b);
        if (now == weights[a].end() || now->second != weight) continue;
        // The smaller number of neighbours moves over.
        const auto [kept, gone] = weights[a].size() >= weights[b].size() ? std::pair(a, b) : std::pair(b, a);
        weights[kept].erase(gone);
        weights[gone].erase(kept);
        for (auto& [other, with_kept] : weights[kept])
            if (!weights[gone].contains(other)) {
                with_kept += absent * static_cast<float>(sizes[gone] * sizes[other]);
                weights[other][kept] = with_kept;
                if (with_kept > 0) next.push({with_kept, std::min(kept, other), std::max(kept, other)});
            }
        for (const auto& [other, with_gone] : weights[gone]) {
            const auto [place, is_new] = weights[kept].try_emplace(other, 0.0F);
            if (is_new) place->second = absent * static_cast<float>(sizes[kept] * sizes[other]);
            place->second += with_gone;
            weights[other].erase(gone);
            weights[other][kept] = place->second;
            if (place->second > 0) next.push({place->second, std::min(kept, other), std::max(kept, other)});
        }
        weights[gone].clear();
        sizes[kept] += sizes[gone];
        is_gone[gone] = true;
        joined.join(kept, gone);
    }
    for (std::uint32_t i = 0; i < component.cluster_of.size(); ++i) component.cluster_of[i] = joined.root(i);
}

/// Moves single records to the cluster that most speaks for, or out of theirs, until none gains by it.
void move_singles(Component& component, float absent)
{
    auto& cluster_of = component.cluster_of;
    std::unordered_map<std::uint32_t, std::size_t> sizes;
    for (const auto cluster : cluster_of) sizes[cluster] += 1;
    for (int round = 0; round < 5; ++round) {
        bool is_moved = false;
        for (std::uint32_t i = 0; i < cluster_of.size(); ++i) {
            std::unordered_map<std::uint32_t, std::pair<float, std::size_t>> gains; // sum, and pairs that were weighed
            for (const auto& [other, weight] : component.weights[i]) {
                auto& [sum, count] = gains[cluster_of[other]];
                sum += weight;
                count += 1;
            }
            const auto own = cluster_of[i];
            const auto worth = [&](std::uint32_t cluster) {
                const auto members = sizes[cluster] - (cluster == own ? 1 : 0);
                const auto found = gains.find(cluster);
                const auto [sum, count] = found == gains.end() ? std::pair(0.0F, std::size_t{0}) : found->second;
                return sum + absent * static_cast<float>(members - std::min(members, count));
            };
            auto best = own;
            auto most = worth(own);
            // Alone under its own number; a cluster that has that number keeps it.
            if (most < 0 && sizes[own] > 1 && sizes[i] == 0) {
                best = i;
                most = 0;
            }
            std::vector<std::uint32_t> others;
            for (const auto& [cluster, gain] : gains) others.push_back(cluster);
            std::ranges::sort(others);
            for (const auto cluster : others)
                if (const auto gain = worth(cluster); gain > most + 1e-3F) {
                    best = cluster;
                    most = gain;
                }
            if (best == own) continue;
            sizes[own] -= 1;
            sizes[best] += 1;
            cluster_of[i] = best;
            is_moved = true;
        }
        if (!is_moved) return;
    }
}

void put_weight(Component& component, std::uint32_t a, std::uint32_t b, float weight)
{
    component.weights[a][b] = weight;
    component.weights[b][a] = weight;
}

/// Most components are two records: they stand together where that speaks for it, or somebody decided so.
template <class Worth>
void join_couples(std::vector<std::uint32_t>& clusters, Components& connected, std::span<const std::uint32_t> sizes,
                  std::span<const Edge> edges, Worth worth, std::span<const Decided> decided)
{
    const auto put = [&](std::uint32_t a, std::uint32_t b, float weight) {
        if (a == b || sizes[connected.root(a)] != 2 || connected.root(a) != connected.root(b)) return;
        clusters[std::max(a, b)] = weight > 0 ? std::min(a, b) : std::max(a, b);
    };
    for (const auto& edge : edges) put(edge.a, edge.b, worth(edge.log_odds));
    for (const auto is_same : {true, false})
        for (const auto& one : decided)
            if (one.is_same == is_same) put(one.a, one.b, is_same ? certain : never);
}

} // namespace

std::vector<std::uint32_t> cluster(std::size_t record_count, std::span<const Edge> edges, const Clustering& clustering,
                                   const std::function<float(std::uint32_t, std::uint32_t)>& weigh,
                                   std::span<const Decided> decided)
{
    const auto worth = [&](float log_odds) {
        return std::clamp(log_odds - clustering.joins_above, clustering.most_against, clustering.most_for);
    };
    Components connected(record_count);
    for (const auto& edge : edges)
        if (edge.log_odds > clustering.joins_above) connected.join(edge.a, edge.b);
    for (const auto& one : decided)
        if (one.is_same) connected.join(one.a, one.b);

    std::vector<std::uint32_t> place(record_count, 0);
    std::unordered_map<std::uint32_t, Component> components;
    std::vector<std::uint32_t> sizes(record_count, 0);
    for (std::uint32_t i = 0; i < record_count; ++i) sizes[connected.root(i)] += 1;
    std::vector<std::uint32_t> clusters(record_count);
    std::iota(clusters.begin(), clusters.end(), 0U);
    join_couples(clusters, connected, sizes, edges, worth, decided);
    for (std::uint32_t i = 0; i < record_count; ++i) {
        const auto root = connected.root(i);
        if (sizes[root] <= 2) continue;
        auto& component = components[root];
        place[i] = static_cast<std::uint32_t>(component.records.size());
        component.records.push_back(i);
    }
    for (auto& [root, component] : components) {
        const auto count = component.records.size();
        component.weights.resize(count);
        component.sizes.assign(count, 1);
        component.cluster_of.resize(count);
        std::iota(component.cluster_of.begin(), component.cluster_of.end(), 0U);
    }
    for (const auto& edge : edges)
        if (const auto root = connected.root(edge.a); sizes[root] > 2 && root == connected.root(edge.b))
            put_weight(components[root], place[edge.a], place[edge.b], worth(edge.log_odds));
    for (auto& [root, component] : components)
        if (const auto count = component.records.size(); count <= clustering.weighed_whole)
            for (std::uint32_t a = 0; a < count; ++a)
                for (auto b = a + 1; b < count; ++b)
                    if (!component.weights[a].contains(b))
                        put_weight(component, a, b, worth(weigh(component.records[a], component.records[b])));
    for (const auto is_same : {true, false})
        for (const auto& one : decided)
            if (const auto root = connected.root(one.a);
                one.is_same == is_same && sizes[root] > 2 && root == connected.root(one.b))
                put_weight(components[root], place[one.a], place[one.b], is_same ? certain : never);

    for (auto& [root, component] : components) {
        const auto absent = component.records.size() <= clustering.weighed_whole ? 0.0F : clustering.absent;
        contract(component, absent);
        move_singles(component, absent);
        std::unordered_map<std::uint32_t, std::uint32_t> first;
        for (std::uint32_t i = 0; i < component.records.size(); ++i)
            clusters[component.records[i]] =
                first.try_emplace(component.cluster_of[i], component.records[i]).first->second;
    }
    return clusters;
}

} // namespace reachable::identity
