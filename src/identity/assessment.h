// What a linkage is worth where the truth is known: how much it finds, how often it is wrong, whether its chances mean
// what they say, and whether it serves every group alike.
#pragma once

#include "identity/evaluation.h"
#include "identity/linking.h"

namespace reachable::identity {

/// Of one group of records: a naming tradition, or a recorded ethnicity where that is lawful. It is never inferred.
struct GroupAccuracy {
    std::string group;
    std::size_t records = 0;
    double true_pairs = 0;
    double proposed = 0; // the share of the true pairs that any key proposed
    Accuracy pairs;      // of the pairs joined at even odds that have a record of the group
};

/// How much is found, and how much of it is right, when pairs count from so many bits on.
struct CurvePoint {
    float log_odds = 0;
    Accuracy accuracy;
};

struct Assessment {
    std::string model_version;
    std::size_t records = 0;
    std::size_t people = 0;
    double true_pairs = 0;
    double proposed = 0; // the share of the true pairs that any key proposed
    std::uint64_t compared = 0;
    BestThreshold best;
    Accuracy at_even_odds;
    ClusterAccuracy clusters;
    std::vector<CurvePoint> curve; // from few bits to many
    std::vector<CalibrationBucket> calibration;
    std::vector<GroupAccuracy> groups;   // by name; none where nobody said which
    std::vector<BetweenSources> between; // of the model
};

/// `truth` gives for each record the number of its person, and `groups` the name of its group, or is empty.
Assessment assess(const Blocks& blocks, const Linked& linked, const Model& model, std::span<const std::uint32_t> truth,
                  std::span<const std::string> groups);

} // namespace reachable::identity
