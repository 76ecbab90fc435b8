// Sets to try a matcher on: twins and siblings, who must stay apart, and people written down twice, who must be found.
#pragma once

#include "identity/country_errors.h"

namespace reachable::identity {

struct Relatives {
    Inhabitant elder;
    Inhabitant younger;
};
/// Twins of the country: one household, family and day of birth, different given names. Fewer than `count` where the
/// country has no more. The search starts at a place drawn from `random`, so that two sets differ.
std::vector<Relatives> twins(const Country& country, std::size_t count, Random& random);
/// Children of one household born at different times, next to each other in age.
std::vector<Relatives> siblings(const Country& country, std::size_t count, Random& random);

struct MatchedPair {
    Inhabitant person;
    SourceRecord original; // without any error
    SourceRecord again;    // with the errors asked for
};
/// People of one tradition, `count` of them, each written down twice. The same errors for every tradition make the sets
/// comparable: what a matcher finds less of in one of them is its own doing.
std::vector<MatchedPair> matched_pairs(Tradition tradition, std::size_t count, const ErrorModel& errors,
                                       std::uint64_t seed);

} // namespace reachable::identity
