// The pages that follow from the declarations: everything recorded of a case with its versions, and a form for every
// action that has no page of its own.
#pragma once

#include "derived/site.h"

namespace reachable::derived {

/// Adds /cases/{type}/{id} (?version=) and /cases/{type}/{id}/{action} for each type. A finished form leads home; where
/// that is the first of these pages, it offers what may be done now.
void add_derived_pages(web::Router& router, const Site& site);

} // namespace reachable::derived
