#include "identity/country_places.h"

#include <array>

namespace reachable::identity {
namespace {

constexpr std::array<std::string_view, 15> areas{"ZZ", "QX", "VJ", "QJ", "ZQ", "VX", "JQ", "JZ",
                                                 "QZ", "VZ", "XQ", "ZJ", "ZX", "XJ", "VQ"};
constexpr std::string_view unit_letters = "ABDEFGHJLNPQRSTUWXYZ";

constexpr std::array<std::string_view, 20> town_stems{
    "North",   "Eller", "Castle", "Marl",   "Quill", "Thistle", "Harrow", "Wend",   "Amber", "Drift",
    "Kestrel", "Low",   "Millen", "Ottery", "Pell",  "Raven",   "Sallow", "Tarrow", "Umber", "Yarrow",
};
constexpr std::array<std::string_view, 15> town_endings{"mere",   "wick",  "minster", "ford", "by",
                                                        "haven",  "combe", "stow",    "gate", "moor",
                                                        "bridge", "port",  "thwaite", "well", "holt"};
constexpr std::array<std::string_view, 48> street_names{
    "Wharf",      "Station",   "Church",     "Mill",    "Park",        "Victoria", "Albert",    "Queen",
    "King",       "New",       "Green",      "Manor",   "Springfield", "Grange",   "Highfield", "Orchard",
    "Chestnut",   "Beech",     "Oak",        "Elm",     "Cedar",       "Maple",    "Larch",     "Willow",
    "Hawthorn",   "Heron",     "Kingfisher", "Skylark", "Meadow",      "Brook",    "River",     "Bridge",
    "School",     "Chapel",    "Priory",     "Abbey",   "Windsor",     "Balmoral", "Clarence",  "Nelson",
    "Wellington", "Trafalgar", "Foundry",    "Tannery", "Weaver",      "Quarry",   "Furnace",   "Harbour",
};
constexpr std::array<std::string_view, 10> street_kinds{"Road",  "Street", "Lane",  "Avenue", "Close",
                                                        "Drive", "Way",    "Court", "Grove",  "Terrace"};

constexpr std::string_view made_up_range = "0699";

std::string digits(std::size_t value, std::size_t length)
{
    std::string text(length, '0');
    for (auto at = length; at > 0; value /= 10) text[--at] = static_cast<char>('0' + value % 10);
    return text;
}

} // namespace

std::string postcode(std::uint32_t index)
{
    const auto unit = index % 400;
    const auto sector = index / 400 % 10;
    const auto district = index / 4000 % 20 + 1;
    std::string text{areas[index / 80'000 % areas.size()]};
    if (district >= 10) text += static_cast<char>('0' + district / 10);
    text += static_cast<char>('0' + district % 10);
    text += ' ';
    text += static_cast<char>('0' + sector);
    text += unit_letters[unit / 20];
    text += unit_letters[unit % 20];
    return text;
}

std::string place_of(std::uint32_t postcode_index)
{
    const auto district = postcode_index / postcodes_in_district;
    std::string text{town_stems[district % town_stems.size()]};
    return text.append(town_endings[district / town_stems.size() % town_endings.size()]);
}

std::string street_address(std::uint32_t postcode_index, std::uint32_t house)
{
    const auto drawn = stirred(0x57E7, postcode_index);
    std::string text = std::to_string(house);
    text += ' ';
    text += street_names[drawn % street_names.size()];
    text += ' ';
    return text.append(street_kinds[(drawn >> 32U) % street_kinds.size()]);
}

std::string site_address(std::uint32_t postcode_index, std::uint32_t plot)
{
    std::string text = "Plot " + std::to_string(plot) + ", ";
    return text.append(street_names[stirred(0x517E, postcode_index) % street_names.size()]).append(" Field Site");
}

std::string phone_number(QuickRandom& random)
{
    const auto range = random.below(100);
    const auto number = random.below(10'000'000);
    if (range < 3) return "01632 960" + digits(number % 1000, 3);
    if (range < 6) return "07700 900" + digits(number % 1000, 3);
    auto text = std::string(made_up_range) + digits(number, 7);
    text.insert(5, 1, ' ');
    return text;
}

bool is_made_up_range(std::string_view phone)
{
    return phone.starts_with(made_up_range);
}

} // namespace reachable::identity
