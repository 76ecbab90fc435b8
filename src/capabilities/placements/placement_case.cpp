#include "capabilities/placements/placement.h"
#include "capabilities/placements/placements.h"
#include "casework/checked.h"

namespace reachable::placements {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass summary {Category::safety_summary, Label::personal};
constexpr FieldClass closely {Category::safety_summary, Label::sensitive};
constexpr FieldClass workings{Category::administration, Label::personal};

constexpr Field acknowledged_fields[] = {
    field<&Acknowledged::action>("action", workings, "What do you do because of it?", "And who has the notice now"),
    noted(field<&Acknowledged::by>("by", workings, "Acknowledged by")),
    noted(field<&Acknowledged::at>("at", workings, "Acknowledged at")),
};

constexpr Field fields[] = {
    field<&Placement::child>          ("child",           workings, "Child"),
    field<&Placement::kind>           ("kind",            summary,  "Is the placement planned, or an emergency?", "", "placements.kinds"),
    field<&Placement::starts_at>      ("starts_at",       summary,  "When does the child move?", "Or when they moved"),
    field<&Placement::where>          ("where",           closely,  "Where does the child live then?", "The home, the street and the town, and a number to ring"),
    field<&Placement::home>           ("home",            summary,  "What kind of home is it?", "", "placements.homes"),
    field<&Placement::host_authority> ("host_authority",  workings, "In the area of which authority?"),
    field<&Placement::host_force>     ("host_force",      workings, "And of which police force?", "Only if it is another than the one of that area"),
    field<&Placement::worker>         ("worker",          summary,  "Who answers for the child in your authority?", "Their name, their team and their number"),
    field<&Placement::out_of_hours>   ("out_of_hours",    summary,  "Whom does one ring out of hours?", "A number at which somebody decides at night"),
    field<&Placement::history>        ("history",         closely,  "What is known of absences and of exploitation?", "How often, where the child was found, who exploits or exploited them. Or that nothing is known"),
    field<&Placement::avoid>          ("avoid",           closely,  "Which people and places must the child be kept from?", "Or that none is known"),
    field<&Placement::profile>        ("profile",         summary,  "Where is the child's profile for the case that they are missing?", "A link, or who keeps it"),
    field<&Placement::because_changed>("because_changed", summary,  "What is new?"),
    field<&Placement::authority>      ("authority",       workings, "Home authority"),
    field<&Placement::desk>           ("desk",            workings, "Its team"),
    field<&Placement::receiver>       ("receiver",        workings, "Told: the authority or the force"),
    field<&Placement::told>           ("told",            workings, "Told"),
    field<&Placement::told_team>      ("told_team",       workings, "Its desk"),
    field<&Placement::first>          ("first",           workings, "Notice to the authority"),
    field<&Placement::told_at>        ("told_at",         workings, "Told at"),
    field<&Placement::changed_at>     ("changed_at",      workings, "Changed at"),
    field<&Placement::end_words>      ("end_words",       closely,  "Why does it end, and where does the child live now?"),
    field<&Placement::ended_at>       ("ended_at",        workings, "Ended at"),
};

constexpr Part parts[] = {
    part<&Placement::acknowledged>("acknowledged", "Acknowledged", "", acknowledged_fields),
};

constexpr std::string_view states[]      = {told, acknowledged, ended};
constexpr std::string_view open_states[] = {told, acknowledged};

constexpr Roles tellers  {EDT, LADM, SW, YJS};
constexpr Roles receivers{EDT, LADM, MPC, INSP};

constexpr Action actions[] = {
    // action           from                  to              who may     asks for
    {"notify",          {nothing_yet},        {told},         tellers,    "child kind starts_at where home host_authority host_force? worker out_of_hours history avoid profile?",
                                                                                        "Tell of a placement out of the area",      only_if<the_notice_is_whole>, doing<note_notice>},
    {"pass_on",         {nothing_yet},        {told},         {system},   "child kind starts_at where home host_authority host_force worker out_of_hours history avoid profile? authority desk told_team first",
                                                                                        "Told the police force of the area",        nullptr, doing<note_passed_on>},
    {"acknowledge",     {told},               {acknowledged}, receivers,  "acknowledged", "Acknowledge it",                           only_if<the_receiver_acts>, doing<note_acknowledgement>},
    {"change",          {told, acknowledged}, {same_state},   tellers,    "because_changed where? worker? out_of_hours? history? avoid? profile?",
                                                                                        "Tell what is new",                         only_if<the_change_is_whole>, doing<note_change>},
    {"bring_in_line",   {told, acknowledged}, {same_state},   {system},   "because_changed where worker out_of_hours history avoid profile?",
                                                                                        "Told what is new",                         nullptr, doing<note_change>},
    {"end",             {told, acknowledged}, {ended},        tellers,    "end_words",    "The placement ends",                       only_if<the_home_authority_acts>, doing<note_end>},
    {"close_too",       {told, acknowledged}, {ended},        {system},   "end_words",    "Ended with the notice to the authority",   nullptr, doing<note_end>},
};

constexpr Clock clocks[] = {
    // clock  what is awaited                                               starts on               stops on
    {"C15",  "Whoever is told of a placement acknowledges before the move", {"notify", "pass_on"}, {"acknowledge", "end", "close_too"},
        "R-B-06: the authority and the police of the area know of the child before the child is there",              when_the_child_moves, nullptr, nullptr, Again::keeps, {}, false, is_planned},
    {"C15E", "Whoever is told of an emergency placement acknowledges",      {"notify", "pass_on"}, {"acknowledge", "end", "close_too"},
        "R-B-06: within five working days of an emergency placement the authority and the police of the area know of it", when_the_child_moves, nullptr, nullptr, Again::keeps, {}, false, is_an_emergency},
};

Heading heading_of(const void* facts)
{
    const auto& placement = *static_cast<const Placement*>(facts);
    return {.child = placement.child,
            .agency = placement.authority,
            .team = placement.desk,
            .partner = placement.told,
            .partner_team = placement.told_team,
            .ended_at = placement.ended_at,
            .partner_ended_at = placement.ended_at};
}

/// Those who tell of it and their managers; the desk and the managers of the authority that is told, or the coordinators
/// and inspectors of the force. It brings nobody nearer to the child than the notice itself.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency, is_told = session.agency == heading.partner;
    const bool is_own_team = is_own && session.team == heading.team, is_desk = is_told && session.team == heading.partner_team;
    std::vector<policy::Link> links;
    if (is_own_team && tellers.has(session.role)) links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.ended_at});
    else if (is_own && (session.role == EDT || session.role == LADM)) links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.ended_at});
    if (is_told && (session.role == MPC || session.role == INSP)) links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.partner_ended_at});
    if ((is_desk && session.role == EDT) || (is_told && session.role == LADM)) links.push_back({.relationship = Relationship::duty_desk, .ended_at = heading.partner_ended_at});
    if (is_told && session.role == LADM) links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.partner_ended_at});
    if ((is_own || is_told) && session.role == LADM) links.push_back({.relationship = Relationship::own_agency});
    return links;
}

constexpr CaseType type = checked({
    .name = "placement",
    .title = "Notice of a placement",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Placement>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& placement_type() { return type; }

bool tells_of_placements(accounts::Role role) { return tellers.has(role); }
bool is_told_of_placements(accounts::Role role) { return receivers.has(role); }

} // namespace reachable::placements
