// A place where a child lives, stays, goes, or was found: a home, a flat, a station, a street corner. Where it lies,
// and in whose area.
#pragma once

#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

/// A point on the map (WGS 84), in millionths of a degree: about 11 cm.
struct Coordinates {
    std::int64_t latitude_microdegrees = 0;
    std::int64_t longitude_microdegrees = 0;
    bool operator==(const Coordinates&) const = default;
};
/// As the crow flies, on a sphere: right to half a per cent.
std::int64_t metres_between(const Coordinates& a, const Coordinates& b);

struct Place {
    PlaceId id;
    std::string kind; // home, placement, school, station, street, flat, park, shop, online
    std::string name; // "Castle Street custody"
    std::string lines;
    std::string postcode;
    std::optional<Coordinates> coordinates;
    std::string authority_area; // GSS code of the local authority, "E06000001"; "" when not known
    std::string force_area;     // GSS code of the police force area, "E23000001"
    Source source;
    bool operator==(const Place&) const = default;
};

Json to_json(const Place& place);
/// Refuses, all at once and by member: what cannot be read, a place with neither name nor address nor coordinates,
/// coordinates off the globe, and a code that is no GSS code of England or Wales.
Result<Place> place_from(const Json& json);

/// As `store_version`; refuses a place without an id and what `place_from` refuses.
Result<std::int64_t> store_place(storage::Transaction& transaction, const Place& place, std::int64_t expected_version,
                                 const Change& change);
/// The newest version, or the one that was newest at that moment.
std::optional<Stored<Place>> find_place(storage::Transaction& transaction, PlaceId id,
                                        std::optional<UtcTime> as_at = std::nullopt);

} // namespace reachable::records
