// Pieces that the pages of encounters share.
#pragma once

#include "capabilities/encounters/encounter.h"
#include "capabilities/encounters/encounters.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/prose.h"

namespace reachable::encounters {

using casework::Seen;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::FormState;
using web::Html;
using web::Page;

std::string address_of(CaseId id);
/// Which local authority is told: a list of all.
Html authority_choice(const Site& site, const FormState& state);
/// /encounters/new.
void add_recording_pages(web::Router& router, const Site& site);

} // namespace reachable::encounters
