// What an act about a meeting brings about on the other side: an organisation is asked, its answer stands in the
// meeting, an item that was decided reaches it, an action reaches its owner. All of it is done by the service, through
// the door.
#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meeting.h"
#include "capabilities/meetings/meetings.h"

#include "casework/case_store.h"

#include <algorithm>

namespace reachable::meetings {
namespace {

using casework::CaseHead;
using casework::Desk;
using storage::Transaction;

Result<casework::Acted> act_as_the_service(const Desk& desk, Transaction& transaction, const casework::CaseType& type,
                                           std::string action, CaseId id, Json asked, UtcTime now)
{
    return casework::act_in(transaction, desk, accounts::service_session(), RequestId::random(),
                            {.type = type.name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now);
}

template <class Facts>
Facts facts_in(Transaction& transaction, const casework::CaseType& type, CaseId id)
{
    const auto loaded = casework::load_case(transaction, type, id);
    CHECK(loaded.has_value(), "a meeting is followed that is not there");
    return *static_cast<const Facts*>(loaded->facts.get());
}

/// All that stands in the item, as an act gives it.
Json item_of(std::string_view part, const void* item)
{
    auto json = Json::object();
    for (const auto& field : meeting_type().find_part(part)->fields)
        if (!field.is_noted && !field.is_empty(item)) json.set(field.name, field.write(item));
    return json;
}

Json invitation_to(const Meeting& meeting, const CaseHead& head, const Asked& asked)
{
    auto json = Json::object();
    json.set("child", meeting.child.text())
        .set("meeting", head.id.text())
        .set("kind", meeting.kind)
        .set("held_at", to_iso(*meeting.held_at))
        .set("held_where", meeting.held_where)
        .set("aim", meeting.aim.words)
        .set("named_as", meeting.named_as)
        .set("because", asked.because)
        .set("organisation", asked.organisation.text())
        .set("organisation_team", asked.team.text())
        .set("convener", meeting.convener.text())
        .set("team", meeting.team.text());
    if (!asked.reason.empty()) json.set("reason", asked.reason);
    return json;
}

} // namespace

std::optional<CaseId> invitation_of(Transaction& transaction, const CaseHead& meeting, AgencyId organisation)
{
    for (const auto id : invitations_of(transaction, meeting))
        if (casework::load_head(transaction, id).heading.partner == organisation) return id;
    return std::nullopt;
}

std::vector<CaseId> invitations_of(Transaction& transaction, const CaseHead& meeting)
{
    std::vector<CaseId> all;
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query("select id from cases where child = $1 and type = $2 order by opened_at, id",
                               {storage::to_value(meeting.heading.child), std::string(invitation_type().name)}),
             0))
        if (facts_in<Invitation>(transaction, invitation_type(), id).meeting == meeting.id) all.push_back(id);
    return all;
}

bool has_open_meeting(Transaction& transaction, ChildId child, AgencyId convener)
{
    // While its minutes are agreed and its actions are followed, the next one may be convened.
    return !transaction
                .query(
                    "select 1 from cases where child = $1 and type = $2 and agency = $3 and state in ($4, $5) limit 1",
                    {storage::to_value(child), std::string(meeting_type().name), storage::to_value(convener),
                     std::string(issued), std::string(in_session)})
                .empty();
}

void ask_to_meeting(const Desk& desk, Transaction& transaction, const CaseHead& meeting, std::span<const Asked> asked,
                    UtcTime now)
{
    const auto facts = facts_in<Meeting>(transaction, meeting_type(), meeting.id);
    auto rows = Json::list();
    std::vector<AgencyId> done{facts.convener};
    for (const auto& one : asked) {
        if (one.organisation.is_none() || std::ranges::find(done, one.organisation) != done.end()) continue;
        done.push_back(one.organisation);
        Invited row{.organisation = one.organisation, .because = std::string(one.because), .reason = one.reason};
        const bool is_told = !one.team.is_none() && act_as_the_service(desk, transaction, invitation_type(), "send", {},
                                                                       invitation_to(facts, meeting, one), now);
        if (!is_told)
            row.reason +=
                row.reason.empty() ? "Not told by this service: ring them" : ". Not told by this service: ring them";
        rows.add(item_of("invited", &row));
    }
    if (done.size() == 1) return;
    (void)act_as_the_service(desk, transaction, meeting_type(), "note_invited", meeting.id,
                             Json::object().set("invited", std::move(rows)), now);
}

Asked asked_by_hand(Transaction& transaction, const CaseHead& meeting)
{
    const auto facts = facts_in<Meeting>(transaction, meeting_type(), meeting.id);
    return {.organisation = facts.invite_whom, .team = {}, .because = "by_hand", .reason = facts.invite_because};
}

void bring_answer_in(const Desk& desk, Transaction& transaction, const CaseHead& invitation, UtcTime now)
{
    const auto answer = facts_in<Invitation>(transaction, invitation_type(), invitation.id);
    const Invited row{.organisation = answer.organisation,
                      .because = answer.because,
                      .reason = answer.reason,
                      .coming = answer.coming,
                      .who = answer.who,
                      .apologies = answer.apologies,
                      .report = answer.report,
                      .answered_at = answer.answered_at};
    (void)act_as_the_service(desk, transaction, meeting_type(), "note_answer", answer.meeting,
                             Json::object().set("invited", Json::list().add(item_of("invited", &row))), now);
}

void hand_item_over(const Desk& desk, Transaction& transaction, const CaseHead& meeting, UtcTime now)
{
    const auto facts = facts_in<Meeting>(transaction, meeting_type(), meeting.id);
    const auto& item = facts.items.back();
    if (item.decision == "no") return;
    const auto to = invitation_of(transaction, meeting, item.share_with);
    if (!to)
        return; // they are not told by this service, as the list of those who are asked says: it is told by telephone
    auto shared = Json::object();
    shared.set("words", item.decision == "partly" ? item.shared_words.words : item.line.words)
        .set("basis", item.basis)
        .set("at", to_iso(now));
    if (!item.caveat.words.empty()) shared.set("caveat", item.caveat.words);
    (void)act_as_the_service(desk, transaction, invitation_type(), "hand_over", *to,
                             Json::object().set("shared", Json::list().add(std::move(shared))), now);
}

void give_action_to_its_owner(const Desk& desk, Transaction& transaction, const CaseHead& meeting, UtcTime now)
{
    const auto facts = facts_in<Meeting>(transaction, meeting_type(), meeting.id);
    const auto& wanted = facts.actions.back();
    auto team = facts.team;
    if (wanted.owner != facts.convener) {
        const auto to = invitation_of(transaction, meeting, wanted.owner);
        CHECK(to.has_value(), "an action was given to an organisation that is not told");
        team = casework::load_head(transaction, *to).heading.partner_team;
    }
    (void)act_as_the_service(desk, transaction, task_type(), "set", {},
                             Json::object()
                                 .set("child", facts.child.text())
                                 .set("meeting", meeting.id.text())
                                 .set("number", wanted.number)
                                 .set("named_as", facts.named_as)
                                 .set("what", wanted.what.words)
                                 .set("about", wanted.about)
                                 .set("due_on", to_iso(*wanted.due_on))
                                 .set("owner", wanted.owner.text())
                                 .set("owner_team", team.text())
                                 .set("convener", facts.convener.text())
                                 .set("team", facts.team.text()),
                             now);
}

void bring_outcome_in(const Desk& desk, Transaction& transaction, const CaseHead& task, UtcTime now)
{
    const auto facts = facts_in<Task>(transaction, task_type(), task.id);
    const bool is_done = task.state == done;
    const CameOfIt row{.number = facts.number,
                       .state = is_done ? "done" : "refused",
                       .words = is_done ? facts.outcome : facts.refused_because,
                       .at = now};
    (void)act_as_the_service(desk, transaction, meeting_type(), "note_action", facts.meeting,
                             Json::object().set("outcomes", Json::list().add(item_of("outcomes", &row))), now);
}

void end_invitations(const Desk& desk, Transaction& transaction, const CaseHead& meeting, UtcTime now)
{
    for (const auto id : invitations_of(transaction, meeting))
        (void)act_as_the_service(desk, transaction, invitation_type(), "close_too", id, Json::object(), now);
}

} // namespace reachable::meetings
