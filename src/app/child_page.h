// The page of a child (capability A, the reader's side): the child's own words first, what is due and who owes it, the
// flags, the newest of what happened, what helps, and whom to ring. It gathers what each case shows this reader, and
// nothing else: a case that is not open to them leaves no gap and no count (R-A-09).
#pragma once

#include "app/service.h"

namespace reachable::app {

/// GET /children/{id}. `?as_of=2026-10-28T16:00` shows it as it stood then (as_of.h).
void add_child_page(web::Router& router, const Service& service);

} // namespace reachable::app
