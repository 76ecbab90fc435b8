#include "records/place.h"

#include "base/text.h"
#include "records/document.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace reachable::records {
namespace {

constexpr double earth_radius_metres = 6'371'008.8; // mean radius, IUGG
constexpr std::int64_t microdegrees = 1'000'000;

RecordRef ref(PlaceId id)
{
    return {RecordKind::place, id.bytes};
}

double radians(std::int64_t angle_microdegrees)
{
    return static_cast<double>(angle_microdegrees) / microdegrees * std::numbers::pi / 180;
}

/// "E06000001": the letter of the country, two digits for the kind of area and six for the area.
bool is_gss_code(std::string_view code)
{
    return code.size() == 9 && (code[0] == 'E' || code[0] == 'W') &&
           std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Coordinates> read_coordinates(DocumentReader& document)
{
    const auto latitude = document.number("latitude_microdegrees");
    const auto longitude = document.number("longitude_microdegrees");
    if (!latitude && !longitude) return std::nullopt;
    const Coordinates point{latitude.value_or(0), longitude.value_or(0)};
    if (!latitude || std::abs(point.latitude_microdegrees) > 90 * microdegrees)
        document.add(ProblemKind::malformed, "Give the latitude, between -90 and 90 degrees", "latitude_microdegrees");
    if (!longitude || std::abs(point.longitude_microdegrees) > 180 * microdegrees)
        document.add(ProblemKind::malformed, "Give the longitude, between -180 and 180 degrees",
                     "longitude_microdegrees");
    return point;
}

void check(const Place& place, DocumentReader& document)
{
    if (trim(place.name).empty() && trim(place.lines).empty() && !place.coordinates)
        document.add(ProblemKind::missing, "Say where the place is: its name, its address or a point on the map",
                     "name");
    for (const auto& [field, code] :
         {std::pair{"authority_area", &place.authority_area}, {"force_area", &place.force_area}})
        if (!code->empty() && !is_gss_code(*code))
            document.add(ProblemKind::malformed, "Give the area as a GSS code of England or Wales, such as E06000001",
                         field);
}

} // namespace

std::int64_t metres_between(const Coordinates& a, const Coordinates& b)
{
    const double rise = std::sin(radians(b.latitude_microdegrees - a.latitude_microdegrees) / 2);
    const double turn = std::sin(radians(b.longitude_microdegrees - a.longitude_microdegrees) / 2);
    const double shrink = std::cos(radians(a.latitude_microdegrees)) * std::cos(radians(b.latitude_microdegrees));
    const double chord = std::clamp(rise * rise + shrink * turn * turn, 0.0, 1.0);
    return std::llround(2 * earth_radius_metres * std::asin(std::sqrt(chord)));
}

Json to_json(const Place& place)
{
    DocumentWriter document;
    document.id("id", place.id);
    document.text("kind", place.kind);
    document.text("name", place.name);
    document.text("lines", place.lines);
    document.text("postcode", place.postcode);
    if (place.coordinates) {
        document.number("latitude_microdegrees", place.coordinates->latitude_microdegrees);
        document.number("longitude_microdegrees", place.coordinates->longitude_microdegrees);
    }
    document.text("authority_area", place.authority_area);
    document.text("force_area", place.force_area);
    document.part("source", place.source);
    return document.take();
}

Result<Place> place_from(const Json& json)
{
    DocumentReader document(json);
    Place place{.id = document.id<PlaceId>("id"),
                .kind = document.text("kind"),
                .name = document.text("name"),
                .lines = document.text("lines"),
                .postcode = document.text("postcode"),
                .coordinates = read_coordinates(document),
                .authority_area = document.text("authority_area"),
                .force_area = document.text("force_area"),
                .source = document.part("source", read_source)};
    check(place, document);
    return document.give(std::move(place));
}

Result<std::int64_t> store_place(storage::Transaction& transaction, const Place& place, std::int64_t expected_version,
                                 const Change& change)
{
    if (place.id.is_none()) return refuse(ProblemKind::missing, "The record has no reference of its own", "id");
    const auto document = to_json(place);
    TRY(place_from(document));
    return store_version(transaction, ref(place.id), document, expected_version, change);
}

std::optional<Stored<Place>> find_place(storage::Transaction& transaction, PlaceId id, std::optional<UtcTime> as_at)
{
    return find_stored<Place>(transaction, ref(id), place_from, as_at);
}

} // namespace reachable::records
