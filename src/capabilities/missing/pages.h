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
/// A form of an action with a page of its own: sent, or shown again with its problems.
using FormPage = std::function<Result<Page>(const FormState& state)>;
Result<Outcome> take_form(const Site& site, const Visit& visit, const web::Fields& form, std::string_view action,
                          const FormPage& again);
/// The places of an episode, and the children who are missing with the child, as far as they are open to the reader.
Html places_of(const Site& site, const Episode& episode);
Html missing_with(const Site& site, const Visit& visit, const Episode& episode);
/// R-B-08: a report that is made from the episode of a child whom they are with; the two are linked when it is sent.
Html linked_when_sent(const Site& site, const Visit& visit, const FormState& state);
Result<> fill_from_the_other_child(const Site& site, const Visit& visit, web::Fields& values);
Result<> link_when_sent(const Site& site, const Visit& visit, const web::Fields& sent, CaseId reported);
Page not_linked_page(CaseId reported, const Problems& problems);
/// The forms that ask for a place, and for the episode of another child.
void add_together_pages(web::Router& router, const Site& site);
/// /children/{id}/episodes.
void add_episodes_page(web::Router& router, const Site& site);
/// Children of whom whoever reports need not write the name: on their own list, or in their care by a profile.
struct ChildToReport {
    ChildId child;
    std::string name;
    bool has_profile = false;
};
std::vector<ChildToReport> children_to_report(const Site& site, const Visit& visit);
/// True if that team keeps a profile of the child.
bool is_kept_by(storage::Transaction& transaction, ChildId child, TeamId team);
/// Whoever takes a call asks whether a profile of the child is kept, and is told that and no more.
bool is_profile_kept(const Site& site, const Visit& visit, ChildId child, const std::string& key);
/// The profile, for whoever looks for the child now; nothing if there is none that they may see.
Html profile_of_the_child(const Site& site, const Visit& visit, const Seen& episode);

/// The calls from the reporter's number that ended before a report and are joined to none.
Html earlier_calls(const Site& site, const Visit& visit, const Seen& episode);
/// What was sent of the form becomes the note of a call that ended; gives the address of it.
Result<std::string> note_ended_call(const Site& site, const Visit& visit, const web::Fields& sent, Json began);
/// A report that a call led to ends the ringing back.
void join_the_call(const Site& site, const Visit& visit, std::string_view call, CaseId episode);
/// Fills the form with what the call named by "call" in the address told.
void fill_from_the_call(const Site& site, const Visit& visit, web::Fields& values);
/// /missing/calls.
void add_call_pages(web::Router& router, const Site& site);
/// The receipt, to be read out.
Html receipt_to_read_out(const Site& site, CaseId id, UtcTime now);

/// A list of all organisations of that kind but one, for a field that names one: "force", or "places-area" of a part.
Html agency_choice(const Site& site, const FormState& state, std::string_view name, accounts::AgencyKind kind,
                   bool is_required = true, AgencyId but = {});
/// /missing/report and /missing/absence.
void add_report_pages(web::Router& router, const Site& site);
/// The forms of acts that name a force, an authority or another episode.
void add_naming_pages(web::Router& router, const Site& site);
/// /missing/handover.
void add_board_handover(web::Router& router, const Site& site);
/// /missing.
void add_board(web::Router& router, const Site& site);

} // namespace reachable::missing
