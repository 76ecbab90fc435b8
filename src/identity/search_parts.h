// What building and searching the index share: values as small numbers.
#pragma once

#include "identity/population.h"

namespace reachable::identity {

/// Set in the number of a person whose rows were removed.
constexpr std::uint32_t removed_mark = 0x80000000U;
/// One more than the largest `born_value`.
constexpr std::size_t most_dates = (2150 - 1850 + 1) * 13 * 32 + 64;

constexpr std::uint16_t short_hash(WordId word)
{
    return static_cast<std::uint16_t>(word * 0x9E3779B1U >> 16U);
}

/// Dates of birth from 1900 to 2056 in 16 bits, in their order; 0 where nobody knows.
constexpr std::uint32_t first_short_date = (1900U - 1850U) * 13U * 32U;
constexpr std::uint16_t other_date = 0xFFFFU; // too early or too late to be short
constexpr std::uint16_t short_date(std::uint32_t born)
{
    if (born == 0) return 0;
    if (born <= first_short_date || born - first_short_date >= other_date) return other_date;
    return static_cast<std::uint16_t>(born - first_short_date);
}

// An entry of a list: two small numbers above the row.
constexpr std::uint64_t entry_of(std::uint16_t upper, std::uint16_t lower, std::uint32_t row)
{
    return std::uint64_t{upper} << 48U | std::uint64_t{lower} << 32U | row;
}
constexpr std::uint16_t upper_of(std::uint64_t entry)
{
    return static_cast<std::uint16_t>(entry >> 48U);
}
constexpr std::uint16_t lower_of(std::uint64_t entry)
{
    return static_cast<std::uint16_t>(entry >> 32U);
}
constexpr std::uint32_t row_of(std::uint64_t entry)
{
    return static_cast<std::uint32_t>(entry);
}

std::uint32_t born_number(const std::optional<PartialDate>& born);
BirthDate birth_date(const std::optional<PartialDate>& born);
/// The date that stands behind a `born_value`.
BirthDate date_of(std::uint32_t born);

/// A hash that is never 0, of a text that is not empty; 0 of an empty one.
std::uint32_t hash_of_value(std::string_view text);
std::uint32_t hash_of_identifier(const SourceIdentifier& identifier);
/// The digits, with the country's code as the 0 of home.
std::string digits_only(std::string_view text);

/// A postcode in 32 bits: its outward part above, its inward part below.
std::uint32_t packed_postcode(std::string_view text);
/// level::same, nearly (same sector), partly (same outward part) or different.
std::uint8_t packed_postcode_level(std::uint32_t a, std::uint32_t b);

} // namespace reachable::identity
