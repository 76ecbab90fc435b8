// An invented country of people as they live in the United Kingdom: households, siblings, twins, moves, changes of
// name. The demonstration, tests and benchmarks draw on it. Everybody follows from a seed and a number alone, so that a
// country of twelve million takes no memory. Nobody is real: postcodes begin with areas that do not exist, telephone
// numbers stand in ranges kept for drama or never given out, mail goes to example.org.
#pragma once

#include "identity/country_names.h"

namespace reachable::identity {

struct Inhabitant {
    std::uint32_t number = 0;
    std::uint32_t household = 0; // the number of its first member
    Tradition tradition = Tradition::british;
    SourceName name;                     // the true one, in two boxes; `whole` is empty
    std::vector<SourceName> other_names; // former ones, and the English one beside a Chinese one
    CivilDate born{};
    Sex sex = Sex::female;
    bool is_child = false; // under eighteen on the country's day
    // The newest first. Somebody without a fixed address has an address that says so, and no postcode for it.
    std::vector<std::string> postcodes;
    std::vector<std::string> places;
    std::vector<std::string> addresses;
    std::string phone; // the household's
    std::string email; // empty under thirteen
    std::optional<std::uint32_t> twin_of;
    bool operator==(const Inhabitant&) const = default;
};

/// How many in a thousand households belong to each tradition, in the order of the enumeration.
using TraditionShares = std::array<unsigned, tradition_count>;
constexpr TraditionShares mixed_shares{696, 36, 30, 20, 60, 12, 25, 6, 14, 10, 4, 14, 35, 5, 20, 10, 3};
TraditionShares only(Tradition tradition);

struct CountryOptions {
    std::uint64_t seed = 1;
    std::uint32_t people = 12'000'000;
    double child_share = 0.5;  // of all people; 0 to 1
    double twin_share = 0.015; // of all children
    CivilDate today{std::chrono::year{2026}, std::chrono::January, std::chrono::day{1}};
    TraditionShares shares = mixed_shares;
};

struct Household {
    std::uint32_t first = 0; // the number of its first member; the others follow, adults first, then the eldest child
    std::uint32_t size = 1;
    std::uint32_t adults = 1;
    std::uint32_t twin_at = 0; // the place of the younger twin; 0 for none
    std::uint64_t key = 0;
    Tradition tradition = Tradition::british;
    bool operator==(const Household&) const = default;
};

class Country {
  public:
    explicit Country(const CountryOptions& options);
    /// The same person for the same options and number, whatever was asked before; about a microsecond.
    /// `number` is below `options().people`.
    Inhabitant person(std::uint32_t number) const;
    Household household_of(std::uint32_t number) const;
    const CountryOptions& options() const { return options_; }

  private:
    Household household_at(std::uint32_t first, std::uint32_t size) const;

    CountryOptions options_;
    std::vector<Tradition> traditions_; // a thousand or so, by their shares
    double twin_chance_ = 0;            // of a household of two or more children
};

} // namespace reachable::identity
