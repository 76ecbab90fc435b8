// What this capability offers to app/: its case type, its lists, its pages, and what other capabilities bring about
// through app/consequences: a flag that follows from what is on record, and who is told of one.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::flags {

const casework::CaseType& flag_type();
/// A flag of an adult or a place (concern.h).
const casework::CaseType& concern_type();

/// True if somebody of that role sees the flags of adults and places of their force, or of their desk; information
/// governance those that are disputed.
bool sees_concerns(accounts::Role role);
/// True if somebody of that role proposes one by hand.
bool proposes_concerns(accounts::Role role);

/// True if somebody of that role proposes flags.
bool may_propose(accounts::Role role);
/// True if somebody of that role decides on flags of their organisation.
bool may_decide(accounts::Role role);
/// True if somebody of that role answers what is disputed.
bool answers_disputes(accounts::Role role);

/// What an act or a look of this capability is called in a sentence of the log; empty if it is of another.
std::string_view log_words(std::string_view action);

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// /flags, /flags/{id}, /flags/mine, /flags/catalogue and /children/{id}/flags; and fills the safety summary of the
/// other pages.
void add_pages(web::Router& router, const derived::Site& site);

/// Sets the flag that follows from what is on record of the child, owned by that organisation, unless it stands already
/// by whomever it was set; or clears one that the service set for that organisation (none: for any). A flag that a
/// person set is left to people. Where the doors refuse (a code that is retired), the refusal stands in the log and
/// nothing else is held up by it.
struct Follows {
    ChildId child;
    std::string_view code;
    bool stands = false; // else it is cleared
    std::string because; // why it is set or cleared
    AgencyId owner = {};
    TeamId owner_team = {};
};
void bring_in_line(const casework::Desk& desk, storage::Transaction& transaction, const Follows& follows, UtcTime now);

/// Proposes a flag because of what is on record, unless one of that code stands already or waits; the organisation that
/// is named decides on it. Where the doors refuse, the refusal stands in the log and nothing else is held up by it.
struct Raised {
    ChildId child;
    std::string_view code;
    std::string because;
    AgencyId owner;
    TeamId owner_team;
};
void propose_because(const casework::Desk& desk, storage::Transaction& transaction, const Raised& raised, UtcTime now);

/// Proposes a flag of an adult or a place because of what is on record, and shows it in the safety summary of the child
/// who was there. A place that is flagged already is flagged once; of an adult, nobody knows whether it is the same
/// one.
struct RaisedConcern {
    std::string_view code;
    std::string subject;
    std::string because;
    CaseId encounter;
    ChildId child;
    AgencyId owner;
    TeamId owner_team;
    AgencyId told;
    TeamId told_desk;
};
void propose_concern_because(const casework::Desk& desk, storage::Transaction& transaction, const RaisedConcern& raised,
                             UtcTime now);
/// A child was met or arrested there: flags of that place of that force stand in the child's safety summary from now
/// on.
void note_child_at_place(const casework::Desk& desk, storage::Transaction& transaction, AgencyId force,
                         std::string_view place, ChildId child, UtcTime now);

/// True if that flag is of that code.
bool is_of_code(storage::Transaction& transaction, CaseId flag, std::string_view code);
/// True if the safety summary of the child says that somebody may exploit the child.
bool may_be_exploited(const casework::Desk& desk, storage::Transaction& transaction, ChildId child);
/// True if the safety summary shows that flag now.
bool is_in_the_summary(const casework::Desk& desk, storage::Transaction& transaction, CaseId flag);
/// True if it was shown before it was declined: what nobody saw is taken from nobody.
bool was_shown_while_checked(const casework::Desk& desk, storage::Transaction& transaction, CaseId flag);

std::span<const storage::Migration> migrations();

} // namespace reachable::flags
