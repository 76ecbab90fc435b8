// Children who are missing: episodes, and what is due about them. The reader's words for it stand in README.md.
#pragma once

#include "casework/declare.h"
#include "derived/site.h"
#include "lists/lists.h"
#include "storage/migrations.h"

namespace reachable::missing {

const casework::CaseType& episode_type();
/// A call that ended before a report.
const casework::CaseType& call_type();

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
/// Refuses receipts whose words lack a place, or are too long for a text.
Result<> check_receipts(const lists::DatedLists& lists);
/// /missing, /missing/report, /missing/absence, /missing/{id}, /missing/triggers, /missing/calls.
void add_pages(web::Router& router, const derived::Site& site);

/// The episode of the child, by any record of theirs, in which they are looked for now.
struct Open {
    CaseId id;
    UtcTime began{};
    AgencyId force;
    TeamId team;
};
std::optional<Open> open_episode_of(storage::Transaction& transaction, ChildId child);
/// Those in which the child is looked for too, by any record of theirs.
std::vector<Open> other_open_episodes_of(storage::Transaction& transaction, ChildId child, CaseId than);
/// Records that were joined may each have one: each force that leads is let in on the other's.
void let_in_each_other(const casework::Desk& desk, storage::Transaction& transaction, ChildId child, UtcTime now);
/// Records that are two children again: an episode that had ended as the same absence looks for nobody, and whoever led
/// it is told.
void tell_who_ended_it_as_the_same(storage::Transaction& transaction, ChildId child, UtcTime now);
/// 4.B: "held in custody": the child was booked in while somebody looks for them.
struct BookedIn {
    ChildId child;
    std::string where;
};
void found_in_custody(const casework::Desk& desk, storage::Transaction& transaction, const BookedIn& booked,
                      UtcTime now);
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

/// False of what was over, or had begun, before the duties of the force that sent it began here.
bool is_live(storage::Transaction& transaction, const casework::CaseHead& episode);
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

/// R-B-08: the episodes that this one was linked with say so too.
void link_back(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& episode,
               UtcTime now);

/// With whom and where the child was, as the episode says now: what repeats is counted elsewhere (../patterns).
struct Trace {
    struct With {
        ChildId child;
        CaseId episode;
    };
    struct Where {
        std::string role; // missing.place_roles
        std::string kind; // missing.place_kinds
        std::string name;
        AgencyId area;
    };
    CaseId episode;
    ChildId child;
    UtcTime began{};
    AgencyId force;
    bool is_absence = true;
    std::vector<With> with = {};
    std::vector<Where> places = {};
};
Trace trace_of(storage::Transaction& transaction, const casework::CaseHead& episode);

} // namespace reachable::missing
