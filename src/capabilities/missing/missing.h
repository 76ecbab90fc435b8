// Children who are missing: episodes, and what is due about them. The reader's words for it stand in README.md.
#pragma once

#include "casework/declare.h"
#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::missing {

const casework::CaseType& episode_type();

/// True if somebody of that role takes or makes a report.
bool may_report(accounts::Role role);
/// True if somebody of that role looks for missing children.
bool looks_for_children(accounts::Role role);
/// True if somebody of that role answers for the authority that is told of them.
bool is_told_of_the_missing(accounts::Role role);

/// What an act or a look of this capability is called in a sentence of the log; empty if it is of another.
std::string_view log_words(std::string_view action);
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();
/// /missing, /missing/report, /missing/absence, /missing/{id}, /missing/triggers.
void add_pages(web::Router& router, const derived::Site& site);

/// The episode of the child, by any record of theirs, in which they are looked for now.
struct Open {
    CaseId id;
    UtcTime began{};
    AgencyId force;
    TeamId team;
};
std::optional<Open> open_episode_of(storage::Transaction& transaction, ChildId child);
/// Opens the episode of an absence that nobody reported, because the police met the child far away or with others
/// (scenario 1). A refusal has its entry in the log, and holds up nothing else.
struct MetByThePolice {
    ChildId child;
    UtcTime at{};
    std::string where;
    std::string distance;
    std::vector<std::string> signs;
    AgencyId force;
    AgencyId authority;
    TeamId desk;
};
void open_because_met(const casework::Desk& desk, storage::Transaction& transaction, const MetByThePolice& met,
                      UtcTime now);

/// What stands out in the absences of that one record of a child now: codes of missing.triggers.
std::vector<std::string_view> stands_out(storage::Transaction& transaction, ChildId child, UtcTime now);

/// The system that sent the episode says that duties follow from it here, and the child is back: the interview that is
/// owed. `is_the_newest`: no later absence of the child is known.
struct SentReturn {
    bool is_owed = false;
    bool is_the_newest = true;
};
SentReturn return_as_sent(storage::Transaction& transaction, const casework::CaseHead& episode);

/// The tables beside the episodes (absences.h), which every act keeps: those of `acts_of_people` by this, those about
/// what a system sent by themselves.
std::span<const storage::Migration> migrations();
std::vector<std::string_view> acts_of_people();
void note_absence(storage::Transaction& transaction, const casework::CaseHead& episode);
/// Notes the episodes of before there were such tables, once.
void note_absences_of_before(storage::Database& database);

/// Where the ties of children, or when they were away, and what the episodes say differ; each a sentence.
std::vector<std::string> ties_that_differ(storage::Transaction& transaction);

/// True if the child is back, as the episode stands.
bool is_over(const casework::CaseHead& episode);

/// What the return of the child asks of others: who answers for the interview (R-B-03).
struct Returned {
    ChildId child;
    UtcTime at{};
    AgencyId force;
    TeamId team;
    AgencyId authority;
    TeamId desk;
};
Returned return_of(storage::Transaction& transaction, const casework::CaseHead& episode);

} // namespace reachable::missing
