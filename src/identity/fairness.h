// Whether live search serves every naming tradition alike. The same people are written down twice with the same errors
// in each, so that what is found less often in one tradition is the search's own doing. Nobody's ethnicity is inferred:
// the people are invented, and their tradition is how they were made.
#pragma once

#include "identity/country_pairs.h"
#include "identity/search_index.h"

namespace reachable::identity {

struct FairnessTrial {
    std::size_t people_each = 500;  // of every tradition
    std::uint32_t others = 100'000; // of the mixed country, among whom they are looked for
    ErrorModel errors = custody_errors();
    std::uint64_t seed = 1;
};

struct TraditionFigures {
    Tradition tradition = Tradition::british;
    std::size_t searches = 0;
    std::size_t found = 0;       // among the first twenty
    std::size_t found_first = 0; // as the first
    std::size_t likely = 0;      // with even odds or better
    std::size_t wrong = 0;       // others shown with even odds or better
};

/// One line for each tradition, in the order of the enumeration.
std::vector<TraditionFigures> try_fairness(const NameClasses& classes, const Model& model, const FairnessTrial& trial);

/// The two harms: names that are spelt in unusual ways get missed, names that many bear get confused.
struct FairnessGap {
    double recall_gap = 0;  // between the traditions found best and worst among the first twenty, as a share
    double wrong_ratio = 0; // wrong candidates of the worst against the mean of all
};
FairnessGap gap_of(std::span<const TraditionFigures> figures);

} // namespace reachable::identity
