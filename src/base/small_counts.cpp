#include "base/small_counts.h"

#include <algorithm>
#include <numeric>

namespace reachable {
namespace {

/// What a reader knows of a number.
struct Between {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// No count of children reaches this.
constexpr std::int64_t endless = 1'000'000'000;

bool is_small(std::int64_t count)
{
    return count > 0 && count < fewest_told;
}

/// What a told count says: everything that would have been rounded to it.
Between meant_by(std::int64_t told, std::int64_t step)
{
    if (told == 0) return {0, 0};
    const auto least = told == step ? fewest_told : told - step / 2;
    return {std::max(least, fewest_told), told + (step - 1) / 2};
}

Between of_total(const ToldTogether& told, std::int64_t step)
{
    return told.total ? meant_by(*told.total, step) : Between{0, endless};
}

struct Sums {
    Between shown;
    std::int64_t held = 0;
    std::int64_t held_large = 0; // of them, those that are not small: their size is anything
    std::int64_t held_empty = 0; // of them, those in which nobody is
};

Sums sums_of(const Divided& way, const std::vector<ToldCount>& cells, std::int64_t step)
{
    Sums sums;
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (!cells[i]) {
            sums.held += 1;
            sums.held_large += way[i] >= fewest_told ? 1 : 0;
            sums.held_empty += way[i] == 0 ? 1 : 0;
            continue;
        }
        const auto one = meant_by(*cells[i], step);
        sums.shown.least += one.least;
        sums.shown.most += one.most;
    }
    return sums;
}

/// What all ways of dividing together say of how many there are.
Between known_total(std::span<const Divided> ways, const ToldTogether& told, std::int64_t step)
{
    auto known = of_total(told, step);
    for (std::size_t i = 0; i < ways.size(); ++i) {
        const auto sums = sums_of(ways[i], told.cells[i], step);
        const auto most = sums.held_large > 0 ? endless : sums.shown.most + sums.held * (fewest_told - 1);
        known.least = std::max(known.least, sums.shown.least + sums.held - sums.held_empty);
        known.most = std::min(known.most, most);
    }
    return known;
}

/// True if each small cell may still be any number from 1 to 4.
bool is_wide_enough(const Sums& sums, const Between& total)
{
    if (sums.held == 0) return true;
    constexpr std::int64_t most_of_a_small_one = fewest_told - 1;
    const auto others = sums.held - 1;
    const auto rest_least = total.least - sums.shown.most, rest_most = total.most - sums.shown.least;
    const auto others_least = others - sums.held_empty + sums.held_large * (fewest_told - 1);
    const auto others_most = sums.held_large > 0 ? endless : others * most_of_a_small_one;
    return rest_most >= most_of_a_small_one + others_least && rest_least <= 1 + others_most;
}

/// The smallest cell that is still told, an empty one only where there is no other: false if there is none.
bool hold_one_more(const Divided& way, std::vector<ToldCount>& cells)
{
    std::optional<std::size_t> smallest;
    for (std::size_t i = 0; i < way.size(); ++i)
        if (cells[i] && (!smallest || way[*smallest] == 0 || (way[i] > 0 && way[i] < way[*smallest]))) smallest = i;
    if (!smallest) return false;
    cells[*smallest].reset();
    return true;
}

} // namespace

ToldCount told_count(std::int64_t count, std::int64_t step)
{
    if (count <= 0) return 0;
    if (is_small(count)) return std::nullopt;
    return std::max(step, (count + step / 2) / step * step);
}

ToldTogether told_together(std::span<const Divided> ways, std::int64_t step)
{
    ToldTogether told;
    if (ways.empty()) return told;
    told.total = told_count(std::accumulate(ways.front().begin(), ways.front().end(), std::int64_t{0}), step);
    for (const auto& way : ways) {
        auto& cells = told.cells.emplace_back();
        for (const auto count : way) cells.push_back(told_count(count, step));
    }
    bool changed = true;
    while (changed) {
        changed = false;
        for (std::size_t i = 0; i < ways.size() && !changed; ++i) {
            if (is_wide_enough(sums_of(ways[i], told.cells[i], step), known_total(ways, told, step))) continue;
            changed = hold_one_more(ways[i], told.cells[i]);
            if (!changed && told.total) {
                told.total.reset();
                changed = true;
            }
        }
    }
    return told;
}

std::optional<std::int64_t> told_share(const ToldCount& part, const ToldCount& whole)
{
    if (!part || !whole || *whole < fewest_for_a_share) return std::nullopt;
    return std::min<std::int64_t>((*part * 200 + *whole) / (*whole * 2), 100);
}

} // namespace reachable
