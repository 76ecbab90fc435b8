// How texts, hashes and codes of this room stand in a column, and how they are read back.
#pragma once

#include "storage/columns.h"

namespace reachable::accounts {

using storage::id_at;
using storage::time_at;
using storage::to_value;

inline storage::Value to_value(std::string_view text)
{
    return std::string(text);
}
/// A hash, or any other run of bytes.
inline storage::Value to_value(std::span<const std::uint8_t> bytes)
{
    return Bytes(bytes.begin(), bytes.end());
}

/// What a stored code stands for; one that this program never wrote is a Bug.
template <class T>
T known(Result<T> result)
{
    CHECK(result.has_value(), "The database holds a code that this program does not know");
    return std::move(*result);
}

} // namespace reachable::accounts
