// Pieces that the pages of observations share.
#pragma once

#include "capabilities/observations/observation.h"
#include "capabilities/observations/observations.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/prose.h"

namespace reachable::observations {

using casework::Seen;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::FormState;
using web::Html;
using web::Page;

std::string address_of_observation(CaseId id);
/// /observations/new.
void add_the_form(web::Router& router, const Site& site);

} // namespace reachable::observations
