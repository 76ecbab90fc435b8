// The routes of this capability, added by sharing.cpp.
#pragma once

#include "capabilities/sharing/sharing.h"

namespace reachable::sharing {

/// /emergency-access and /emergency-access/{child}
void add_emergency_pages(web::Router& router, const derived::Site& site, ProveAgain prove_again);
/// The forms that open a restriction, an allocation, an opening, a request; the lists of those who keep or review them.
void add_heads(const derived::Site& site);
void add_desk_pages(web::Router& router, const derived::Site& site);

} // namespace reachable::sharing
