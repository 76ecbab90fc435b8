#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meetings.h"
#include "casework/checked.h"

namespace reachable::meetings {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using policy::Told;
using enum accounts::Role;

constexpr FieldClass kept{Category::administration, Label::personal};
/// Whatever stands in an invitation was decided to reach this organisation, and it reaches no other (R-G-01).
constexpr FieldClass released{Category::meeting, Label::sensitive, Told::unknown, Told::yes};

constexpr Field shared_fields[] = {
    field<&SharedItem::words> ("words",  released, "What is shared with you"),
    field<&SharedItem::basis> ("basis",  released, "On which basis"),
    field<&SharedItem::caveat>("caveat", released, "What you may not do with it"),
    field<&SharedItem::at>    ("at",     released, "Shared at"),
};

constexpr Field fields[] = {
    field<&Invitation::child>            ("child",             kept,     "Child"),
    field<&Invitation::meeting>          ("meeting",           kept,     "Meeting"),
    field<&Invitation::kind>             ("kind",              kept,     "Which meeting", "", "meetings.kinds"),
    field<&Invitation::held_at>          ("held_at",           kept,     "When it is held"),
    field<&Invitation::held_where>       ("held_where",        kept,     "Where"),
    field<&Invitation::aim>              ("aim",               released, "What it is to decide"),
    field<&Invitation::named_as>         ("named_as",          released, "About"),
    field<&Invitation::because>          ("because",           kept,     "You are asked because", "", "meetings.because"),
    field<&Invitation::reason>           ("reason",            released, "Why"),
    field<&Invitation::organisation>     ("organisation",      kept,     "Organisation"),
    field<&Invitation::organisation_team>("organisation_team", kept,     "Its team"),
    field<&Invitation::convener>         ("convener",          kept,     "Convened by"),
    field<&Invitation::team>             ("team",              kept,     "Team of the convener"),
    field<&Invitation::coming>           ("coming",            kept,     "Does somebody of yours come?", "", "meetings.coming"),
    field<&Invitation::who>              ("who",               released, "If so: who?", "By their role and their team"),
    field<&Invitation::apologies>        ("apologies",         released, "If nobody comes: why not?"),
    field<&Invitation::report>           ("report",            released, "What does what you know mean for safety?", "A paragraph. No documents, and no more of health or school than safety needs"),
    field<&Invitation::sent_at>          ("sent_at",           kept,     "Sent at"),
    field<&Invitation::answered_at>      ("answered_at",       kept,     "Answered at"),
    field<&Invitation::ended_at>         ("ended_at",          kept,     "Ended at"),
};

constexpr Part parts[] = {
    part<&Invitation::shared>("shared", "What is shared with you", "", shared_fields),
};

constexpr std::string_view states[]      = {invited, answered, over};
constexpr std::string_view open_states[] = {invited, answered};

constexpr Roles asked{SW, MPC, CHAIR, ATTN, LADM, PLAC};

constexpr Action actions[] = {
    // action      from                  to            who may    asks for
    {"send",      {nothing_yet},        {invited},    {system},  "child meeting kind held_at held_where aim named_as because reason? organisation organisation_team convener team",
                                                                            "Asked to a meeting",            nullptr, doing<note_sent>},
    {"answer",    {invited, answered},  {answered},   asked,     "coming who? apologies? report?",
                                                                            "Answer the invitation",         only_if<the_answer_is_whole>, doing<note_answer>},
    {"hand_over", {invited, answered},  {same_state}, {system},  "shared",  "Something was shared",          nullptr, doing<note_shared>},
    {"close_too", {invited, answered},  {over},       {system},  "",        "The meeting is over",           nullptr, doing<note_over>},
};

Heading heading_of(const void* facts)
{
    const auto& invitation = *static_cast<const Invitation*>(facts);
    return {.child = invitation.child,
            .agency = invitation.convener,
            .team = invitation.team,
            .partner = invitation.organisation,
            .partner_team = invitation.organisation_team,
            .ended_at = invitation.ended_at,
            .partner_ended_at = invitation.ended_at};
}

constexpr CaseType type = checked({
    .name = "meeting-invitation",
    .title = "Invitation to a meeting",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = {},
    .copy = copy_of<Invitation>,
    .heading = heading_of,
    .relate = attends,
    .held = kept,
});

} // namespace

const CaseType& invitation_type() { return type; }

bool is_asked_to_meetings(accounts::Role role) { return asked.has(role); }

/// The team that convened the meeting, and of the organisation that is asked: whoever attends, coordinates or manages
/// for it, and of workers and homes the team that is asked.
std::vector<policy::Link> attends(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency, is_asked = session.agency == heading.partner;
    const bool is_own_team = is_own && session.team == heading.team, is_asked_team = is_asked && session.team == heading.partner_team;
    constexpr Roles of_the_whole_organisation{ATTN, MPC, LADM};
    std::vector<policy::Link> links;
    const bool convenes = (is_own_team && may_convene(session.role)) || (is_own && session.role == MPC);
    if (convenes || (is_asked && of_the_whole_organisation.has(session.role)) || (is_asked_team && asked.has(session.role)))
        links.push_back({.relationship = Relationship::attending, .ended_at = is_asked ? heading.partner_ended_at : heading.ended_at});
    if (is_own && session.role == LADM) links.push_back({.relationship = Relationship::own_agency});
    return links;
}

} // namespace reachable::meetings
