// Missing now by force, as it may be told: what is held back is not in it.
#pragma once

#include "accounts/accounts.h"
#include "base/small_counts.h"
#include "capabilities/measures/figures.h"
#include "lists/lists.h"
#include "web/html.h"

namespace reachable::measures {

/// One force of this service.
struct ForceNow {
    accounts::Agency force;
    ToldCount away;
    std::vector<ToldCount> by_level; // in the order of `levels_counted`, the last: not graded
    std::string longest;             // in words that name no time
};
struct National {
    std::vector<ForceNow> forces; // by name
    ToldCount away;
    std::vector<ToldCount> by_level;
};
/// The codes of the levels, the highest first.
std::vector<std::string> levels_counted(const lists::DatedLists& lists, CivilDate day);
National national_now(storage::Transaction& transaction, const lists::DatedLists& lists, UtcTime now);
/// Everything that the page shows of it.
std::string letters_of(const National& national);

/// One tile a force, drawn here: its number stands in it, and what it means in words beside the picture.
web::Html tile_map(const National& national, const lists::DatedLists& lists, CivilDate day);

} // namespace reachable::measures
