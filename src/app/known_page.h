// Who knew what, and when (G-15): for whoever accounts for looks at a child's record. It tells from the log, and from
// nothing else, what was recorded about a child and when the people of one agency were first shown it.
//
// Of one role of the agency it also tells what they could have been shown had they asked, by the rules of that moment
// (could_see.h).
#pragma once

#include "app/service.h"
#include "audit/log.h"

namespace reachable::app {

/// Decides and records that the log is read, before any of it is (in audit_pages.cpp).
Result<> note_reading(const Service& service, const derived::Visit& visit, std::string_view action, ChildId child = {});

/// True if whoever did `look` was shown by it what `act` had recorded: the same case, with something of it; of a flag
/// any look at the child that showed the safety summary. An act shows a case to whoever does it.
bool was_shown_by(const audit::Entry& look, const audit::Entry& act);

/// GET /children/{id}/known, with `agency`, `role` and `as_of`.
void add_known_page(web::Router& router, const Service& service);

} // namespace reachable::app
