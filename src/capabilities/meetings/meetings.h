// What this capability offers to app/: meetings of organisations about one child. The reader's words stand in
// README.md.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

#include <functional>

namespace reachable::meetings {

const casework::CaseType& meeting_type();
/// What one organisation that is asked reads and answers.
const casework::CaseType& invitation_type();
/// What one organisation took on.
const casework::CaseType& task_type();
/// Relates a session with an invitation or an action: who convened the meeting, and who is asked.
std::vector<policy::Link> attends(const casework::Heading& heading, const casework::Session& session);

bool may_convene(accounts::Role role);
bool leads_meetings(accounts::Role role);
bool is_asked_to_meetings(accounts::Role role);
/// Which meetings, and which invitations and actions, somebody of that role finds on their lists.
casework::Whose whose_meetings(accounts::Role role);
casework::Whose whose_invitations(accounts::Role role);

std::string_view log_words(std::string_view action);
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// What the page of a meeting shows of the absences of the child: each by a look of its own, as this reader may see it.
using Absences = std::function<web::Html(const derived::Visit& visit, ChildId child)>;
/// /meetings, /meetings/{id}, /invitations/{id}, /meeting-actions/{id} and /children/{id}/meetings/new.
void add_pages(web::Router& router, const derived::Site& site, Absences absences);

/// An organisation that is asked because of what is on record (R-G-02), and the team that is told.
struct Asked {
    AgencyId organisation;
    TeamId team; // none: nobody there is told by this service
    std::string_view because;
    std::string reason = {};
};

// What follows from an act (app/consequences). A refusal has its entry in the log, and holds up nothing else.
/// Asks each of them once; who convened the meeting comes without.
void ask_to_meeting(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& meeting,
                    std::span<const Asked> asked, UtcTime now);
/// The organisation that was named by hand, and why.
Asked asked_by_hand(storage::Transaction& transaction, const casework::CaseHead& meeting);
/// The same of whatever stands under this heading: what was answered, shared, asked for and done reaches the other
/// side.
void bring_answer_in(const casework::Desk& desk, storage::Transaction& transaction,
                     const casework::CaseHead& invitation, UtcTime now);
void hand_item_over(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& meeting,
                    UtcTime now);
void give_action_to_its_owner(const casework::Desk& desk, storage::Transaction& transaction,
                              const casework::CaseHead& meeting, UtcTime now);
void bring_outcome_in(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& task,
                      UtcTime now);
void end_invitations(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& meeting,
                     UtcTime now);

/// The invitations of that meeting, as records say; who reads one asks the door.
std::vector<CaseId> invitations_of(storage::Transaction& transaction, const casework::CaseHead& meeting);
/// The one of that organisation; none: this service tells it nothing.
std::optional<CaseId> invitation_of(storage::Transaction& transaction, const casework::CaseHead& meeting,
                                    AgencyId organisation);
/// True if a meeting about that child convened by that organisation is open.
bool has_open_meeting(storage::Transaction& transaction, ChildId child, AgencyId convener);

} // namespace reachable::meetings
