// The page of a child (capability A, the reader's side): the child's own words first, what is due and who owes it, the
// flags, and what happened, newest first, on one chronology that can be printed. It gathers what each case shows this
// reader, and nothing else: a case that is not open to them leaves no gap and no count (R-A-09).
#pragma once

#include "app/service.h"

namespace reachable::app {

/// GET /children/{id}. `?until=2026-10-28` stops the chronology at the end of that day.
void add_child_page(web::Router& router, const Service& service);

} // namespace reachable::app
