// What building and searching the index share: values as small numbers.
#pragma once

#include "identity/population.h"

namespace reachable::identity {

/// Stands in the place of a person whose rows were removed.
constexpr std::uint32_t nobody = 0xFFFFFFFFU;
/// One more than the largest `born_value`.
constexpr std::size_t most_dates = (2150 - 1850 + 1) * 13 * 32 + 64;

constexpr std::uint16_t short_hash(WordId word)
{
    return static_cast<std::uint16_t>(word * 0x9E3779B1U >> 16U);
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
