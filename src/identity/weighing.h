// Weighing many pairs, most of which are not of one person: a pair is given up as soon as nothing that is still unknown
// can lift it above a floor. What is not given up is weighed to the same odds as by `Scorer` and `Comparer`.
#pragma once

#include "identity/model.h"

namespace reachable::identity {

/// One for each thread. The scorer and the population must outlive it.
class Weigher {
  public:
    Weigher(const Scorer& scorer, const Population& population);

    struct Weighed {
        Comparison comparison;
        float log_odds = 0;
    };
    /// The odds of a pair if they are above the floor.
    std::optional<Weighed> above(float floor, std::uint32_t a, std::uint32_t b);
    /// For `Blocks::walk`: it knows which memory is read soon.
    const Comparer& comparer() const { return comparer_; }

  private:
    float most_of(Field field, const RowPair& pair) const;

    const Scorer& scorer_;
    Comparer comparer_;
    /// What each field adds at most: where both sides say the same, and where they do not.
    std::array<float, field_count> most_same_{};
    std::array<float, field_count> most_other_{};
};

} // namespace reachable::identity
