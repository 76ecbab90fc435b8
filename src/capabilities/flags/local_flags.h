// What the own system of a force or an authority marks its children with, as its feed carries it. A code that is mapped
// to a national one proposes that flag, once; one that is not is kept until somebody maps it. What a person decided
// about a flag is never changed by a feed (R-C-07).
#pragma once

#include "casework/desk.h"
#include "identity/feed.h"

namespace reachable::flags {

/// Takes in what a row of a feed carries, in the transaction of its batch. Sent again, it says nothing new; what the
/// row carries no more is noted as that. Without a child (a dry run) it only counts.
identity::LocalFlagCounts take_local_flags(const casework::Desk& desk, storage::Transaction& transaction,
                                           const identity::LocalFlagsSent& sent, UtcTime now);

/// Proposes the flags of what was carried before its code was mapped, as long as it is still carried: for the start of
/// the service with a new list. Gives how many.
std::size_t take_up_local_flags(const casework::Desk& desk, storage::Transaction& transaction, UtcTime now);

/// A code of a system, over all children of that agency.
struct LocalCodeUse {
    AgencyId agency;
    std::string system;
    std::string code;
    std::int64_t children = 0; // who are marked with it now
    UtcTime first_seen{};
    UtcTime last_seen{};
};
/// Of that agency, or of all (none), by agency, system and code. No child is named by it; small counts are for whoever
/// shows it to hide.
std::vector<LocalCodeUse> local_codes_used(storage::Transaction& transaction, AgencyId agency);

} // namespace reachable::flags
