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

/// A list of all organisations of that kind, for a field that names one.
Html agency_choice(const Site& site, const FormState& state, std::string_view name, accounts::AgencyKind kind,
                   bool is_required = true);
/// /missing/report and /missing/absence.
void add_report_pages(web::Router& router, const Site& site);
/// /missing.
void add_board(web::Router& router, const Site& site);

} // namespace reachable::missing
