// Pieces that the pages of profiles share.
#pragma once

#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/prose.h"

namespace reachable::profiles {

using casework::Seen;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::FormState;
using web::Html;
using web::Page;

std::string address_of(CaseId id);
/// What the child is told of the profile, as it stands on that day.
Html words_for_the_child(const Site& site, CivilDate day);
/// /profiles/new.
void add_opening_pages(web::Router& router, const Site& site);
/// /profiles/{id}/photograph, and the form that puts one in.
void add_photograph_pages(web::Router& router, const Site& site);

} // namespace reachable::profiles
