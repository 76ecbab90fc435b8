#include "identity/calibrating.h"

#include <algorithm>
#include <cmath>

namespace reachable::identity {
namespace {

/// Neighbours in bits that are taken for equally likely.
struct Pool {
    double bits = 0; // the sum over its pairs
    double count = 0;
    double same = 0;
    double share() const { return same / count; }
};

std::vector<Pool> rising_pools(std::span<const ReviewedPair> sorted)
{
    std::vector<Pool> pools;
    for (const auto& pair : sorted) {
        pools.push_back({.bits = pair.log_odds, .count = 1, .same = pair.is_same ? 1.0 : 0.0});
        while (pools.size() > 1 && pools[pools.size() - 2].share() >= pools.back().share()) {
            const auto last = pools.back();
            pools.pop_back();
            pools.back().bits += last.bits;
            pools.back().count += last.count;
            pools.back().same += last.same;
        }
    }
    return pools;
}

/// Half a pair of each kind beside those that were seen: twenty right pairs of twenty are no certainty.
float bits_of(const Pool& pool)
{
    const auto chance = (pool.same + 0.5) / (pool.count + 1);
    return static_cast<float>(std::log2(chance / (1 - chance)));
}

} // namespace

Result<std::vector<CalibrationPoint>> learn_calibration(std::span<const ReviewedPair> reviewed)
{
    std::vector<ReviewedPair> pairs;
    std::ranges::copy_if(reviewed, std::back_inserter(pairs),
                         [](const ReviewedPair& pair) { return pair.log_odds > siblings_log_odds; });
    if (pairs.size() < least_reviewed)
        return refuse(ProblemKind::missing, "Too few pairs were reviewed to learn from: at least " +
                                                std::to_string(least_reviewed) +
                                                " are needed that the guard of twins does not hold down");
    const auto same = std::ranges::count_if(pairs, &ReviewedPair::is_same);
    if (same == 0 || same == std::ssize(pairs))
        return refuse(ProblemKind::missing, "Reviewed pairs of both kinds are needed: the same, and different");
    std::ranges::stable_sort(pairs, {}, &ReviewedPair::log_odds);
    std::vector<CalibrationPoint> points;
    for (const auto& pool : rising_pools(pairs)) {
        const CalibrationPoint point{static_cast<float>(pool.bits / pool.count), bits_of(pool)};
        // Smoothing may turn the order of two small pools; equal bits are one point.
        if (!points.empty() && (point.summed <= points.back().summed || point.in_truth < points.back().in_truth))
            continue;
        points.push_back(point);
    }
    return points;
}

} // namespace reachable::identity
