#include "capabilities/encounters/encounter.h"
#include "capabilities/encounters/encounters.h"
#include "casework/checked.h"

namespace reachable::encounters {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass core    {Category::id_core,        Label::personal};
constexpr FieldClass summary {Category::safety_summary, Label::personal};
constexpr FieldClass closely {Category::safety_summary, Label::sensitive};
constexpr FieldClass workings{Category::administration, Label::personal};

constexpr Field companion_fields[] = {
    field<&Companion::who>     ("who",      summary, "Who was with the child?", "A name or a description"),
    field<&Companion::age>     ("age",      summary, "How old are they?", "", "encounters.companion_ages"),
    field<&Companion::relation>("relation", summary, "What are they to the child?", "As far as you checked it", "encounters.relations"),
    noted(field<&Companion::at>("at",       workings, "Written down at")),
};

constexpr Field seen_fields[] = {
    field<&Noticed::words>   ("words", closely, "What did you see and hear?", "What happened and who did it; what people said, in their words. Not what you conclude"),
    noted(field<&Noticed::by>("by",    workings, "Written down by")),
    noted(field<&Noticed::at>("at",    workings, "Written down at")),
};

constexpr Field said_fields[] = {
    field<&Said::words>      ("words",       closely, "What does the child say?", "In the child's own words, exactly as they were said. Leave it empty if the child has said nothing"),
    field<&Said::setting>    ("setting",     summary, "Where and how was it said?", "For example, in the car on the way home"),
    field<&Said::language>   ("language",    summary, "In which language do the words stand?", "For example, English"),
    field<&Said::interpreter>("interpreter", summary, "Was there an interpreter?", "How, not who: for example, by telephone, professional"),
    noted(field<&Said::by>   ("by",          workings, "Written down by")),
    noted(field<&Said::at>   ("at",          workings, "Written down at")),
};

constexpr Field fields[] = {
    field<&Encounter::child>             ("child",              workings, "Child"),
    field<&Encounter::name_given>        ("name_given",         core,     "Name of the child", "As the child or somebody with them gives it. If nobody knows it, write: Name not known"),
    field<&Encounter::born_given>        ("born_given",         core,     "Date of birth", "For example, 27 3 2011. Leave out the day or the month if they are not known"),
    field<&Encounter::age_status>        ("age_status",         core,     "How sure is the age?", "", "age_status"),
    field<&Encounter::met_at>            ("met_at",             summary,  "When did you meet the child?"),
    field<&Encounter::met_precision>     ("met_precision",      summary,  "How exact is that time?", "", "encounters.precisions"),
    field<&Encounter::kind>              ("kind",               summary,  "How did you come to meet the child?", "", "encounters.kinds"),
    field<&Encounter::place>             ("place",              summary,  "Where?", "The address, or what it is near to"),
    field<&Encounter::distance>          ("distance",           summary,  "How far from home?", "", "encounters.distances"),
    field<&Encounter::lives_in>          ("lives_in",           summary,  "Where does the child live?", "The town or the area"),
    field<&Encounter::lives_elsewhere>   ("lives_elsewhere",    summary,  "Is that in the area of another force?", "", "encounters.areas"),
    field<&Encounter::company>           ("company",            summary,  "Was somebody with the child?", "", "encounters.company"),
    field<&Encounter::signs>             ("signs",              closely,  "What did you see of these?", "Each may mean that somebody exploits the child. None proves it", "encounters.signs"),
    field<&Encounter::health_seen>       ("health_seen",        closely,  "Is the child hurt or ill?", "Injuries, medicine, what the child took or may be hiding"),
    field<&Encounter::where_now>         ("where_now",          summary,  "Where is the child now?", "", "encounters.whereabouts"),
    field<&Encounter::protected_at>      ("protected_at",       summary,  "In police protection since"),
    field<&Encounter::debt_plan>         ("debt_plan",          closely,  "What is done about what the child is said to owe?", "Who may ask for it, and who keeps the child and the family safe from them"),
    field<&Encounter::who_benefits>      ("who_benefits",       closely,  "Who benefits?"),
    field<&Encounter::who_sent>          ("who_sent",           closely,  "Who sent the child?"),
    field<&Encounter::who_pays>          ("who_pays",           closely,  "Who pays, or who is owed?"),
    field<&Encounter::who_threatens>     ("who_threatens",      closely,  "Who threatens the child or the family?"),
    field<&Encounter::considered>        ("considered",         summary,  "May the child be a victim of exploitation?", "", "encounters.considered"),
    field<&Encounter::considered_because>("considered_because", closely,  "Why do you decide so?"),
    field<&Encounter::force>             ("force",              workings, "Force"),
    field<&Encounter::team>              ("team",               workings, "Team"),
    field<&Encounter::recorded_by>       ("recorded_by",        workings, "Recorded by"),
    field<&Encounter::recorded_at>       ("recorded_at",        workings, "Recorded at"),
    field<&Encounter::authority>         ("authority",          workings, "Which local authority is told?", "Where the child lives. If nobody knows, the one in whose area you are"),
    field<&Encounter::desk>              ("desk",               workings, "Its desk"),
    field<&Encounter::told_at>           ("told_at",            workings, "Told at"),
    field<&Encounter::not_ours_because>  ("not_ours_because",   summary,  "Why is the child another authority's?"),
    field<&Encounter::next_step>         ("next_step",          summary,  "What will children's services do next?", "And who does it"),
    field<&Encounter::next_step_by>      ("next_step_by",       workings, "By when?"),
    field<&Encounter::answered_at>       ("answered_at",        workings, "Answered at"),
    field<&Encounter::results>           ("results",            summary,  "What came of it?", "A referral alone is no result", "encounters.results"),
    field<&Encounter::close_words>       ("close_words",        summary,  "Who has the child's name now?", "The person or the service that goes on"),
    field<&Encounter::closed_at>         ("closed_at",          workings, "Closed at"),
};

constexpr Part parts[] = {
    part<&Encounter::companions>("companions", "Who was with the child", "", companion_fields),
    part<&Encounter::seen>      ("seen",       "What was seen",          "", seen_fields),
    part<&Encounter::child_said>("child_said", "What the child said",    "", said_fields),
};

constexpr std::string_view states[]      = {told, answered, closed};
constexpr std::string_view open_states[] = {told, answered};

constexpr Roles officers{RESP, MPC};
constexpr Roles desks   {EDT, LADM};

constexpr Action actions[] = {
    // action        from               to            who may    asks for
    {"record",      {nothing_yet},      {told},       officers,
        "child? name_given born_given? age_status? met_at met_precision kind place distance lives_in? lives_elsewhere? company companions? signs? seen health_seen? child_said? where_now protected_at? authority?",
                                                                                   "Record an encounter",                       only_if<what_is_always_asked_is_answered>, doing<note_encounter>},
    {"add",         {told, answered},   {same_state}, officers,  "companions? signs? seen? health_seen? child_said? where_now? protected_at? debt_plan?",
                                                                                   "Add what is new",                           only_if<something_is_added>, doing<note_addition>},
    {"consider",    {told, answered},   {same_state}, officers,  "who_benefits? who_sent? who_pays? who_threatens? considered considered_because",
                                                                                   "Decide whether to refer the child",         only_if<it_is_decided_with_a_reason>},
    {"answer",      {told},             {answered},   desks,     "next_step next_step_by", "Say what children's services do next", nullptr, doing<note_next_step>},
    {"not_ours",    {told},             {same_state}, desks,     "authority not_ours_because", "This is not our child",         nullptr, doing<pass_to_another_authority>},
    {"close",       {answered},         {closed},     officers,  "results close_words", "Close the encounter",                  only_if<something_came_of_it>, doing<note_end>, true},
};

constexpr Clock clocks[] = {
    // clock  what is awaited                                    starts on                 stops on                          because
    {"C16", "Whether to refer the child is decided",           {"record", "add"},        {"consider", "close"},
        "Signs of exploitation lead to a decision within 24 hours, and a reason (R-D-10)", nullptr, nullptr, nullptr, Again::keeps, {}, false, signs_wait_for_a_decision},
    {"C48", "Children's services say what they do next",       {"record", "not_ours"},   {"answer"},
        "An encounter is told to the authority that is responsible, because placement risk depends on it (R-A-08)", nullptr, nullptr, nullptr, Again::runs_beside},
};

Heading heading_of(const void* facts)
{
    const auto& encounter = *static_cast<const Encounter*>(facts);
    return {.child = encounter.child,
            .agency = encounter.force,
            .team = encounter.team,
            .partner = encounter.authority,
            .partner_team = encounter.desk,
            .ended_at = encounter.closed_at,
            .partner_ended_at = encounter.answered_at};
}

/// The officers who met the child and those of their force who look for children or answer for them know of it until it
/// is closed; the desk is asked what it does next. Nobody stands nearer to the child by it than that: where the child
/// lives, and a record that is sealed, opens to no officer because they wrote down an encounter.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency, is_asked = session.agency == heading.partner;
    const bool is_own_team = is_own && session.team == heading.team, is_desk = is_asked && session.team == heading.partner_team;
    std::vector<policy::Link> links;
    if ((is_own && (session.role == MPC || session.role == INSP)) || (is_own_team && session.role == RESP))
        links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.ended_at});
    if ((is_asked && session.role == LADM) || ((is_own_team || is_desk) && session.role == SUPV)) links.push_back({.relationship = Relationship::own_agency});
    if (is_desk && desks.has(session.role)) links.push_back({.relationship = Relationship::duty_desk, .ended_at = heading.partner_ended_at});
    return links;
}

constexpr CaseType type = checked({
    .name = "encounter",
    .title = "Police encounter",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .may_correct = officers,
    .not_correctable = "child name_given born_given age_status force team recorded_by recorded_at authority desk told_at next_step next_step_by answered_at not_ours_because closed_at results close_words considered considered_because",
    .when_corrected = doing<note_correction>,
    .copy = copy_of<Encounter>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& encounter_type() { return type; }

bool may_record(accounts::Role role) { return officers.has(role); }
bool is_told_of_them(accounts::Role role) { return desks.has(role); }

} // namespace reachable::encounters
