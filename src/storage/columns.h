// How ids and times stand in a column, and how they are read back. Times are seconds since 1970, ids are bytes.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "storage/database.h"

#include <algorithm>
#include <optional>

namespace reachable::storage {

template <class Kind>
Value to_value(const Id<Kind>& id)
{
    return Bytes(id.bytes.begin(), id.bytes.end());
}
inline Value to_value(UtcTime time)
{
    return to_seconds(time);
}
/// Null when there is no such time.
inline Value to_value(const std::optional<UtcTime>& time)
{
    if (!time) return std::monostate{};
    return to_seconds(*time);
}

/// "$1, $2, $3": the places of so many values, for `in (…)`.
inline std::string places(std::size_t count)
{
    std::string all;
    for (std::size_t i = 1; i <= count; ++i) all += (i == 1 ? "$" : ", $") + std::to_string(i);
    return all;
}
template <class Ids>
Values to_values(const Ids& ids)
{
    Values values;
    for (const auto& id : ids) values.push_back(to_value(id));
    return values;
}

/// The id in a column; a column of another size is a Bug.
template <class AnyId>
AnyId id_at(const Row& row, std::size_t column)
{
    AnyId id;
    const auto& bytes = row.bytes(column);
    CHECK(bytes.size() == id.bytes.size(), "a column that should hold an id does not");
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}
/// The ids in a column, row by row.
template <class AnyId>
std::vector<AnyId> ids_at(const auto& rows, std::size_t column)
{
    std::vector<AnyId> ids;
    for (const auto& row : rows) ids.push_back(id_at<AnyId>(row, column));
    return ids;
}
inline UtcTime time_at(const Row& row, std::size_t column)
{
    return from_seconds(row.integer(column));
}
inline std::optional<UtcTime> maybe_time_at(const Row& row, std::size_t column)
{
    if (row.is_null(column)) return std::nullopt;
    return time_at(row, column);
}

} // namespace reachable::storage
