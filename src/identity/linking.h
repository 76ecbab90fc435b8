// Bulk linkage: a population of source records into people. Learns or takes a model, weighs the proposed pairs, and
// makes clusters that keep to what people decided.
#pragma once

#include "identity/clustering.h"
#include "identity/training.h"

namespace reachable::identity {

struct LinkingSettings {
    float keeps_above = -6; // bits; pairs below are not kept, and count against joining
    Clustering clustering;
    unsigned threads = 2;
};

struct Linked {
    std::vector<Edge> edges; // kept pairs
    std::vector<std::uint32_t> clusters;
    BlockingFigures blocking;
};

/// Weighs every proposed pair by the model and keeps those that may be one person.
std::vector<Edge> weigh_pairs(const Population& population, const Blocks& blocks, const Model& model,
                              const LinkingSettings& settings, BlockingFigures* figures = nullptr);

Linked link(const Population& population, const Blocks& blocks, const Model& model, const LinkingSettings& settings,
            std::span<const Decided> decided = {});

} // namespace reachable::identity
