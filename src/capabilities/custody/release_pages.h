// What other pages show of how a child left custody.
#pragma once

#include "capabilities/custody/page_parts.h"

namespace reachable::custody {

/// For children's services: what custody passed back, and the form in which they say what they do next. Nothing where
/// nothing was passed back. `base`: of the way they came by.
Html what_was_passed_back(const Site& site, const Visit& visit, const Seen& seen, const std::string& base,
                          const derived::FormState& state = {});
/// For custody, on the brief: how far the plan for the release is, and once the child has left, whether children's
/// services were told. Nothing for whoever may do neither.
Html how_the_release_stands(const Site& site, const Visit& visit, const Seen& seen);

} // namespace reachable::custody
