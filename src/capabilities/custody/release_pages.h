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

/// Children who have left that suite and are still owed something, or of whom something is owed by that desk
/// (`is_asked`): what it is, and the way to do it. Nothing where nothing is owed that the visitor may know of.
Html left_and_owed(const Site& site, const Visit& visit, TeamId team, bool is_asked);
/// The page of a custody officer whose access has ended while their suite owes a pass-back: the form, and of the child
/// only who it is.
Page owed_page(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state);
/// The form in which custody passes back.
Html pass_back_form(const Site& site, const Visit& visit, CaseId id, std::int64_t version,
                    const derived::FormState& state);
/// True if the visitor sees nothing of the conversation but may still pass back.
bool only_owes(const Seen& seen);

} // namespace reachable::custody
