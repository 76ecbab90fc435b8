#include "capabilities/meetings/meeting.h"
#include "capabilities/meetings/meetings.h"
#include "casework/checked.h"

namespace reachable::meetings {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass workings{Category::administration, Label::personal};
constexpr FieldClass within  {Category::meeting, Label::sensitive};

constexpr Field invited_fields[] = {
    field<&Invited::organisation>("organisation", workings, "Organisation"),
    field<&Invited::because>     ("because",      workings, "Asked because", "", "meetings.because"),
    field<&Invited::reason>      ("reason",       within,   "Why"),
    field<&Invited::coming>      ("coming",       workings, "Answer", "", "meetings.coming"),
    field<&Invited::who>         ("who",          within,   "Who comes"),
    field<&Invited::apologies>   ("apologies",    within,   "Why nobody comes"),
    field<&Invited::report>      ("report",       within,   "What it means for safety"),
    field<&Invited::answered_at> ("answered_at",  workings, "Answered at"),
};

constexpr Field attendance_fields[] = {
    field<&Attendance::organisation>("organisation", workings, "Organisation"),
    field<&Attendance::came>        ("came",         workings, "Were they there?", "", "meetings.attendance"),
    field<&Attendance::who>         ("who",          within,   "Who", "By their role"),
};

constexpr Field item_fields[] = {
    field<&Item::line>           ("line",            within, "What is it?", "One line of information"),
    field<&Item::held_by>        ("held_by",         within, "Which organisation holds it?"),
    field<&Item::share_with>     ("share_with",      within, "With which organisation would it be shared?", "One at a time: what one needs, another may not"),
    field<&Item::decision>       ("decision",        within, "Is it shared?", "", "meetings.decisions"),
    field<&Item::shared_words>   ("shared_words",    within, "If partly: in which words?", "What they read, and nothing by which the rest is known"),
    field<&Item::basis>          ("basis",           within, "On which basis?", "The law that allows it, or why it does not"),
    field<&Item::necessity>      ("necessity",       within, "Why do they need it?", "Or why they do not"),
    field<&Item::proportionality>("proportionality", within, "Is it the least that works?"),
    field<&Item::child_view>     ("child_view",      within, "What does the child wish, as far as is known?", "Or that nobody has asked, and why"),
    field<&Item::caveat>         ("caveat",          within, "What may they not do with it?", "For example: not for onward use; not to be told to the family"),
    field<&Item::review_on>      ("review_on",       within, "When is that looked at again?"),
    noted(field<&Item::decided_by>("decided_by",     within, "Decided by")),
    noted(field<&Item::at>       ("at",              within, "Decided at")),
};

constexpr Field decided_fields[] = {
    field<&Decided::what>   ("what",    within, "What is decided?", "The decision, not what was said"),
    field<&Decided::because>("because", within, "Why?"),
    field<&Decided::dissent>("dissent", within, "Who does not agree, and why?", "By organisation"),
    noted(field<&Decided::by>("by",     within, "Written down by")),
    noted(field<&Decided::at>("at",     within, "Written down at")),
};

constexpr Field wanted_fields[] = {
    field<&Wanted::what>  ("what",   within, "What is to be done?"),
    field<&Wanted::about> ("about",  within, "What is it about?", "", "meetings.about"),
    field<&Wanted::owner> ("owner",  within, "Which organisation does it?"),
    field<&Wanted::due_on>("due_on", within, "By when?"),
    noted(field<&Wanted::number>("number", within, "Number")),
    noted(field<&Wanted::at>("at",   within, "Asked for at")),
};

constexpr Field outcome_fields[] = {
    field<&CameOfIt::number>("number", within, "Number"),
    field<&CameOfIt::state> ("state",  within, "What came of it", "", "meetings.outcomes"),
    field<&CameOfIt::words> ("words",  within, "In the words of whoever did it"),
    field<&CameOfIt::at>    ("at",     within, "At"),
};

constexpr Field fields[] = {
    field<&Meeting::child>               ("child",                workings, "Child"),
    field<&Meeting::kind>                ("kind",                 workings, "Which meeting?", "", "meetings.kinds"),
    field<&Meeting::held_at>             ("held_at",              workings, "When is it held?"),
    field<&Meeting::held_where>          ("held_where",           workings, "Where?", "A room, or how one joins by telephone or video. Nothing of the child"),
    field<&Meeting::aim>                 ("aim",                  within,   "What is it to decide?", "Everybody who is asked reads this"),
    field<&Meeting::named_as>            ("named_as",             within,   "How is the child named to those who are asked?", "As little as they need to know whom it is about: for example, a name and a year of birth"),
    field<&Meeting::threshold>           ("threshold",            within,   "Of a strategy discussion: why is the threshold met?"),
    field<&Meeting::chair_name>          ("chair_name",           workings, "Who chairs it?", "The sign-in name of a chair. Their team leads the meeting with you. Leave it empty if you chair it"),
    field<&Meeting::invite_whom>         ("invite_whom",          workings, "Which other organisation is asked?"),
    field<&Meeting::invite_because>      ("invite_because",       within,   "Why do they need to come?"),
    field<&Meeting::confidentiality_read>("confidentiality_read", workings, "Was it read out that what is said here stays here?"),
    field<&Meeting::left_for_a_link>     ("left_for_a_link",      within,   "Who left, because they know the child or the family personally?", "By organisation and role"),
    field<&Meeting::plan>                ("plan",                 within,   "Of a strategy discussion: what is the plan?"),
    field<&Meeting::timescale>           ("timescale",            within,   "And by when?"),
    field<&Meeting::no_action_because>   ("no_action_because",    within,   "If no action is about a person who may do harm, or a place: why not?"),
    field<&Meeting::corrections>         ("corrections",          within,   "What was corrected in the minutes?"),
    field<&Meeting::called_off_because>  ("called_off_because",   within,   "Why is it called off?"),
    field<&Meeting::convener>            ("convener",             workings, "Convened by"),
    field<&Meeting::team>                ("team",                 workings, "Team"),
    field<&Meeting::chair_agency>        ("chair_agency",         workings, "Chaired by"),
    field<&Meeting::chair_team>          ("chair_team",           workings, "Team of the chair"),
    field<&Meeting::convened_at>         ("convened_at",          workings, "Convened at"),
    field<&Meeting::opened_at>           ("opened_at",            workings, "Opened at"),
    field<&Meeting::ended_at>            ("ended_at",             workings, "Ended at"),
};

constexpr Part parts[] = {
    part<&Meeting::invited>   ("invited",    "Asked",               "organisation", invited_fields),
    part<&Meeting::attendance>("attendance", "Attendance",          "organisation", attendance_fields),
    part<&Meeting::items>     ("items",      "Decisions to share",  "",             item_fields),
    part<&Meeting::decisions> ("decisions",  "Decisions",           "",             decided_fields),
    part<&Meeting::actions>   ("actions",    "Actions",             "",             wanted_fields),
    part<&Meeting::outcomes>  ("outcomes",   "What came of actions", "number",      outcome_fields),
};

constexpr std::string_view states[]      = {issued, in_session, minutes_written, agreed, closed, called_off};
constexpr std::string_view open_states[] = {issued, in_session, minutes_written, agreed};

constexpr Roles conveners{SW, MPC};
constexpr Roles leaders  {SW, MPC, CHAIR};

constexpr Action actions[] = {
    // action           from                                 to                 who may    asks for
    {"convene",        {nothing_yet},                       {issued},          conveners, "child kind held_at held_where aim named_as threshold? chair_name?",
                                                                                          "Convene a meeting",                    only_if<the_meeting_can_be_held>, doing<note_convened>},
    {"invite",         {issued},                            {same_state},      leaders,   "invite_whom invite_because",
                                                                                          "Ask another organisation",             only_if<nobody_asked_them_yet>},
    {"note_invited",   {issued},                            {same_state},      {system},  "invited",              "Asked to the meeting",           nullptr},
    {"note_answer",    {issued, in_session},                {same_state},      {system},  "invited",              "An organisation answered",       nullptr, doing<note_answers>},
    {"open",           {issued},                            {in_session},      leaders,   "attendance confidentiality_read left_for_a_link?",
                                                                                          "Open the meeting",                     only_if<the_meeting_can_open>, doing<note_opened>, true},
    {"share",          {in_session},                        {same_state},      leaders,   "items",                "Decide whether something is shared", only_if<the_item_is_decided>, doing<note_item>},
    {"decide",         {in_session},                        {same_state},      leaders,   "decisions",            "Write down a decision",          only_if<the_decision_has_reasons>, doing<note_decision>},
    {"set_action",     {in_session, minutes_written},       {same_state},      leaders,   "actions",              "Write down an action",           only_if<the_action_can_be_followed>, doing<note_wanted>},
    {"note_action",    {in_session, minutes_written, agreed}, {same_state, closed}, {system}, "outcomes",         "What came of an action",         nullptr, doing<note_outcome>},
    {"close_session",  {in_session},                        {minutes_written}, leaders,   "no_action_because? plan? timescale?",
                                                                                          "End the meeting",                      only_if<it_comes_to_something>, nullptr, true},
    {"agree",          {minutes_written},                   {agreed, closed},  leaders,   "corrections?",         "The minutes are agreed",         nullptr, doing<note_agreed>, true},
    {"call_off",       {issued},                            {called_off},      leaders,   "called_off_because",   "Call the meeting off",           nullptr, doing<note_called_off>},
};

constexpr Clock clocks[] = {
    // clock  what is awaited                       starts on     stops on
    {"C34",  "A strategy discussion is held",      {"convene"},  {"open", "call_off"},
        "4.G: a strategy discussion is held within a working day of the threshold", nullptr, nullptr, nullptr, Again::keeps, {}, false, is_a_strategy_discussion},
};

Heading heading_of(const void* facts)
{
    const auto& meeting = *static_cast<const Meeting*>(facts);
    return {.child = meeting.child,
            .agency = meeting.convener,
            .team = meeting.team,
            .partner = meeting.chair_agency,
            .partner_team = meeting.chair_team,
            .ended_at = meeting.ended_at,
            .partner_ended_at = meeting.ended_at};
}

/// Those who lead it: the team that convened it, and the chair's. Those who are asked read their invitation.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency;
    const bool is_theirs = is_own && session.team == heading.team && conveners.has(session.role);
    const bool is_chair = session.agency == heading.partner && session.team == heading.partner_team && session.role == CHAIR;
    std::vector<policy::Link> links;
    if (is_theirs || is_chair || (is_own && session.role == MPC)) links.push_back({.relationship = Relationship::attending, .ended_at = heading.ended_at});
    if (is_own && session.role == LADM) links.push_back({.relationship = Relationship::own_agency});
    return links;
}

constexpr CaseType type = checked({
    .name = "meeting",
    .title = "Meeting about a child",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Meeting>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& meeting_type() { return type; }

bool may_convene(accounts::Role role) { return conveners.has(role); }
bool leads_meetings(accounts::Role role) { return leaders.has(role); }

} // namespace reachable::meetings
