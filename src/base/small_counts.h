// Counts of children that may be told without telling of one of them: 1 to 4 are held back, what is told is rounded,
// and what is held back cannot be worked out of what stands around it. For figures of people at work; what is published
// takes more (secondary protection over all that was ever released).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace reachable {

/// A count as it is told; nothing: it is held back.
using ToldCount = std::optional<std::int64_t>;

inline constexpr std::int64_t fewest_told = 5;
/// Shares are told of at least so many.
inline constexpr std::int64_t fewest_for_a_share = 20;
/// To what counts of one area are rounded, and those of the whole country.
inline constexpr std::int64_t rounded_here = 5, rounded_for_all = 10;

/// 0 stays 0; 1 to 4 are held back; the rest is rounded to that step, halves up, and never to less than the step.
ToldCount told_count(std::int64_t count, std::int64_t step);

/// Everybody who is counted, divided in one way: by level of risk, by age.
using Divided = std::vector<std::int64_t>;
struct ToldTogether {
    ToldCount total;
    std::vector<std::vector<ToldCount>> cells; // one list for each way of dividing
};
/// The same people, divided in several ways. Whoever reads all of it, and knows how it is made, finds of a cell that is
/// held back because it is small that it may be any number from 1 to 4. To that end more cells may be held back, and
/// the total too.
ToldTogether told_together(std::span<const Divided> ways, std::int64_t step);

/// "37%" of what was told, in whole per cent; nothing where a part of it is held back or too few are counted.
std::optional<std::int64_t> told_share(const ToldCount& part, const ToldCount& whole);

} // namespace reachable
