// How ids, times and codes of this room stand in a column, and how they are read back.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "storage/database.h"

namespace reachable::accounts {

template <class Kind>
storage::Value column(const Id<Kind>& id)
{
    return Bytes(id.bytes.begin(), id.bytes.end());
}
inline storage::Value column(UtcTime time)
{
    return to_seconds(time);
}
inline storage::Value column(std::string_view text)
{
    return std::string(text);
}
/// A hash, or any other run of bytes.
inline storage::Value column(std::span<const std::uint8_t> bytes)
{
    return Bytes(bytes.begin(), bytes.end());
}

template <class AnId>
AnId id_in(const storage::Row& row, std::size_t index)
{
    AnId id;
    const Bytes& bytes = row.bytes(index);
    CHECK(bytes.size() == id.bytes.size(), "An id column holds something else");
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}
inline UtcTime time_in(const storage::Row& row, std::size_t index)
{
    return from_seconds(row.integer(index));
}

/// What a stored code stands for; one that this program never wrote is a Bug.
template <class T>
T known(Result<T> result)
{
    CHECK(result.has_value(), "The database holds a code that this program does not know");
    return std::move(*result);
}

} // namespace reachable::accounts
