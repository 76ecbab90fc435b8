// What this capability offers to app/: its case types, its lists, its pages.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::sharing {

const casework::CaseType& emergency_type();
const casework::CaseType& restriction_type();
const casework::CaseType& allocation_type();
const casework::CaseType& opening_type();
const casework::CaseType& enforcement_type();
std::vector<const casework::CaseType*> types();

/// True if somebody of that role may open a case of that type at all.
bool may_begin(std::string_view type, accounts::Role role);

/// What an act or a look of this capability is called in the log: "opened the record in an emergency"; empty if it is
/// of another.
std::string_view log_words(std::string_view action);
/// The same of what was refused, behind "tried to".
std::string_view log_words_refused(std::string_view action);

/// R-P-07: "the standing duty contact is always shown on every no-match page, so nothing is revealed".
web::Html standing_contact(const derived::Site& site, const derived::Visit& visit);

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// Shows the second factor afresh: refused in words when the code is not right.
using ProveAgain = std::function<Result<>(const derived::Visit&, std::string_view code)>;
void add_pages(web::Router& router, const derived::Site& site, ProveAgain prove_again);

/// What stands in the ties and is not what their cases prove, or the other way round: a sentence each. The cases are
/// signed for; the ties follow from them.
std::vector<std::string> ties_that_differ(storage::Transaction& transaction);

/// The requests for immigration enforcement of one quarter, as published: "2026 Q4".
struct EnforcementCount {
    std::string quarter;
    std::size_t received = 0;
    std::size_t refused = 0;
};
/// All quarters with a request, newest first. Counts of requests made to agencies; no count of children.
std::vector<EnforcementCount> enforcement_counts(storage::Transaction& transaction);

} // namespace reachable::sharing
