#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "casework/checked.h"

namespace reachable::missing {
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

constexpr Field graded_fields[] = {
    field<&Graded::level>        ("level",         where,    "Level", "", "missing.levels"),
    field<&Graded::considered>   ("considered",    closely,  "What is so of this child?", "Each is a reason to consider a higher level. None sets it", "missing.prompts"),
    field<&Graded::because>      ("because",       closely,  "Why this level?"),
    field<&Graded::lower_because>("lower_because", closely,  "Why lower than the last time?", "Only if the last time the same was so, and the level was higher"),
    noted(field<&Graded::by>     ("by",            workings, "Graded by")),
    noted(field<&Graded::at>     ("at",            workings, "Graded at")),
};

constexpr Field enquiry_fields[] = {
    field<&Enquiry::what>      ("what",       closely,  "What is done to find the child?"),
    field<&Enquiry::who>       ("who",        where,    "Who does it?"),
    field<&Enquiry::due>       ("due",        where,    "By when?"),
    field<&Enquiry::came_of_it>("came_of_it", closely,  "What came of it?", "If it is done already, or will not be done: say why"),
    noted(field<&Enquiry::by>  ("by",         workings, "Written down by")),
    noted(field<&Enquiry::at>  ("at",         workings, "Written down at")),
};

constexpr Field companion_fields[] = {
    field<&Companion::who>     ("who",      closely,  "Who may be with the child?", "A name or a description"),
    field<&Companion::age>     ("age",      where,    "How old are they?", "", "encounters.companion_ages"),
    field<&Companion::about_age>("about_age", where,  "About how many years old?", "Of an adult, as whoever saw them would say. Leave it out if nobody can"),
    field<&Companion::relation>("relation", where,    "What are they to the child?", "As far as you checked it", "encounters.relations"),
    field<&Companion::sure>    ("sure",     where,    "How sure is it?", "", "missing.certainty"),
    noted(field<&Companion::years_older>("years_older", where, "So many years older than the child")),
    noted(field<&Companion::at>("at",       workings, "Written down at")),
};

constexpr Field linked_fields[] = {
    field<&Linked::episode>    ("episode", workings, "Whose episode?"),
    field<&Linked::sure>       ("sure",    where,    "How sure is it that they are together?", "", "missing.certainty"),
    noted(field<&Linked::child>("child",   workings, "Child")),
    noted(field<&Linked::at>   ("at",      workings, "Linked at")),
};

constexpr Field place_fields[] = {
    field<&Whereabouts::role> ("role",  where,   "What was this place to the child?", "", "missing.place_roles"),
    field<&Whereabouts::kind> ("kind",  where,   "What kind of place is it?", "", "missing.place_kinds"),
    field<&Whereabouts::name> ("name",  closely, "Which place is it?", "Its name and the town, written as it is always written: Tarn Junction station, Tarnside. Of a family home the town is enough"),
    field<&Whereabouts::area> ("area",  where,   "In the area of which police force?", "If you choose none, in that of the force that leads"),
    field<&Whereabouts::point>("point", closely, "Where is it on the map?", "As a telephone shows it: 53.80110, -1.54910. The distance follows from it"),
    noted(field<&Whereabouts::at>("at", workings, "Written down at")),
};

constexpr Field news_fields[] = {
    field<&News::kind>   ("kind",  where,    "What is it?", "", "missing.news"),
    field<&News::words>  ("words", closely,  "What is new?", "Who says it, since when, and how they know"),
    noted(field<&News::by>("by",   workings, "Written down by")),
    noted(field<&News::at>("at",   workings, "Written down at")),
};

constexpr Field handed_fields[] = {
    noted(field<&Handed::from>       ("from",        workings, "From")),
    noted(field<&Handed::to>         ("to",          workings, "To")),
    noted(field<&Handed::offered_at> ("offered_at",  workings, "Offered at")),
    noted(field<&Handed::accepted_at>("accepted_at", workings, "Accepted at")),
};

constexpr Field looker_fields[] = {
    noted(field<&Looker::force>("force", workings, "Force")),
    noted(field<&Looker::since>("since", workings, "Since")),
    noted(field<&Looker::until>("until", workings, "Until")),
};

constexpr Field fields[] = {
    field<&Episode::child>               ("child",                workings, "Child"),
    field<&Episode::name_given>          ("name_given",           core,     "Who is missing?", "First name and surname"),
    field<&Episode::born_given>          ("born_given",           core,     "Date of birth", "For example, 27 3 2011. Leave out the day or the month if they are not known"),
    field<&Episode::lives_where>         ("lives_where",          where,    "Where do they live, and how old are they?", "The home and the town"),
    field<&Episode::last_seen_at>        ("last_seen_at",         where,    "When were they last seen?"),
    field<&Episode::last_seen_where>     ("last_seen_where",      where,    "Where, by whom, and wearing what?"),
    field<&Episode::worried>             ("worried",              closely,  "Why are you worried today?", "In the words of whoever reports"),
    field<&Episode::company>             ("company",              closely,  "Is anyone with them, or waiting for them?", "A vehicle, a telephone, a message"),
    field<&Episode::urgent_health>       ("urgent_health",        health,   "Any medicine, illness, injury, self-harm or threat?"),
    field<&Episode::look_first>          ("look_first",           closely,  "Where would you look first?", "And what was tried already"),
    field<&Episode::contact>             ("contact",              where,    "Which number is best?", "For whoever reports"),
    field<&Episode::reporter>            ("reporter",             where,    "Who reports?", "", "missing.reporters"),
    field<&Episode::missing_from>        ("missing_from",         where,    "From where is the child missing?", "", "missing.from"),
    field<&Episode::tell_language>       ("tell_language",        where,    "Which language is best for them?", "", "missing.languages"),
    field<&Episode::late_because>        ("late_because",         where,    "If it was not reported at once: what kept them from it?", "Nobody is blamed by it. It shows what the police have to change", "missing.barriers"),
    field<&Episode::late_words>          ("late_words",           closely,  "In their words"),
    field<&Episode::call_started_at>     ("call_started_at",      workings, "When did the call begin?"),
    field<&Episode::was_reported>        ("was_reported",         workings, "Was it reported?"),
    field<&Episode::reported_at>         ("reported_at",          workings, "Reported at"),
    field<&Episode::force>               ("force",                workings, "Which police force?", "The one in whose area the child was last seen"),
    field<&Episode::team>                ("team",                 workings, "Its coordinators"),
    field<&Episode::authority>           ("authority",            workings, "Which local authority is told?", "The one that answers for the child"),
    field<&Episode::desk>                ("desk",                 workings, "Its desk"),
    field<&Episode::recorded_by>         ("recorded_by",          workings, "Recorded by"),
    field<&Episode::reported_by_agency>  ("reported_by_agency",   workings, "Recorded at"),
    field<&Episode::distance_km>         ("distance_km",          where,    "Found so many kilometres from where they went"),
    field<&Episode::review>              ("review",               closely,  "What was reviewed, and what is done next?"),
    field<&Episode::reviewed_at>         ("reviewed_at",          workings, "Reviewed at"),
    field<&Episode::offered_to>          ("offered_to",           workings, "Offered to which force?"),
    field<&Episode::offered_at>          ("offered_at",           workings, "Offered at"),
    field<&Episode::offer_because>       ("offer_because",        closely,  "Why should that force lead?"),
    field<&Episode::located_at>          ("located_at",           where,    "When was the child found or heard of?"),
    field<&Episode::located_how>         ("located_how",          where,    "How is it known?", "", "missing.located"),
    field<&Episode::located_where>       ("located_where",        closely,  "Where is the child?"),
    field<&Episode::returned_at>         ("returned_at",          where,    "When was the child safe?", "Seen by somebody who answers for them, or back where they live"),
    field<&Episode::reached_at>          ("reached_at",           where,    "When did the child reach the place where they live or stay?", "If that was later than when they were safe. The return home interview is due 72 hours after it"),
    field<&Episode::found_where>         ("found_where",          closely,  "Where was the child found?"),
    field<&Episode::found_by>            ("found_by",             where,    "Who found the child?", "", "missing.found_by"),
    field<&Episode::found_distance>      ("found_distance",       where,    "How far from home?", "", "encounters.distances"),
    field<&Episode::return_type>         ("return_type",          where,    "How did the child come back?", "", "missing.returns"),
    field<&Episode::found_with>          ("found_with",           closely,  "What was seen of these?", "Each may mean that somebody exploits the child. None proves it", "encounters.signs"),
    field<&Episode::harm>                ("harm",                 closely,  "Which harm is known?", "", "missing.harm"),
    field<&Episode::considered>          ("considered",           closely,  "May the child be a victim of exploitation?", "", "encounters.considered"),
    field<&Episode::considered_because>  ("considered_because",   closely,  "Why do you decide so?"),
    field<&Episode::safe_to_tell>        ("safe_to_tell",         closely,  "Is it safe to tell the parent or carer where the child is?", "As the officer says who has seen the child", "missing.safe_to_tell"),
    field<&Episode::interviewed_at>      ("interviewed_at",       where,    "When was the child spoken with?"),
    field<&Episode::seen_alone>          ("seen_alone",           where,    "Was the child seen alone?", "", "missing.seen_alone"),
    field<&Episode::interview_words>     ("interview_words",      closely,  "What does the child say?", "In the child's own words; then injuries, and what the child needs now"),
    field<&Episode::not_held_because>    ("not_held_because",     where,    "If nobody spoke with the child: why not?"),
    field<&Episode::close_words>         ("close_words",          closely,  "What is done so that the child is safer?", "And who has the child's name now"),
    field<&Episode::reclassified_because>("reclassified_because", closely,  "How is it known that the child was not missing?"),
    field<&Episode::same_as>             ("same_as",              workings, "Which episode goes on?"),
    field<&Episode::closed_at>           ("closed_at",            workings, "Closed at"),
    field<&Episode::sent_by>             ("sent_by",              workings, "Sent by the system"),
    field<&Episode::sent_reference>      ("sent_reference",       workings, "Its reference there"),
    field<&Episode::written_down_at>     ("written_down_at",      workings, "Written down there at"),
    field<&Episode::last_seen_sure>      ("last_seen_sure",       where,    "How exactly is it known when they were last seen?", "", "missing.sure"),
    field<&Episode::returned_sure>       ("returned_sure",        where,    "How exactly is it known when the child was safe?", "", "missing.sure"),
    field<&Episode::levels_sent>         ("levels_sent",          where,    "Levels of risk, as they were sent"),
    field<&Episode::is_live>             ("is_live",              workings, "Do duties follow from it here?"),
};

constexpr Part parts[] = {
    part<&Episode::grades>    ("grades",     "Levels of risk",            "", graded_fields),
    part<&Episode::enquiries> ("enquiries",  "What is done",              "what", enquiry_fields),
    part<&Episode::companions>("companions", "Who may be with the child", "", companion_fields),
    part<&Episode::linked>    ("linked",     "Children who are missing with them", "", linked_fields),
    part<&Episode::places>    ("places",     "From, to and found", "", place_fields),
    part<&Episode::news>      ("news",       "What is new",               "", news_fields),
    part<&Episode::handed>    ("handed",     "Which force led",           "", handed_fields),
    part<&Episode::looked_for_by>("looked_for_by", "Forces that look for the child", "", looker_fields),
};

constexpr std::string_view states[]      = {reported, active, located, returned, interviewed, closed, reclassified, learnt_later};
constexpr std::string_view open_states[] = {reported, active, located, returned, interviewed};

constexpr std::string_view as_sent =
    "child sent_by sent_reference reported_by_agency force team is_live written_down_at? reported_at? last_seen_at? last_seen_sure? last_seen_where? missing_from? reporter? authority? desk? levels_sent? located_at? located_how? located_where? returned_at? returned_sure? found_where? found_by? found_distance? return_type? harm? reclassified_because?";
constexpr std::string_view as_changed =
    "is_live? written_down_at? reported_at? last_seen_at? last_seen_sure? last_seen_where? missing_from? reporter? authority? desk? levels_sent? located_at? located_how? located_where? returned_at? returned_sure? found_where? found_by? found_distance? return_type? harm?";
constexpr Roles takers  {CALL, RESP, MPC, PLAC, SW, EDT, RHIP, EDUC};
constexpr Roles officers{CALL, RESP, MPC, INSP};
constexpr Roles leaders {MPC, INSP};
constexpr Roles helpers {CALL, RESP, MPC, INSP, EDT, SW};

constexpr States on_record   {reported, active, located, returned, interviewed, learnt_later};
constexpr States in_any_state{reported, active, located, returned, interviewed, closed, reclassified, learnt_later};

constexpr Action actions[] = {
    // action          from                           to              who may   asks for
    {"report",         {nothing_yet},                 {reported, learnt_later}, takers,
        "child? name_given born_given? lives_where? last_seen_at last_seen_where? worried? company? urgent_health? look_first? contact? reporter? missing_from? tell_language? late_because? late_words? force? authority? returned_at? found_where? call_started_at?",
                                                                                "Report a child missing, or an absence that nobody reported", only_if<the_report_can_be_sent>, doing<note_report>},
    {"found_unreported", {nothing_yet},               {returned},     {system}, "child last_seen_at returned_at found_where? found_distance? found_with? places? force team authority? desk?",
                                                                                "Opened because the police met the child",      nullptr, doing<note_unreported>},
    {"grade",          {reported, active, located},   {active},       officers, "grades",                        "Say how high the risk is",                     only_if<the_level_has_reasons>, doing<note_grade>, true},
    {"review",         {active, located},             {same_state},   leaders,  "review",                        "Review it",                                    only_if<the_review_says_something>, doing<note_review>},
    {"enquire",        {reported, active, located},   {same_state},   officers, "enquiries",                     "Write down a line of enquiry, or what came of it", only_if<something_is_added>, doing<note_news>},
    {"add",            {reported, active, located, returned}, {same_state}, helpers, "companions? news?",        "Add what is new",                              only_if<something_is_added>, doing<note_news>},
    {"place",          on_record,                     {same_state},   helpers,  "places",                        "Say which place it is: from, to, or found",    only_if<the_place_is_one>, doing<note_place>},
    {"link",           on_record,                     {same_state},   helpers,  "linked",                        "A child is missing with them: link their episode", only_if<the_other_child_is_missing_too>, doing<note_linked>},
    {"link_back",      in_any_state,                  {same_state},   {system}, "linked",                        "Linked from the episode of a child who is missing with them", nullptr, doing<note_linked>},
    {"locate",         {reported, active, located},   {located},      officers, "located_at located_how located_where", "The child is found or heard of, and not seen yet", only_if<the_time_is_past>, doing<note_located>},
    {"offer_to_force", {reported, active, located},   {same_state},   officers, "offered_to offer_because",      "Offer the lead to another force",              only_if<the_force_that_owns_it_acts>, doing<offer_to_another_force>},
    {"take_over",      {reported, active, located},   {same_state},   officers, "",                              "Take the lead for our force",                  only_if<it_waits_for_this_force>, doing<take_over>},
    {"turn_down",      {reported, active, located},   {same_state},   officers, "",                              "Do not take the lead",                         only_if<it_waits_for_this_force>, doing<turn_down>},
    {"withdraw_offer", {reported, active, located},   {same_state},   officers, "",                              "Take the offer of the lead back",              only_if<the_force_that_owns_it_acts>, doing<withdraw_offer>},
    {"name_authority", {reported, active, located, returned, interviewed, closed, learnt_later}, {same_state}, leaders, "authority", "Say which local authority answers for the child", only_if<the_force_that_owns_it_acts>, doing<name_authority>},
    {"let_in",         {reported, active, located},   {same_state},   {system}, "force",                         "Let in the force that looks for the child by another record", nullptr, doing<let_in_another_force>},
    {"locate_in_custody", {reported, active},         {located},      {system}, "located_at located_how located_where", "Found, because the child was booked in", nullptr, doing<note_located>},
    {"same_absence",   {reported, active, located},   {reclassified}, leaders,  "same_as",                       "Say that another episode is the same absence", only_if<it_is_the_same_absence>, doing<end_as_the_same>, true},
    {"return",         {reported, active, located},   {returned},     officers, "returned_at found_where found_by found_distance return_type found_with? harm considered considered_because? safe_to_tell",
                                                                                "The child is back, or safe",                   only_if<the_return_is_whole>, doing<note_return>},
    {"speak",          {returned},                    {interviewed},  officers, "interviewed_at? seen_alone? interview_words? not_held_because? considered? considered_because?",
                                                                                "Write down what the child says about it",      only_if<the_child_was_spoken_with>},
    {"reach",          {returned, interviewed},       {same_state},   officers, "reached_at",                    "The child reached the place where they live or stay", only_if<the_child_reached_it_later>, doing<note_reached>},
    {"close",          {interviewed},                 {closed},       {MPC, INSP}, "close_words",                "Close the episode",                            only_if<the_force_that_owns_it_acts>, doing<note_end>, true},
    {"reclassify",     {reported, active, located},   {reclassified}, {INSP},   "reclassified_because",          "Say that the child was not missing",           only_if<the_force_that_owns_it_acts>, doing<note_end>, true},
    {"take_sent", {nothing_yet},               {closed, reported, active, located, reclassified}, {system}, as_sent,
                                                                                "Sent by the force's own system",               only_if<what_was_sent_fits>, doing<take_what_was_sent>},
    {"change_sent", {reported, active, located, returned, interviewed, closed, learnt_later}, {same_state, active, located}, {system}, as_changed,
                                                                                "Changed by the force's own system",            only_if<what_was_sent_fits>, doing<change_what_was_sent>},
    {"grade_sent", {reported, active, located}, {active, located}, {system}, as_changed,  "Graded in the force's own system",             only_if<what_was_sent_fits>, doing<grade_as_sent>},
    {"end_sent", {reported, active, located},  {closed},       {system}, as_changed,     "Back, as the force's own system says",         only_if<what_was_sent_fits>, doing<end_as_sent>},
    {"withdraw_sent", {reported, active, located, returned, interviewed, closed, learnt_later}, {reclassified}, {system}, "reclassified_because",
                                                                                "Withdrawn by the force's own system",          nullptr, doing<withdraw_as_sent>},
};

constexpr std::string_view because_reviewed = "4.B: a supervisor reviews how high the risk is and what is done, the sooner the higher it is";

constexpr Clock clocks[] = {
    // clock  what is awaited                                starts on               stops on                              because
    {"C09",  "Somebody says how high the risk is",          {"report", "take_sent"}, {"grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"},
        "4.B: the risk is graded within ten minutes of the report, and a person says why", nullptr, nullptr, nullptr, Again::keeps, {}, false, waits_for_a_level},
    {"C10H1", "A supervisor reviews a high risk, first",    {"grade", "take_sent", "grade_sent"}, {"review", "grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"}, because_reviewed, nullptr, nullptr, nullptr, Again::keeps, {}, false, is_high},
    {"C10M1", "A supervisor reviews a medium risk, first",  {"grade", "take_sent", "grade_sent"}, {"review", "grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"}, because_reviewed, nullptr, nullptr, nullptr, Again::keeps, {}, false, is_medium},
    {"C10L1", "A supervisor reviews a low risk, first",     {"grade", "take_sent", "grade_sent"}, {"review", "grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"}, because_reviewed, nullptr, nullptr, nullptr, Again::keeps, {}, false, is_low},
    {"C10H", "A supervisor reviews a high risk again",      {"review"},             {"review", "grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"}, because_reviewed, nullptr, nullptr, nullptr, Again::keeps, {}, false, is_high},
    {"C10M", "A supervisor reviews a medium risk again",    {"review"},             {"review", "grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"}, because_reviewed, nullptr, nullptr, nullptr, Again::keeps, {}, false, is_medium},
    {"C10L", "A supervisor reviews a low risk again",       {"review"},             {"review", "grade", "grade_sent", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"}, because_reviewed, nullptr, nullptr, nullptr, Again::keeps, {}, false, is_low},
    {"C51",  "A force answers that is asked to lead",       {"offer_to_force"},     {"take_over", "turn_down", "withdraw_offer", "return", "end_sent", "reclassify", "same_absence", "withdraw_sent"},
        "4.B: a transfer needs acceptance; until it is accepted the sender leads (R-B-07)"},
    {"C11",  "Somebody speaks with the child",              {"return", "found_unreported"}, {"speak", "withdraw_sent"},
        "4.B: a child who comes back is spoken with within a day", when_the_child_returned, nullptr, nullptr, Again::keeps, {}, false, was_not_high_when_found},
    {"C11H", "Somebody speaks with a child at high risk",   {"return"},             {"speak", "withdraw_sent"},
        "4.B: a child at high risk who comes back is spoken with within four hours", when_the_child_returned, nullptr, nullptr, Again::keeps, {}, false, was_high_when_found},
};

Heading heading_of(const void* facts)
{
    const auto& episode = *static_cast<const Episode*>(facts);
    return {.child = episode.child,
            .agency = episode.force,
            .team = episode.team,
            .partner = episode.authority,
            .partner_team = episode.desk,
            .ended_at = episode.returned_at,
            .partner_ended_at = episode.closed_at};
}

/// The ties of the child let in every force that looks for them (missing.h). Here: the force that owns the episode goes on
/// until it is closed, and the desk of the authority is told.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency, is_told = session.agency == heading.partner;
    const bool is_desk = is_told && session.team == heading.partner_team;
    std::vector<policy::Link> links;
    if (is_own && officers.has(session.role)) links.push_back({.relationship = Relationship::searching, .ended_at = heading.partner_ended_at});
    if ((is_told && session.role == LADM) || (is_desk && session.role == SUPV)) links.push_back({.relationship = Relationship::own_agency});
    if (is_desk && session.role == EDT) links.push_back({.relationship = Relationship::duty_desk, .ended_at = heading.partner_ended_at});
    return links;
}

constexpr CaseType type = checked({
    .name = "missing",
    .title = "Missing episode",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Episode>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& episode_type() { return type; }

bool may_report(accounts::Role role) { return takers.has(role); }
bool looks_for_children(accounts::Role role) { return officers.has(role); }
bool is_told_of_the_missing(accounts::Role role) { return role == EDT || role == LADM; }

} // namespace reachable::missing
