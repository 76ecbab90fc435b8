// The pages that follow from the declarations: everything recorded of a case with its versions, and a form for every
// action that has no page of its own.
#pragma once

#include "derived/site.h"

namespace reachable::derived {

/// Adds /cases/{type}/{id} (?version=) and /cases/{type}/{id}/{action} for each type. `home_of` gives where a finished
/// form leads: the capability's own page of the case.
void add_derived_pages(web::Router& router, const Site& site, std::string (*home_of)(std::string_view type, CaseId id));

} // namespace reachable::derived
