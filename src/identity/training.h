// Learning what levels are worth, without anybody's labels: u from pairs drawn at random, m and the prior by
// expectation maximisation over counts of patterns. A pass costs microseconds, however many records there are.
#pragma once

#include "identity/blocking.h"
#include "identity/model.h"

#include <optional>
#include <unordered_map>

namespace reachable::identity {

/// How often each pattern was seen.
using PatternCounts = std::unordered_map<Pattern, std::uint64_t>;

struct Training {
    std::uint64_t random_pairs = 400'000;          // for u; all pairs if there are fewer
    std::size_t records_to_learn_from = 60'000;    // of more records so large a part of the blocks is used for m,
    std::uint64_t pairs_to_learn_from = 4'000'000; // and of more pairs than these so large a part
    int most_rounds = 60;
    std::uint64_t seed = 1;
    unsigned threads = 2;
    double strength = 40;          // of the usual model, as so many pairs of one person: little data does not run away
    double strength_between = 200; // of what is learned of all systems, where it is learned of two of them
};

/// Gives u every level's share among random pairs; "the same" of a column of values by how often they agree.
void learn_u(Model& model, const Population& population, const Training& training);

/// Learns m and the prior from the patterns of all proposed pairs.
struct Learned {
    int rounds = 0;
    double expected_matches = 0;
};
Learned learn_m(Model& model, const PatternCounts& counts, std::uint64_t record_count, const Training& training);

/// What one person's records in two systems show, by one more look with the model that was learned of all. Nothing
/// where they have too few records that are of one person beyond doubt. Its u is left to whoever drew strangers.
std::optional<BetweenSources> learn_between(const Model& model, const PatternCounts& counts, const Training& training);

/// All of them, from the start of `usual_model`. `version` names the model.
Model train(const Population& population, const Blocks& blocks, std::string version, const Training& training = {});

} // namespace reachable::identity
