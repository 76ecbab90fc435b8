// What this capability offers to app/: its case type, its lists, its pages, and the job that finds pairs.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"
#include "records/versions.h"

namespace reachable::matching {

const casework::CaseType& same_person_type();

/// True if somebody of that role decides whether two records are one child.
bool may_decide(accounts::Role role);
/// What an act or a look of this capability is called in a sentence of the log; empty if it is of another.
std::string_view log_words(std::string_view action);

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// /same-person, /same-person/{id} and /children/{id}/same-person
void add_pages(web::Router& router, const derived::Site& site);

/// How many questions wait for this person's organisation, as far as they may see them; counted as lists are. No child
/// is shown and nobody tried to see one, so nothing is written and no keeper is told.
std::size_t count_open_questions(const derived::Site& site, const derived::Visit& visit);

/// What one run of the job did.
struct Found {
    std::size_t looked_at = 0;  // children who are new or changed
    std::size_t opened = 0;     // questions
    std::size_t hurried = 0;    // because one of the two is in custody
    std::size_t asked_anew = 0; // whom nobody could tell a week ago
};
/// Looks for whoever else on record may be the same, of each child stored or changed since the last run, and opens a
/// question for the likely pairs that may be offered, as many as there is room for (waiting.h). Decides none (R-A-01).
/// How far it came is remembered in the database, written with what was found. One run looks at a few children, a few
/// in each write; the next goes on.
Found find_pairs(const casework::Desk& desk, UtcTime now);

std::span<const storage::Migration> migrations();

} // namespace reachable::matching
