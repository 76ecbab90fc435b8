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
/// A list of all organisations of that kind, for a field that names one.
Html agency_choice(const Site& site, const FormState& state, std::string_view name, accounts::AgencyKind kind);
/// /missing/report and /missing/absence.
void add_report_pages(web::Router& router, const Site& site);
/// /missing/handover.
void add_board_handover(web::Router& router, const Site& site);
/// /missing.
void add_board(web::Router& router, const Site& site);

} // namespace reachable::missing
