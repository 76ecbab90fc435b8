// How well a linkage found what is true: pairs, clusters, B-cubed. Every true pair counts, also one that no key
// proposed.
#pragma once

#include "identity/clustering.h"

#include <array>

namespace reachable::identity {

struct Accuracy {
    double precision = 0;
    double recall = 0;
    double f1() const { return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall); }
};

/// `truth` gives for each record the number of its person.
/// Of the pairs at or above that many bits.
Accuracy accuracy_of_pairs(std::span<const Edge> edges, std::span<const std::uint32_t> truth, float at_least);
/// The best threshold for F1, and what it reaches.
struct BestThreshold {
    float log_odds = 0;
    Accuracy accuracy;
};
BestThreshold best_threshold(std::span<const Edge> edges, std::span<const std::uint32_t> truth);

struct ClusterAccuracy {
    Accuracy pairs;   // all pairs inside a cluster
    Accuracy b_cubed; // Bagga and Baldwin 1998: by record
    std::size_t people = 0;
    std::size_t exactly_right = 0;
    std::size_t largest = 0;
};
ClusterAccuracy accuracy_of_clusters(std::span<const std::uint32_t> clusters, std::span<const std::uint32_t> truth);

/// Of pairs that were said to be the same with so much chance, how many are: one bucket for each tenth, and one above
/// 95%.
struct CalibrationBucket {
    double from = 0;
    double to = 0;
    std::size_t pairs = 0;
    double stated = 0; // the mean chance stated
    double right = 0;  // the share that is one person
};
std::vector<CalibrationBucket> calibration(std::span<const Edge> edges, std::span<const std::uint32_t> truth);

} // namespace reachable::identity
