// The timeline of a child (capability A, the reader's side): what happened and what agencies did, by agency, kind and
// year, as it stands now or stood on an earlier day; on paper it is a chronology with numbered pages.
#pragma once

#include "app/as_of.h"
#include "app/service.h"
#include "app/timeline.h"
#include "capabilities/flags/summary.h"
#include "casework/search.h"

namespace reachable::app {

/// A child whom a reader has looked at, now or as of then, with the flags that stood. Who the child is, is told as it
/// stands now: a name that a child has left behind is not brought back by looking at an earlier day.
struct LookedAtChild {
    casework::SeenChild seen;
    flags::ShownFlags flags;
    std::optional<AsOf> as_of;

    ChildId id() const { return seen.child.id; }
    UtcTime then(UtcTime now) const { return as_of ? as_of->at : now; }
};
/// Looks, which the log notes: "page", and "page_then" for an earlier day. Refuses a moment that is none, whoever the
/// child is, and a child who is not open to this visitor.
Result<LookedAtChild> look_at_child_of(const Service& service, const derived::Visit& visit, std::string_view page);

/// What the flags tell: each proposed, standing, disputed and removed, in the words that the safety summary shows.
std::vector<TimelineEntry> entries_of_flags(const flags::ShownFlags& shown);
/// The entries as a list, the newest first, each with a heading of that level.
web::Html timeline_of(const SeenTimeline& seen, ChildId child, int heading_level);
/// "2 more entries of these records are not open to you"; nothing where nothing is counted.
web::Html withheld_words(std::size_t withheld);

/// GET /children/{id}/timeline, with `agency`, `kind`, `year`, `as_of`, `page`, and `all=1` for one long page.
void add_timeline_page(web::Router& router, const Service& service);

} // namespace reachable::app
