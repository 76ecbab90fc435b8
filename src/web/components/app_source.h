// Where a fact comes from: which agency, when, and how they know. A part that is not recorded is said to be so.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

struct AppSource {
    Text agency = {};
    Text date = {};         // "14 March 2025"
    Text how_known = {};    // "told us", "seen", "inferred"
    Text freshness = {};    // "8 months old", for what is older than 90 days
    Text label = "Source:"; // read out before it
};
Html render(const AppSource& source);

} // namespace reachable::web
