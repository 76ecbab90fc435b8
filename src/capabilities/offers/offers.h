// What this capability offers to app/: its case type, its lists, its pages, and the offer that other capabilities open
// through app/consequences.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::offers {

const casework::CaseType& offer_type();

/// True if somebody of that role sees offers of their team or their authority.
bool sees_offers(accounts::Role role);
/// Whose offers stand on the list of somebody of that role.
casework::Whose whose_offers(accounts::Role role);

/// What an act or a look of this capability is called in a sentence of the log; empty if it is of another.
std::string_view log_words(std::string_view action);

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// /offers and /offers/{id}.
void add_pages(web::Router& router, const derived::Site& site);

/// On the page of a detention: that the child was offered support since they came, and how that ended; nothing of what
/// was offered or said. Decided as the look at the detention is, and noted in the log. Nothing if there is none.
web::Html offers_beside(const derived::Site& site, const derived::Visit& visit, const casework::Seen& detention);

/// A moment at which a child can be reached (4.D): it opens an offer, or the one that stands learns of it. Where the
/// doors refuse, the refusal stands in the log and nothing else is held up by it.
struct Moment {
    ChildId child;
    std::string because; // the service's own words
    bool is_at_risk = false;
    AgencyId force; // on whose side it came about; none: on the authority's
    TeamId team;
    AgencyId authority = {}; // none: not known yet
    TeamId desk = {};
};
void offer_support(const casework::Desk& desk, storage::Transaction& transaction, const Moment& moment, UtcTime now);

} // namespace reachable::offers
