// The tables of this room: source records as received, the log of decisions, and the people worked out from it.
#pragma once

#include "storage/migrations.h"

namespace reachable::identity {

std::span<const storage::Migration> migrations();

} // namespace reachable::identity
