#include "capabilities/observations/observation.h"
#include "capabilities/observations/observations.h"
#include "casework/checked.h"

namespace reachable::observations {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass core    {Category::id_core,        Label::personal};
constexpr FieldClass watched {Category::observation,    Label::personal};
constexpr FieldClass closely {Category::observation,    Label::sensitive};
constexpr FieldClass weighed {Category::intelligence,   Label::sensitive};
constexpr FieldClass workings{Category::administration, Label::personal};

constexpr Field addition_fields[] = {
    field<&Addition::is_what>("is_what", watched, "Is it new, or does it put something right?", "What stands above stays as it is", "observations.additions"),
    field<&Addition::words>  ("words",   closely, "What do you add?", "What you saw or heard, not what you conclude. If it puts something right: what was wrong, and what is right"),
    field<&Addition::quoted> ("quoted",  closely, "What was said, word for word?", "And who said it. Leave it empty if nothing was said"),
    noted(field<&Addition::by>("by",     workings, "Written down by")),
    noted(field<&Addition::at>("at",     workings, "Written down at")),
};

constexpr Field fields[] = {
    field<&Observation::child>           ("child",            workings, "Child"),
    field<&Observation::name_given>      ("name_given",       core,     "Name of the child", "Given names and family name, as you know them"),
    field<&Observation::born_given>      ("born_given",       core,     "Date of birth", "For example, 27 3 2011. Leave out the day or the month if they are not known"),
    field<&Observation::observed_at>     ("observed_at",      watched,  "When did you see or hear it?"),
    field<&Observation::precision>       ("precision",        watched,  "How exact is that time?", "", "observations.precisions"),
    field<&Observation::kind>            ("kind",             watched,  "What is it about?", "", "observations.kinds"),
    field<&Observation::place>           ("place",            closely,  "Where?", "The address, or what it is near to. Online: which service"),
    field<&Observation::seen>            ("seen",             closely,  "What did you see or hear?", "What happened and who did it. Describe people, gifts, cash, injuries, who collected the child. Not what you conclude"),
    field<&Observation::quoted>          ("quoted",           closely,  "What was said, word for word?", "And who said it. Leave it empty if nothing was said"),
    field<&Observation::how_known>       ("how_known",        watched,  "How do you know?", "", "observations.how_known"),
    field<&Observation::others>          ("others",           closely,  "Who else was there?", "Names or descriptions"),
    field<&Observation::vehicle>         ("vehicle",          closely,  "Vehicles, plates, telephone numbers, names used online", "As you saw them"),
    field<&Observation::originals>       ("originals",        closely,  "Where is the message, the picture or the note kept?", "Keep originals, and screenshots that show what stood around them. Nothing is sent with this form"),
    field<&Observation::witness>         ("witness",          watched,  "Could you say this as a witness?", "", "observations.witness"),
    field<&Observation::force>           ("force",            workings, "Which police force reads it?", "Of the area in which the child lives"),
    field<&Observation::agency>          ("agency",           workings, "Organisation of the observer"),
    field<&Observation::team>            ("team",             workings, "Team of the observer"),
    field<&Observation::observer>        ("observer",         workings, "Written down by"),
    field<&Observation::observer_role>   ("observer_role",    workings, "Role of the observer"),
    field<&Observation::recorded_at>     ("recorded_at",      workings, "Written down at"),
    field<&Observation::acknowledged_at> ("acknowledged_at",  workings, "Acknowledged at"),
    field<&Observation::assessed_as>     ("assessed_as",      weighed,  "What is it?", "", "observations.assessments"),
    field<&Observation::assessed_because>("assessed_because", weighed,  "Why do you assess it so?"),
    field<&Observation::assessed_at>     ("assessed_at",      workings, "Assessed at"),
    field<&Observation::helped>          ("helped",           watched,  "Did it help?", "", "observations.helped"),
    field<&Observation::feedback>        ("feedback",         closely,  "What do you tell the observer?", "Thank them. Nothing that puts the child or an investigation at risk"),
    field<&Observation::told_at>         ("told_at",          workings, "The observer was told at"),
};

constexpr Part parts[] = {
    part<&Observation::additions>("additions", "Added later", "", addition_fields),
};

constexpr std::string_view states[]      = {submitted, acknowledged, assessed, used, retained};
constexpr std::string_view open_states[] = {submitted, acknowledged, assessed};

constexpr Roles observers{EDUC, SW, RHIP, PLAC, VSUP, HLTH, EDT};
constexpr Roles assessors{MPC, INSP};

constexpr Action actions[] = {
    // action        from             to                 who may    asks for
    {"submit",      {nothing_yet},   {submitted},        observers,
        "child? name_given? born_given? observed_at precision kind place seen quoted? how_known others? vehicle? originals? witness force",
                                                                   "Write down what you saw or heard",  only_if<the_observation_is_whole>, doing<note_observation>},
    {"add",         {submitted, acknowledged, assessed, used, retained}, {same_state, submitted}, observers, "additions",
                                                                   "Add to it, or put something right", only_if<the_addition_is_whole>, doing<note_addition>},
    {"acknowledge", {submitted},     {acknowledged},     assessors, "", "Say that you have it",         nullptr, doing<note_acknowledgement>, true},
    {"assess",      {acknowledged},  {assessed},         assessors, "assessed_as assessed_because", "Assess it", nullptr, doing<note_assessment>, true},
    {"feed_back",   {assessed},      {used, retained},   assessors, "helped feedback", "Tell the observer whether it helped", nullptr, doing<note_feedback>},
};

constexpr Clock clocks[] = {
    // clock  what is awaited                          starts on            stops on         because
    {"C49", "The police say that they have it",       {"submit", "add"},   {"acknowledge"},
        "What a partner saw or heard is acknowledged within one working day (4.H, partner observation log)", nullptr, nullptr, nullptr, Again::keeps, {}, false, waits_for_the_police},
};

Heading heading_of(const void* facts)
{
    const auto& observation = *static_cast<const Observation*>(facts);
    return {.child = observation.child,
            .agency = observation.agency,
            .team = observation.team,
            .partner = observation.force};
}

/// The observer's team keeps sight of what is its own, also when it is closed: whether it helped is told there. Those of
/// the force who assess it know of it by that. Both are an enquiry, which brings nobody nearer to the child; that the
/// observation is the team's own opens what was seen (field group observation, "own").
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own_team = session.agency == heading.agency && session.team == heading.team;
    if (is_own_team && observers.has(session.role)) return {{.relationship = Relationship::enquiry}, {.relationship = Relationship::own_agency}};
    if (session.agency == heading.partner && assessors.has(session.role)) return {{.relationship = Relationship::enquiry}};
    return {};
}

constexpr CaseType type = checked({
    .name = "observation",
    .title = "Partner observation",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Observation>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& observation_type() { return type; }

bool may_observe(accounts::Role role) { return observers.has(role); }
bool may_assess(accounts::Role role) { return assessors.has(role); }

} // namespace reachable::observations
