// From pairs to people: records that belong together by all the evidence between them, for and against. A chain of
// look-alikes does not become one child, because records that disagree push each other apart (correlation clustering,
// Bansal, Blum and Chawla 2004; greedy contraction and then single moves).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace reachable::identity {

struct Edge {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    float log_odds = 0;
};

/// A decision of a person, which no score undoes.
struct Decided {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool is_same = false;
};

struct Clustering {
    float joins_above = 0;   // bits; what is not above this speaks against joining
    float absent = -3;       // of a pair that nobody proposed, in components too large to weigh every pair
    float most_against = -8; // one bad pair is not worth more than this
    float most_for = 20;
    std::size_t weighed_whole = 400; // in components up to this size every pair is weighed
};

/// For each record the number of its cluster: the smallest record in it. `weigh` gives the log odds of a pair that no
/// key proposed; it is asked only for records that are connected by others. Decisions hold: records decided the same
/// stand together, those decided different never do; if both cannot hold, "different" does.
std::vector<std::uint32_t> cluster(std::size_t record_count, std::span<const Edge> edges, const Clustering& clustering,
                                   const std::function<float(std::uint32_t, std::uint32_t)>& weigh,
                                   std::span<const Decided> decided = {});

} // namespace reachable::identity
