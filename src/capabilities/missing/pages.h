// Pieces that the pages of missing children share.
#pragma once

#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/prose.h"

namespace reachable::missing {

using casework::Seen;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::FormState;
using web::Html;
using web::Page;

std::string address_of(CaseId id);
/// "12 h 05 min": how long the child has been away.
std::string away_words(const Episode& episode, UtcTime now);
/// What that organisation is called.
std::string name_of(const Site& site, AgencyId id);
std::string name_of(storage::Transaction& transaction, AgencyId id);
/// The other open episodes of the child that this visitor may see; each is a look of its own.
std::vector<Seen> others_seen(const Site& site, const Visit& visit, const Seen& seen);
/// A list of all organisations of that kind, for a field that names one: "force", or "places-area" of a part.
Html agency_choice(const Site& site, const FormState& state, std::string_view name, accounts::AgencyKind kind);
/// A form of an action with a page of its own: sent, or shown again with its problems.
using FormPage = std::function<Result<Page>(const FormState& state)>;
Result<Outcome> take_form(const Site& site, const Visit& visit, const web::Fields& form, std::string_view action,
                          const FormPage& again);
/// The places of an episode, and the children who are missing with the child, as far as they are open to the reader.
Html places_of(const Site& site, const Episode& episode);
Html missing_with(const Site& site, const Visit& visit, const Episode& episode);
/// The forms that ask for a place, and for the episode of another child.
void add_together_pages(web::Router& router, const Site& site);
/// /children/{id}/episodes.
void add_episodes_page(web::Router& router, const Site& site);
/// /missing/report and /missing/absence.
void add_report_pages(web::Router& router, const Site& site);
/// The forms of acts that name a force, an authority or another episode.
void add_naming_pages(web::Router& router, const Site& site);
/// /missing/handover.
void add_board_handover(web::Router& router, const Site& site);
/// /missing.
void add_board(web::Router& router, const Site& site);

} // namespace reachable::missing
