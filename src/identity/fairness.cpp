#include "identity/fairness.h"

#include <algorithm>

namespace reachable::identity {
namespace {

/// One tradition's people, and the number of the first of them in the index.
struct Group {
    std::vector<MatchedPair> pairs;
    std::uint32_t first = 0;
};

std::vector<Group> groups_of(const FairnessTrial& trial)
{
    std::vector<Group> groups;
    for (std::size_t i = 0; i < tradition_count; ++i)
        groups.push_back({matched_pairs(static_cast<Tradition>(i), trial.people_each, trial.errors, trial.seed), 0});
    return groups;
}

/// The index, with the people looked for behind the others.
void fill(SearchIndex& index, std::vector<Group>& groups, const FairnessTrial& trial)
{
    const Country country({.seed = trial.seed + 1, .people = trial.others});
    Random random(trial.seed + 2);
    for (std::uint32_t i = 0; i < trial.others; ++i)
        index.add(i, write_down(country.person(i), "others", register_errors(), random));
    auto next = trial.others;
    for (auto& group : groups) {
        group.first = next;
        for (const auto& pair : group.pairs) index.add(next++, pair.original);
    }
    index.freeze();
}

TraditionFigures figures_of(const SearchIndex& index, Tradition tradition, const Group& group)
{
    TraditionFigures figures{.tradition = tradition, .searches = group.pairs.size()};
    for (std::size_t i = 0; i < group.pairs.size(); ++i) {
        const auto wanted = group.first + static_cast<std::uint32_t>(i);
        const auto hits = index.search(group.pairs[i].again);
        for (const auto& hit : hits) {
            const bool is_right = hit.person == wanted;
            figures.found += is_right ? 1 : 0;
            figures.likely += is_right && hit.log_odds >= 0 ? 1 : 0;
            figures.wrong += !is_right && hit.log_odds >= 0 ? 1 : 0;
        }
        figures.found_first += !hits.empty() && hits.front().person == wanted ? 1 : 0;
    }
    return figures;
}

} // namespace

std::vector<TraditionFigures> try_fairness(const NameClasses& classes, const Model& model, const FairnessTrial& trial)
{
    auto groups = groups_of(trial);
    SearchIndex index(classes, model);
    fill(index, groups, trial);
    std::vector<TraditionFigures> figures;
    for (std::size_t i = 0; i < groups.size(); ++i)
        figures.push_back(figures_of(index, static_cast<Tradition>(i), groups[i]));
    return figures;
}

FairnessGap gap_of(std::span<const TraditionFigures> figures)
{
    double best = 0;
    double worst = 1;
    double most_wrong = 0;
    double wrong = 0;
    double searches = 0;
    for (const auto& one : figures) {
        if (one.searches == 0) continue;
        const auto count = static_cast<double>(one.searches);
        best = std::max(best, static_cast<double>(one.found) / count);
        worst = std::min(worst, static_cast<double>(one.found) / count);
        most_wrong = std::max(most_wrong, static_cast<double>(one.wrong) / count);
        wrong += static_cast<double>(one.wrong);
        searches += count;
    }
    const auto mean = searches == 0 ? 0 : wrong / searches;
    return {.recall_gap = std::max(0.0, best - worst), .wrong_ratio = mean == 0 ? 0 : most_wrong / mean};
}

} // namespace reachable::identity
