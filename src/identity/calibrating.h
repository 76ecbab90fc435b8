// Making stated chances mean what they say. The sum over fields counts what goes together as if it did not, so its bits
// are too sure or not sure enough; pairs that people have reviewed show by how much.
#pragma once

#include "identity/model.h"

#include <span>

namespace reachable::identity {

/// A pair as the model weighs it, and what people found.
struct ReviewedPair {
    float log_odds = 0;
    bool is_same = false;
};

/// With fewer pairs the curve would be noise.
constexpr std::size_t least_reviewed = 50;

/// Bits in truth by bits as summed, rising: isotonic regression, the pool of adjacent violators (Barlow and others
/// 1972). Pairs that the guard of twins holds down (R-A-05) say nothing of the sum and are left out. Refused with fewer
/// than `least_reviewed` others, or when all were found to be the same, or none.
Result<std::vector<CalibrationPoint>> learn_calibration(std::span<const ReviewedPair> reviewed);

} // namespace reachable::identity
