// The places of an episode: from, to, found; and how far the one lies from the other.
#include "accounts/accounts.h"
#include "base/number.h"
#include "capabilities/missing/episode.h"

#include <algorithm>

namespace reachable::missing {
namespace {

using enum ProblemKind;

constexpr std::int64_t metres_in_a_kilometre = 1000;

/// "-1.54910" in millionths of a degree, between so many degrees.
std::optional<std::int64_t> microdegrees_in(std::string_view text, std::int64_t most_degrees)
{
    constexpr std::size_t decimals = 6;
    text = trim(text);
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    const auto dot = text.find('.');
    auto fraction = dot == std::string_view::npos ? std::string() : std::string(text.substr(dot + 1));
    if (dot != std::string_view::npos && fraction.empty()) return std::nullopt;
    fraction.resize(decimals, '0'); // what is finer than 11 cm is left out
    const auto whole = whole_number<std::uint16_t>(text.substr(0, dot));
    const auto part = whole_number<std::uint32_t>(fraction);
    if (!whole || !part) return std::nullopt;
    const auto value = static_cast<std::int64_t>(*whole) * 1'000'000 + static_cast<std::int64_t>(*part);
    if (value > most_degrees * 1'000'000) return std::nullopt;
    return is_negative ? -value : value;
}

/// The newest place of that role that lies on the map.
std::optional<records::Coordinates> point_of(const Episode& episode, std::string_view role)
{
    std::optional<records::Coordinates> point;
    for (const auto& place : episode.places)
        if (place.role == role && !place.point.empty()) point = point_in(place.point);
    return point;
}

void check_place(const Whereabouts& place, const Context& context, Problems& problems)
{
    if (place.role.empty()) problems.push_back({missing, "Say what this place was to the child", "places-role"});
    if (place.kind.empty())
        problems.push_back({missing, "Say what kind of place it is, or that it is not known", "places-kind"});
    if (place.name.empty()) problems.push_back({missing, "Write which place it is", "places-name"});
    if (!place.point.empty() && !point_in(place.point))
        problems.push_back({malformed, "Write the latitude and the longitude: 53.80110, -1.54910", "places-point"});
    if (place.area.is_none()) return;
    const auto force = accounts::find_agency(context.transaction, place.area);
    if (!force || force->kind != accounts::AgencyKind::police_force)
        problems.push_back({malformed, "Choose the police force from the list", "places-area"});
}

} // namespace

std::optional<records::Coordinates> point_in(std::string_view text)
{
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto latitude = microdegrees_in(text.substr(0, comma), 90);
    const auto longitude = microdegrees_in(text.substr(comma + 1), 180);
    if (!latitude || !longitude) return std::nullopt;
    return records::Coordinates{*latitude, *longitude};
}

/// 4.B, data of an episode: "missing_from: place + type", "travelled_to[], distance_km (computed)", "found_place".
Result<> the_place_is_one(const Episode& episode, const Context& context)
{
    Problems problems;
    for (const auto& place : episode.places)
        if (!place.at) check_place(place, context, problems);
    return refuse_if_any(std::move(problems));
}

Result<> note_place(Episode& episode, const Episode&, Context& context)
{
    for (auto& place : episode.places) {
        if (place.at) continue;
        place.at = context.now;
        if (place.area.is_none()) place.area = episode.force;
    }
    const auto from = point_of(episode, "from");
    const auto until = point_of(episode, "found");
    if (from && until)
        episode.distance_km =
            (records::metres_between(*from, *until) + metres_in_a_kilometre / 2) / metres_in_a_kilometre;
    return {};
}

} // namespace reachable::missing
