#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"
#include "casework/checked.h"

namespace reachable::profiles {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass core    {Category::id_core,        Label::personal};
constexpr FieldClass where   {Category::missing,        Label::personal};
constexpr FieldClass closely {Category::missing,        Label::sensitive};
constexpr FieldClass health  {Category::safety_summary, Label::sensitive};
constexpr FieldClass workings{Category::missing,        Label::personal};
constexpr FieldClass kept_by {Category::missing,        Label::personal};

constexpr Field place_fields[] = {
    field<&Place::where> ("where",  closely, "An address or a place that the child knows", "One at a time; another is added in the same way"),
    field<&Place::safety>("safety", closely, "What should somebody know who goes there?", "For example, ring first, or go in pairs"),
};

constexpr Field asked_fields[] = {
    noted(field<&AskedFor::force>("force", workings, "Force")),
    noted(field<&AskedFor::at>   ("at",    workings, "When")),
};

constexpr Field fields[] = {
    field<&Profile::child>              ("child",               workings, "Child"),
    field<&Profile::name_given>         ("name_given",          core,     "What is the child's name?", "First name and surname"),
    field<&Profile::born_given>         ("born_given",          core,     "Date of birth", "For example, 27 3 2011. Leave out the day or the month if they are not known"),
    field<&Profile::given_by>           ("given_by",            where,    "Who gives this information?", "", "profiles.given_by"),
    field<&Profile::is_in_care>         ("is_in_care",          where,    "Is the child in care?"),
    field<&Profile::home>               ("home",                where,    "Where does the child live?", "The home and the town"),
    field<&Profile::contact>            ("contact",             where,    "Which number reaches somebody who looks after the child, day and night?"),
    field<&Profile::looks>              ("looks",               where,    "What does the child look like?", "Height, build, hair, eyes, glasses, what the child likes to wear"),
    field<&Profile::marks>              ("marks",               where,    "Marks", "Scars, piercings, tattoos"),
    field<&Profile::ethnicity>          ("ethnicity",           where,    "How does the child describe their ethnicity?", "Ask the child; it is never guessed. It is counted in groups, so that unfair differences are seen", "profiles.ethnicity"),
    field<&Profile::phones>             ("phones",              closely,  "Telephone numbers of the child"),
    field<&Profile::devices>            ("devices",             closely,  "Numbers of the devices (IMEI)", "It stands on the box, or dial *#06#"),
    field<&Profile::handles>            ("handles",             closely,  "Names on social media"),
    field<&Profile::cards>              ("cards",               closely,  "Bank and travel cards", "Which bank or which card, and the last four digits"),
    field<&Profile::vehicles>           ("vehicles",            closely,  "Cars, bicycles and scooters that the child can use"),
    field<&Profile::friends>            ("friends",             closely,  "Friends, and others whom the child meets"),
    field<&Profile::family>             ("family",              closely,  "Family, and with whom contact is limited"),
    field<&Profile::look_first>         ("look_first",          closely,  "Where should somebody look first?", "Where the child was found before, and where they like to be"),
    field<&Profile::school>             ("school",              where,    "School or college"),
    field<&Profile::routines>           ("routines",            closely,  "What does a usual day look like?"),
    field<&Profile::health>             ("health",              health,   "Health and medicine", "What happens if a dose is left out. Write “none” if there is nothing"),
    field<&Profile::triggers>           ("triggers",            health,   "What upsets the child, and what helps?"),
    field<&Profile::self_harm>          ("self_harm",           health,   "Does the child hurt themselves?", "What happened, and what helped"),
    field<&Profile::exploitation>       ("exploitation",        closely,  "What makes you worry that somebody uses the child?", "Who, what you saw, since when"),
    field<&Profile::talk_to>            ("talk_to",             where,    "Whom would the child talk to?"),
    field<&Profile::child_view>         ("child_view",          closely,  "What does the child say should happen when they are missing?", "In the child's own words"),
    field<&Profile::child_view_language>("child_view_language", where,    "In which language do the words stand?", "For example, English"),
    field<&Profile::told>               ("told",                where,    "What does the child know of this profile?", "", "profiles.told"),
    field<&Profile::told_because>       ("told_because",        closely,  "If the child was not told, or does not want it: why is it kept?"),
    field<&Profile::told_text>          ("told_text",           where,    "The words that the child was told", "", "profiles.consent"),
    field<&Profile::photo>              ("photo",               closely,  "Photograph"),
    field<&Profile::photo_taken_on>     ("photo_taken_on",      where,    "When was the photograph taken?"),
    field<&Profile::staff_name>         ("staff_name",          kept_by,  "Which home looks after the child?", "The sign-in name of somebody who works there. Their team keeps the profile from then on. Leave it empty if the child lives with family"),
    field<&Profile::keeper>             ("keeper",              kept_by,  "Kept by"),
    field<&Profile::team>               ("team",                kept_by,  "Team"),
    field<&Profile::authority>          ("authority",           kept_by,  "Which local authority answers for the child?"),
    field<&Profile::desk>               ("desk",                kept_by,  "Its desk"),
    field<&Profile::opened_at>          ("opened_at",           kept_by,  "Opened at"),
    field<&Profile::confirmed_at>       ("confirmed_at",        where,    "Confirmed at"),
    field<&Profile::confirmed_by>       ("confirmed_by",        kept_by,  "Confirmed by"),
    field<&Profile::end_reason>         ("end_reason",          where,    "Why is it kept no longer?", "", "profiles.ends"),
    field<&Profile::ended_at>           ("ended_at",            kept_by,  "Ended at"),
};

constexpr Part parts[] = {
    part<&Profile::places>   ("places",    "Places that the child knows",  "where", place_fields),
    part<&Profile::asked_for>("asked_for", "Forces that asked whether a profile is kept", "", asked_fields),
};

constexpr std::string_view states[]      = {current, ended};
constexpr std::string_view open_states[] = {current};

constexpr Roles keepers{PLAC, SW};
constexpr Roles takers {CALL, RESP, MPC};

constexpr Action actions[] = {
    // action        from            to            who may  asks for
    {"open",         {nothing_yet},  {current},    keepers, "child? name_given born_given? given_by is_in_care home contact looks look_first health staff_name? authority? told told_because? child_view? child_view_language? marks? ethnicity? phones? devices? handles? cards? vehicles? friends? family? school? routines? triggers? self_harm? exploitation? talk_to? places?",
                                                                     "Open a profile",                         only_if<the_profile_is_whole>, doing<note_opening>},
    {"update",       {current},      {same_state}, keepers, "is_in_care? home? contact? looks? look_first? health? told? told_because? child_view? child_view_language? marks? ethnicity? phones? devices? handles? cards? vehicles? friends? family? school? routines? triggers? self_harm? exploitation? talk_to? places?",
                                                                     "Change the profile",                     only_if<the_profile_is_whole>, doing<note_update>},
    {"confirm",      {current},      {same_state}, keepers, "",      "All of it is so still",                  nullptr, doing<note_confirmation>, true},
    {"add_photo",    {current},      {same_state}, keepers, "photo photo_taken_on", "Put in a photograph",      only_if<the_photograph_is_there>, doing<note_photograph>},
    {"remove_photo", {current},      {same_state}, keepers, "",      "Take the photograph away",               nullptr, doing<take_the_photograph_away>},
    {"pass",         {current},      {same_state}, {SW},    "staff_name? home contact", "The child lives somewhere else now", nullptr, doing<pass_to_a_home>},
    {"ask",          {current},      {same_state}, takers,  "",      "Ask whether a profile is kept",          nullptr, doing<note_asked>},
    {"end",          {current},      {ended},      keepers, "end_reason", "Keep it no longer",                 nullptr, doing<note_end>, true},
};

constexpr Clock clocks[] = {
    // clock  what is awaited                                          starts on                               stops on                                        because
    {"C71",  "Somebody confirms the profile of a child in care",      {"open", "update", "confirm", "pass", "add_photo"}, {"open", "update", "confirm", "pass", "add_photo", "end"},
        "4.B: a profile is confirmed every 28 days of a child in care, and by every change", nullptr, nullptr, nullptr, Again::keeps, {}, false, is_of_a_child_in_care},
    {"C72",  "Somebody confirms the profile",                         {"open", "update", "confirm", "pass", "add_photo"}, {"open", "update", "confirm", "pass", "add_photo", "end"},
        "4.B: a profile is confirmed every 90 days, and by every change", nullptr, nullptr, nullptr, Again::keeps, {}, false, is_of_another_child},
};

Heading heading_of(const void* facts)
{
    const auto& profile = *static_cast<const Profile*>(facts);
    return {.child = profile.child,
            .agency = profile.keeper,
            .team = profile.team,
            .partner = profile.authority,
            .partner_team = profile.desk,
            .ended_at = profile.ended_at,
            .partner_ended_at = profile.ended_at};
}

/// The home that keeps it, and its manager, who sees that it is confirmed. A social worker and a force come to it by what ties
/// them to the child, and nobody else of the police does.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_keeper = session.agency == heading.agency && session.team == heading.team;
    std::vector<policy::Link> links;
    if (is_keeper && session.role == PLAC) links.push_back({.relationship = Relationship::allocated, .ended_at = heading.ended_at});
    if ((is_keeper && session.role == SUPV) || (session.agency == heading.partner && session.role == LADM)) links.push_back({.relationship = Relationship::own_agency});
    return links;
}

constexpr CaseType type = checked({
    .name = "profile",
    .title = "Profile in case a child is missing",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Profile>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& profile_type() { return type; }

bool keeps_profiles(accounts::Role role) { return keepers.has(role); }

} // namespace reachable::profiles
