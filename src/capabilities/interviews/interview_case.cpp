#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "casework/checked.h"

namespace reachable::interviews {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

// Held as the workings of a case, and not as what is known of a missing child: whoever looks for the child, of whichever
// force, sees nothing of an interview by that.
constexpr FieldClass when    {Category::administration, Label::personal};
constexpr FieldClass workings{Category::administration, Label::personal};
constexpr FieldClass police  {Category::administration, Label::sensitive};
constexpr FieldClass services{Category::administration, Label::restricted};
constexpr FieldClass told    {Category::interview_text, Label::restricted};

constexpr Field covered_fields[] = {
    noted(field<&Covered::episode>    ("episode",     workings, "Episode")),
    noted(field<&Covered::returned_at>("returned_at", when,     "Back at")),
};

constexpr Field offered_fields[] = {
    field<&Offered::offered_at>   ("offered_at",    when,     "When was it offered?"),
    field<&Offered::by>           ("by",            when,     "Who offered it?", "Their name and their service"),
    field<&Offered::way>          ("way",           when,     "How?", "", "interviews.ways"),
    field<&Offered::language>     ("language",      when,     "In which language?"),
    field<&Offered::chosen_person>("chosen_person", told,     "Whom would the child talk to?", "The child chooses"),
    field<&Offered::chosen_place> ("chosen_place",  told,     "Where?", "The child chooses"),
    field<&Offered::answer>       ("answer",        when,     "What does the child say?", "", "interviews.answers"),
    field<&Offered::child_words>  ("child_words",   told,     "In the child's own words", "Exactly as they were said"),
    noted(field<&Offered::written_by>("written_by", workings, "Written down by")),
    noted(field<&Offered::written_at>("written_at", workings, "Written down at")),
};

constexpr Field said_fields[] = {
    field<&Said::words>      ("words",       told,     "What does the child say?", "In the child's own words, exactly as they were said"),
    field<&Said::language>   ("language",    told,     "In which language do the words stand?"),
    field<&Said::interpreter>("interpreter", told,     "Was there an interpreter?", "How, not who: for example, by telephone, professional"),
    field<&Said::translation>("translation", told,     "What it means in English", "If the words are in another language. The words themselves stay as they are"),
    noted(field<&Said::at>   ("at",          workings, "Written down at")),
};

constexpr Field item_fields[] = {
    field<&Item::words>     ("words",      told,     "What is it?", "One thing: a place, a person, a way, a need"),
    field<&Item::category>  ("category",   told,     "What is it about?", "", "interviews.categories"),
    field<&Item::decision>  ("decision",   told,     "With whom is it shared?", "", "interviews.decisions"),
    field<&Item::child_view>("child_view", told,     "What does the child say to that?", "", "interviews.views"),
    field<&Item::because>   ("because",    told,     "Why do you decide so?", "Above all if the child does not agree, or was not asked"),
    field<&Item::sanitised> ("sanitised",  told,     "In which words is it shared?", "What the receivers read. Nothing by which the child is known to have said it"),
    noted(field<&Item::at>  ("at",         workings, "Written down at")),
};

constexpr Field shared_fields[] = {
    noted(field<&Shared::category>("category", workings, "About", "", "interviews.categories")),
    noted(field<&Shared::with>    ("with",     workings, "Shared with", "", "interviews.decisions")),
    noted(field<&Shared::words>   ("words",    workings, "Words")),
    noted(field<&Shared::at>      ("at",       workings, "Shared at")),
};

constexpr Field acknowledged_fields[] = {
    field<&Acknowledged::action>      ("action", workings, "What do you do because of it?", "And who does it"),
    noted(field<&Acknowledged::by>    ("by",     workings, "Read by")),
    noted(field<&Acknowledged::side>  ("side",   workings, "Side")),
    noted(field<&Acknowledged::agency>("agency", workings, "Of")),
    noted(field<&Acknowledged::at>    ("at",     workings, "Read at")),
};

constexpr Field fields[] = {
    field<&Interview::child>                  ("child",                   workings, "Child"),
    field<&Interview::returned_at>            ("returned_at",             when,     "The child was back"),
    field<&Interview::authority>              ("authority",               workings, "Local authority"),
    field<&Interview::desk>                   ("desk",                    workings, "Team"),
    field<&Interview::force>                  ("force",                   workings, "Police force"),
    field<&Interview::team>                   ("team",                    workings, "Its coordinators"),
    field<&Interview::opened_at>              ("opened_at",               workings, "Opened at"),
    field<&Interview::episode>                ("episode",                 workings, "Absence"),
    field<&Interview::rule_set>               ("rule_set",                when,     "Rules", "", "interviews.rule_sets"),
    field<&Interview::staff_name>             ("staff_name",              workings, "Who goes to the child?", "Their sign-in name. Their team sees the interview from then on"),
    field<&Interview::held_at>                ("held_at",                 when,     "When was it held?"),
    field<&Interview::held_where>             ("held_where",              told,     "Where?"),
    field<&Interview::held_by>                ("held_by",                 when,     "Who held it?", "Their name and their service"),
    field<&Interview::independence>           ("independence",            when,     "Are they independent?", "", "interviews.independence"),
    field<&Interview::not_independent_because>("not_independent_because", when,     "If not: why not?"),
    field<&Interview::seen_alone>             ("seen_alone",              when,     "Was the child seen alone?", "", "missing.seen_alone"),
    field<&Interview::pushes>                 ("pushes",                  told,     "What pushes the child away from where they live?"),
    field<&Interview::pulls>                  ("pulls",                   told,     "What or who pulls the child?"),
    field<&Interview::wishes>                 ("wishes",                  told,     "What does the child want to happen?"),
    field<&Interview::carer_account>          ("carer_account",           told,     "What does the parent or carer say?", "Above all if the child said no: then they are asked instead"),
    field<&Interview::needs>                  ("needs",                   told,     "What does the child need?"),
    field<&Interview::crime_told>             ("crime_told",              told,     "Did the child tell of a crime?", "Write down the words, ask no more, and tell the police today: this is no evidential interview", "interviews.crime_told"),
    field<&Interview::do_not_tell>            ("do_not_tell",             when,     "Who must not learn of it?", "For example: do not tell mother. It stands on every view of this interview, and on paper"),
    field<&Interview::shared_at>              ("shared_at",               workings, "Shared at"),
    field<&Interview::not_held_because>       ("not_held_because",        when,     "Why is it not held?", "", "interviews.not_held"),
    field<&Interview::not_held_words>         ("not_held_words",          police,   "What was tried?", "Not what the child said"),
    field<&Interview::ended_at>               ("ended_at",                workings, "Ended at"),
};

/// What is shared stands apart from what was said: each receiver sees theirs and nothing that leads back.
FieldClass held_by_the_receiver(const void* item)
{
    return static_cast<const Shared*>(item)->with == "police" ? police : services;
}
FieldClass read_by_the_police_too(const void* item)
{
    return static_cast<const Shared*>(item)->with == "childrens_services" ? services : police;
}

/// What one side does about its items may tell of them, and is no more the other's than they are.
FieldClass held_by_who_acts(const void* item)
{
    return static_cast<const Acknowledged*>(item)->side == "police" ? police : services;
}

constexpr Part parts[] = {
    part<&Interview::covers>      ("covers",       "Absences",             "", covered_fields),
    part<&Interview::offers>      ("offers",       "Offers made",          "", offered_fields),
    part<&Interview::child_said>  ("child_said",   "What the child said",  "", said_fields),
    part<&Interview::items>       ("items",        "What others may need to know", "words", item_fields),
    part<&Interview::shared>      ("shared",       "What was shared",      "", shared_fields, held_by_the_receiver, read_by_the_police_too),
    part<&Interview::acknowledged>("acknowledged", "What is done about it", "", acknowledged_fields, held_by_who_acts),
};

constexpr std::string_view states[]      = {due, offered, accepted, declined_once, declined, completed, shared, actioned, not_held};
constexpr std::string_view open_states[] = {due, offered, accepted, declined_once, completed, shared};

constexpr Roles arrangers   {RHIP, SW, EDT, LADM};
constexpr Roles interviewers{RHIP, SW};
constexpr Roles receivers   {MPC, INSP, SW, EDT};

constexpr Action actions[] = {
    // action        from                                      to             who may       asks for
    {"open",         {nothing_yet},                            {due},         {system},     "child episode? returned_at authority desk force team", "Due, because the child is back", nullptr, doing<note_opening>},
    {"cover",        {due, offered, accepted, declined_once},  {same_state},  {system},     "episode? returned_at", "Covers another absence",                        nullptr, doing<cover_another>},
    {"correct_return", {due, offered, accepted, declined_once}, {same_state}, {system},     "episode returned_at",  "The child was back at another time",            nullptr, doing<correct_the_return>},
    {"drop_absence", {due, offered, accepted, declined_once},  {same_state, not_held}, {system}, "episode",          "It was no absence",                             nullptr, doing<drop_the_absence>},
    {"pass",         {due, offered, accepted, declined_once},  {same_state},  arrangers,    "staff_name",           "Pass it to whoever goes to the child",          nullptr, doing<pass_to_a_worker>},
    {"offer",        {due, offered, declined_once},            {offered, accepted, declined_once, declined}, interviewers, "offers carer_account?", "Write down an offer and the child's answer", only_if<the_offer_is_whole>, doing<note_offer>},
    {"hold",         {offered, accepted, declined_once},       {completed},   interviewers, "held_at held_where held_by independence not_independent_because? seen_alone child_said? pushes? pulls? wishes? carer_account? needs? crime_told do_not_tell?",
                                                                                            "Write down the interview",                      only_if<the_interview_is_whole>, doing<note_interview>},
    {"add_item",     {completed},                              {same_state},  interviewers, "items",                "Write down one thing that others may need",     only_if<the_item_is_decided>, doing<note_item>},
    {"share",        {completed},                              {shared, actioned}, interviewers, "",                     "Share what is to be shared",                    only_if<every_item_is_decided>, doing<share_items>, true},
    {"acknowledge",  {shared},                                 {same_state, actioned}, receivers, "acknowledged",   "Say that you read it, and what you do",         nullptr, doing<note_acknowledgement>},
    {"not_held",     {due, offered, accepted, declined_once},  {not_held},    arrangers,    "not_held_because not_held_words", "It cannot be held",     only_if<it_was_offered_first>, doing<note_end>},
    {"carry_over",   {due, offered, accepted, declined_once},  {not_held},    {system},     "not_held_because",     "Carries to the next return",                    nullptr, doing<note_end>},
};

constexpr std::string_view because_offered = "4.B: it is offered within 24 hours of the return, whatever the risk was (R-B-01)";
constexpr std::string_view because_held = "4.B: 72 hours of elapsed time from the return; weekends and clock changes stop nothing (R-B-02)";

constexpr Clock clocks[] = {
    // clock  what is awaited                                    starts on   stops on                    because
    {"C12",  "An interview is offered to the child",            {"open"},   {"offer", "not_held", "carry_over", "drop_absence"},
        because_offered, when_the_child_returned, nullptr, was_offered, Again::keeps, {"correct_return", "drop_absence"}, false, works_by_english_rules},
    {"C13",  "The interview is held, or declined after a second offer", {"open"}, {"hold", "offer", "not_held", "carry_over", "drop_absence"},
        because_held, when_the_child_returned, nullptr, is_settled, Again::keeps, {"correct_return", "drop_absence"}, false, works_by_english_rules},
    {"C12W", "An interview is offered to the child",            {"open"},   {"offer", "not_held", "carry_over", "drop_absence"},
        because_offered, when_the_child_returned, nullptr, was_offered, Again::keeps, {"correct_return", "drop_absence"}, false, works_by_welsh_rules},
    {"C13W", "The interview is held, or declined after a second offer", {"open"}, {"hold", "offer", "not_held", "carry_over", "drop_absence"},
        because_held, when_the_child_returned, nullptr, is_settled, Again::keeps, {"correct_return", "drop_absence"}, false, works_by_welsh_rules},
    {"C14",  "What the child told is shared with those who need it", {"hold"}, {"share"},
        "4.B: what others need to know reaches them within a day"},
    {"C14U", "What concerns safety now is shared",              {"add_item"}, {"share"},
        "4.B: an immediate risk reaches those who can act within an hour", nullptr, nullptr, nullptr, Again::keeps, {}, false, has_something_for_safety_now},
    {"C50",  "Whoever it was shared with says what they do",    {"share"},  {"acknowledge"},
        "4.B: a receiver acknowledges and states an action within three working days", nullptr, nullptr, everybody_has_said_what_they_do, Again::keeps, {}, false, something_is_shared},
};

Heading heading_of(const void* facts)
{
    const auto& interview = *static_cast<const Interview*>(facts);
    return {.child = interview.child,
            .agency = interview.authority,
            .team = interview.desk,
            .partner = interview.force,
            .partner_team = interview.team,
            .ended_at = interview.ended_at,
            .partner_ended_at = interview.ended_at};
}

/// Whoever goes to the child, of whichever service; the desk and the managers of the authority that owns it; and the
/// coordinators and inspectors of the force, who read what is shared with them and nothing that the child said.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency, is_their_team = session.team == heading.team;
    std::vector<policy::Link> links;
    if (is_their_team && interviewers.has(session.role)) links.push_back({.relationship = Relationship::allocated, .ended_at = heading.ended_at});
    if (is_own && (session.role == EDT || session.role == LADM)) links.push_back({.relationship = Relationship::duty_desk, .ended_at = heading.ended_at});
    if (is_own && (session.role == LADM || (is_their_team && session.role == SUPV))) links.push_back({.relationship = Relationship::own_agency});
    if (session.agency == heading.partner && (session.role == MPC || session.role == INSP)) links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.ended_at});
    return links;
}

constexpr CaseType type = checked({
    .name = "return-interview",
    .title = "Return home interview",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Interview>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& interview_type() { return type; }

bool holds_interviews(accounts::Role role) { return arrangers.has(role); }
bool reads_what_is_shared(accounts::Role role) { return role == MPC || role == INSP; }

} // namespace reachable::interviews
