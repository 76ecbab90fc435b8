// Return home interviews. The reader's words for them stand in README.md.
#pragma once

#include "casework/declare.h"
#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::interviews {

const casework::CaseType& interview_type();

/// True if somebody of that role arranges or holds interviews.
bool holds_interviews(accounts::Role role);
/// True if somebody of that role reads what was shared from them.
bool reads_what_is_shared(accounts::Role role);

std::string_view log_words(std::string_view action);
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();
/// /interviews and /interviews/{id}.
void add_pages(web::Router& router, const derived::Site& site);

/// A child is back, or an absence was learnt of: an interview is due (R-B-01). One that is open and not held yet covers
/// it too, so that a child is asked once; one that was not held before is carried over.
struct Due {
    ChildId child;
    CaseId episode;
    UtcTime returned_at{};
    AgencyId authority;
    TeamId desk;
    AgencyId force;
    TeamId team;
    bool is_a_return = true; // and not an absence that was over when it was learnt of
};
void open_because_returned(const casework::Desk& desk, storage::Transaction& transaction, const Due& due, UtcTime now);
/// The child was back from that absence at another time than was known: the time of an interview that waits for it
/// counts from there. Nothing if none waits, or if nothing differs.
void correct_return(const casework::Desk& desk, storage::Transaction& transaction, ChildId child, CaseId episode,
                    UtcTime returned_at, UtcTime now);
/// It was no absence: an interview that waits covers it no more, and ends with that reason where it covers no other.
/// One that was held or declined stays as it is.
void drop_absence(const casework::Desk& desk, storage::Transaction& transaction, ChildId child, CaseId episode,
                  UtcTime now);

} // namespace reachable::interviews
