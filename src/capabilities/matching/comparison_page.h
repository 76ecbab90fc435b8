// One question as a page shows it: both records side by side, who says what, the reasons, and what may be decided.
#pragma once

#include "capabilities/matching/same_person.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/prose.h"

namespace reachable::matching {

using casework::Seen;
using derived::Site;
using derived::Visit;
using web::heading;
using web::Html;
using web::Page;
using web::paragraph;

/// The actions that decide, in the order in which a form offers them.
inline constexpr std::string_view decisions[] = {"same", "confirm_same", "different", "cannot_tell"};

std::string address_of(CaseId id);
std::string name_of(const std::optional<records::Child>& child);
/// As far as the policy showed it: what it holds back has been taken out of `seen`.
Html comparison(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state);

} // namespace reachable::matching
