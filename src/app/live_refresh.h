// A screen that somebody watches says when it has changed: "a child must not wait because a screen was stale". A page
// says where to ask; its script asks more than once a second whether the page would read otherwise now, and offers to
// read it again. It never does so by itself: somebody may be about to confirm what they have read (R-D-08), or writing.
//
// What is answered is a mark, made from what this person would see and from nothing else: what is closed to them
// changes no mark (P10), and what is closed to them since is answered as if it were not there.
#pragma once

#include "app/service.h"

namespace reachable::app {

/// Of one case: how much of it is shown, its version, its clocks, and the flags of its child that are shown. Nothing
/// for a case that is not open to them. Of this session alone: two people cannot compare their marks.
std::optional<std::string> mark_of_case(const casework::Desk& desk, const accounts::Session& session, CaseId id,
                                        UtcTime now);
/// Of the open cases of their suites, or of their desk, that they may see.
std::string mark_of_queue(const Service& service, const accounts::Session& session, UtcTime now);

/// The mark of the page of counts (/missing/national), made of what it shows this person.
web::LiveMark live_mark_of_counts(const derived::Visit& visit, std::string_view letters);

/// GET /live, /live/counts of the page of counts, and /live/{id} of a case: the mark as plain text. 401 when nobody is
/// signed in any more, 404 when the case is not open to them, which is noted as any other try is. Asking this keeps
/// nobody signed in.
void add_live_pages(web::Router& router, const Service& service);

/// The mark as it stands now, with the address that gives the next: for a page, taken before it reads what it shows.
web::LiveMark live_mark_for(const Service& service, const derived::Visit& visit, std::optional<CaseId> about);

} // namespace reachable::app
