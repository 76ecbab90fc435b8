#include "identity/country_pairs.h"

namespace reachable::identity {
namespace {

/// Goes once around the country, household by household, and keeps the pairs that `pair_of` finds: the place of the
/// younger in the household, or 0 for none.
template <class PairOf>
std::vector<Relatives> collected(const Country& country, std::size_t count, Random& random, PairOf pair_of)
{
    std::vector<Relatives> found;
    const auto people = country.options().people;
    const auto start = country.household_of(static_cast<std::uint32_t>(random.below(people))).first;
    for (std::uint64_t gone = 0, at = start; gone < people && found.size() < count;) {
        const auto household = country.household_of(static_cast<std::uint32_t>(at));
        const auto younger = household.first + pair_of(household);
        if (younger != household.first && younger < people)
            found.push_back({country.person(younger - 1), country.person(younger)});
        gone += household.size;
        at = household.first + household.size;
        if (at >= people) at = 0;
    }
    return found;
}

} // namespace

std::vector<Relatives> twins(const Country& country, std::size_t count, Random& random)
{
    return collected(country, count, random, [](const Household& household) { return household.twin_at; });
}

std::vector<Relatives> siblings(const Country& country, std::size_t count, Random& random)
{
    return collected(country, count, random, [&](const Household& household) -> std::uint32_t {
        const auto children = household.size - household.adults;
        if (children < 2) return 0;
        const auto younger = household.adults + static_cast<std::uint32_t>(random.between(1, children - 1));
        return younger == household.twin_at ? 0 : younger;
    });
}

std::vector<MatchedPair> matched_pairs(Tradition tradition, std::size_t count, const ErrorModel& errors,
                                       std::uint64_t seed)
{
    const Country country({.seed = seed, .shares = only(tradition)});
    Random random(stirred(seed, 0x9A125));
    std::vector<MatchedPair> pairs;
    pairs.reserve(count);
    // Far from each other, so that a set holds people rather than families.
    const auto step = static_cast<std::uint32_t>(
        std::max<std::size_t>(1, country.options().people / std::max<std::size_t>(1, count)));
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = static_cast<std::uint32_t>((i * step + random.below(step)) % country.options().people);
        auto person = country.person(number);
        auto original = write_down(person, "original", ErrorModel{}, random);
        auto again = write_down(person, "again", errors, random);
        pairs.push_back({std::move(person), std::move(original), std::move(again)});
    }
    return pairs;
}

} // namespace reachable::identity
