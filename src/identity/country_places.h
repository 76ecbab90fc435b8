// Where the people of the invented country live and how to reach them. Nothing here exists.
#pragma once

#include "identity/country_random.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace reachable::identity {

/// 15 areas of 20 districts, 10 sectors and 400 units.
constexpr std::uint32_t postcode_count = 15 * 20 * 10 * 400;
constexpr std::uint32_t postcodes_in_district = 10 * 400;

/// "QX14 3BD". No area of the Royal Mail starts with these letters.
std::string postcode(std::uint32_t index);
/// The town of a postcode; a district lies in one town.
std::string place_of(std::uint32_t postcode_index);
/// "12 Wharf Lane": every postcode is one street.
std::string street_address(std::uint32_t postcode_index, std::uint32_t house);
/// "Plot 4, Harrow Field Site"
std::string site_address(std::uint32_t postcode_index, std::uint32_t plot);
constexpr std::string_view no_fixed_address = "No fixed address";

/// Eleven digits with a space. A few stand in the ranges that Ofcom keeps for drama, which hold two thousand numbers;
/// the rest begin with 0699, which is not in use, because a country needs more.
std::string phone_number(QuickRandom& random);
bool is_made_up_range(std::string_view phone);

} // namespace reachable::identity
