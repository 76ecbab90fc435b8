// A hash as a column of the database holds it.
#pragma once

#include "base/crypto.h"
#include "storage/database.h"

#include <algorithm>

namespace reachable::identity {

/// A column that holds anything else is a Bug.
inline Hash hash_at(const storage::Row& row, std::size_t column)
{
    Hash hash{};
    const auto& bytes = row.bytes(column);
    CHECK(bytes.size() == hash.size(), "a column that should hold a hash does not");
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

} // namespace reachable::identity
