// What an act about a meeting notes, and who is told of it.
#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meeting.h"
#include "capabilities/meetings/meetings.h"

#include "accounts/accounts.h"
#include "base/text.h"
#include "casework/case_store.h"
#include "casework/search.h"

#include <algorithm>

namespace reachable::meetings {
namespace {

using accounts::AgencyKind;
using accounts::Role;
using enum ProblemKind;

std::string role_words(const Context& context)
{
    return std::string(accounts::title_of(context.session.role));
}

/// Those who lead the meeting: whoever convened it, and the chair.
void tell_those_who_lead(Context& context, const Meeting& meeting, std::string_view code)
{
    for (const auto role : {Role::SW, Role::MPC}) context.notices.push_back({.code = std::string(code), .role = role});
    if (!meeting.chair_agency.is_none())
        context.notices.push_back({.code = std::string(code), .role = Role::CHAIR, .to_partner = true});
}

/// Those of the organisation who are asked to meetings, by what it is.
void tell_the_organisation(Context& context, AgencyId organisation, std::string_view code)
{
    const auto agency = accounts::find_agency(context.transaction, organisation);
    if (!agency) return;
    std::vector<Role> roles{Role::ATTN};
    if (agency->kind == AgencyKind::police_force) roles.push_back(Role::MPC);
    if (agency->kind == AgencyKind::local_authority) roles.insert(roles.end(), {Role::SW, Role::LADM});
    if (agency->kind == AgencyKind::local_authority || agency->kind == AgencyKind::charity) roles.push_back(Role::PLAC);
    for (const auto role : roles)
        context.notices.push_back({.code = std::string(code), .role = role, .to_partner = true});
}

/// The team of the chair who is named; nothing if nobody is.
Result<> note_chair(Meeting& meeting, const Context& context)
{
    if (meeting.chair_name.empty()) return {};
    const auto worker = accounts::find_worker_by_name(context.transaction, to_lower_ascii(trim(meeting.chair_name)));
    if (!worker || !worker->is_open) return refuse(missing, "Nobody of that sign-in name works here", "chair_name");
    const auto posts = accounts::posts_of(context.transaction, worker->id);
    const auto post = std::ranges::find(posts, Role::CHAIR, &accounts::Post::role);
    if (post == posts.end()) return refuse(missing, "Nobody of that name chairs meetings", "chair_name");
    // R-P-08, R-G-05: a team of somebody's own family does not learn that it would have been asked.
    if (ties::is_closed_to_team(context.transaction, meeting.child, post->team))
        return refuse(out_of_order, "Choose a chair of another team", "chair_name");
    meeting.chair_agency = worker->agency;
    meeting.chair_team = post->team;
    return {};
}

/// Whoever convenes it answers for the child or looks for the child, by what is on record: the authority that is
/// responsible or has the child in its area, a worker who has the child on their list, a force that looks for the child
/// or did, as long as the policy lets it see the child by that.
bool answers_for_the_child(const Context& context, const records::Child& child)
{
    const auto& session = context.session;
    if (session.role == Role::SW &&
        (child.responsible_authority == session.agency || child.host_authority == session.agency))
        return true;
    std::vector<policy::Link> links;
    for (const auto& tie : ties::ties_for(context.transaction, child.id, session.worker)) {
        if (session.role == Role::SW && tie.kind == ties::Kind::allocated && tie.worker == session.worker)
            links.push_back({policy::Relationship::allocated, tie.since, tie.ended_at});
        if (session.role == Role::MPC && tie.kind == ties::Kind::searching && tie.keeper == session.agency)
            links.push_back({policy::Relationship::searching, tie.since, tie.ended_at});
    }
    return !context.desk.policy.live(links, context.now).empty();
}

Result<> the_child_is_known_to_them(const Meeting& meeting, const Context& context)
{
    const auto record = records::find_child(context.transaction, meeting.child);
    if (!record || !casework::is_open_to(context, meeting.child, "meeting.convene") ||
        !answers_for_the_child(context, record->child))
        return refuse(not_found, "There is no such child's record, or it is not open to you", "child");
    // What goes out to many would tell that there is a record.
    if (ties::is_sealed(context.transaction, meeting.child))
        return refuse(out_of_order, "This record is protected: arrange the meeting by telephone", "child");
    if (has_open_meeting(context.transaction, meeting.child, context.session.agency))
        return refuse(out_of_order,
                      "Your organisation has a meeting about this child that is open. Go on with it, or "
                      "call it off",
                      "child");
    return {};
}

} // namespace

Result<> note_convened(Meeting& meeting, const Meeting&, Context& context)
{
    TRY(the_child_is_known_to_them(meeting, context));
    TRY(note_chair(meeting, context));
    meeting.convener = context.session.agency;
    meeting.team = context.session.team;
    meeting.convened_at = context.now;
    meeting.invited.push_back({.organisation = context.session.agency,
                               .because = "convenes",
                               .reason = {},
                               .coming = "comes",
                               .who = role_words(context),
                               .apologies = {},
                               .report = {},
                               .answered_at = context.now});
    if (!meeting.chair_agency.is_none())
        context.notices.push_back({.code = "meeting.to_chair", .role = Role::CHAIR, .to_partner = true});
    return {};
}

Result<> note_answers(Meeting& meeting, const Meeting&, Context& context)
{
    tell_those_who_lead(context, meeting, "meeting.answered");
    return {};
}

Result<> note_opened(Meeting& meeting, const Meeting&, Context& context)
{
    meeting.opened_at = context.now;
    return {};
}

Result<> note_item(Meeting& meeting, const Meeting& before, Context& context)
{
    if (meeting.items.size() != before.items.size() + 1)
        return refuse(missing, "Decide on one line at a time", "items-line");
    meeting.items.back().decided_by = role_words(context);
    meeting.items.back().at = context.now;
    return {};
}

Result<> note_decision(Meeting& meeting, const Meeting& before, Context& context)
{
    if (meeting.decisions.size() != before.decisions.size() + 1)
        return refuse(missing, "Write down one decision at a time", "decisions-what");
    meeting.decisions.back().by = role_words(context);
    meeting.decisions.back().at = context.now;
    return {};
}

Result<> note_wanted(Meeting& meeting, const Meeting& before, Context& context)
{
    if (meeting.actions.size() != before.actions.size() + 1)
        return refuse(missing, "Write down one action at a time", "actions-what");
    const auto& owner = meeting.actions.back().owner;
    const auto head = casework::load_head(context.transaction, context.case_id);
    if (owner != meeting.convener && !invitation_of(context.transaction, head, owner))
        return refuse(out_of_order,
                      "This service cannot give it to them. Name an organisation that is told here, to see to it with "
                      "them",
                      "actions-owner");
    meeting.actions.back().number = std::to_string(meeting.actions.size());
    meeting.actions.back().at = context.now;
    return {};
}

Result<> note_outcome(Meeting& meeting, const Meeting&, Context& context)
{
    tell_those_who_lead(context, meeting, "meeting.action_ended");
    if (context.state != agreed || waits_for_an_action(meeting)) return {};
    context.next_state = closed;
    meeting.ended_at = context.now;
    return {};
}

Result<> note_agreed(Meeting& meeting, const Meeting&, Context& context)
{
    if (waits_for_an_action(meeting)) return {};
    context.next_state = closed;
    meeting.ended_at = context.now;
    return {};
}

Result<> note_called_off(Meeting& meeting, const Meeting&, Context& context)
{
    meeting.ended_at = context.now;
    return {};
}

Result<> note_sent(Invitation& invitation, const Invitation&, Context& context)
{
    invitation.sent_at = context.now;
    tell_the_organisation(context, invitation.organisation, "meeting.invited");
    return {};
}

Result<> note_answer(Invitation& invitation, const Invitation&, Context& context)
{
    invitation.answered_at = context.now;
    // What an earlier answer said does not stand beside another.
    if (invitation.coming != "comes") invitation.who.clear();
    if (invitation.coming != "apologies") invitation.apologies = {};
    return {};
}

Result<> note_shared(Invitation& invitation, const Invitation&, Context& context)
{
    tell_the_organisation(context, invitation.organisation, "meeting.shared");
    return {};
}

Result<> note_over(Invitation& invitation, const Invitation&, Context& context)
{
    invitation.ended_at = context.now;
    tell_the_organisation(context, invitation.organisation, "meeting.over");
    return {};
}

Result<> note_task(Task& task, const Task&, Context& context)
{
    task.set_at = context.now;
    tell_the_organisation(context, task.owner, "meeting.action");
    return {};
}

Result<> note_task_ended(Task& task, const Task&, Context& context)
{
    task.ended_at = context.now;
    return {};
}

} // namespace reachable::meetings
