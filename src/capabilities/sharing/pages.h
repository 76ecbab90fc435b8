// The routes of this capability, added by sharing.cpp.
#pragma once

#include "capabilities/sharing/sharing.h"
#include "derived/forms.h"
#include "web/prose.h"

namespace reachable::sharing {

using derived::FormState;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::heading;
using web::Html;
using web::link;
using web::Page;
using web::paragraph;

/// /emergency-access and /emergency-access/{child}
void add_emergency_pages(web::Router& router, const derived::Site& site, ProveAgain prove_again);
/// The forms that open a restriction, an allocation, an opening, a request; the lists of those who keep or review them.
void add_heads(const derived::Site& site);
void add_desk_pages(web::Router& router, const derived::Site& site);

} // namespace reachable::sharing
