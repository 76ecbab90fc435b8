// Pieces that the pages of flags share.
#pragma once

#include "capabilities/flags/flags.h"
#include "capabilities/flags/summary.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/prose.h"

namespace reachable::flags {

using casework::Seen;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::FormState;
using web::heading;
using web::Html;
using web::link;
using web::Page;
using web::paragraph;

/// The flags of a child whom this person looks at by the child's own record, with those that they proposed or own.
ShownFlags flags_of_child(const Site& site, const Visit& visit, ChildId child, std::string_view page);
Result<ChildId> child_in(const Visit& visit);
std::string address_of_child(ChildId child, std::string_view rest = {});

void add_child_pages(web::Router& router, const Site& site);
void add_owner_pages(web::Router& router, const Site& site);
void add_concern_pages(web::Router& router, const Site& site);

} // namespace reachable::flags
