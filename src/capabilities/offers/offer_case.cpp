#include "capabilities/offers/offer.h"
#include "capabilities/offers/offers.h"
#include "casework/checked.h"

namespace reachable::offers {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass summary {Category::safety_summary, Label::personal};
constexpr FieldClass closely {Category::safety_summary, Label::sensitive};
constexpr FieldClass workings{Category::administration, Label::personal};

constexpr Field made_fields[] = {
    field<&Made::made_at>          ("made_at",           summary,  "When was it offered?"),
    field<&Made::by>               ("by",                summary,  "Who offered it?", "", "offers.by"),
    field<&Made::who>              ("who",               summary,  "Which worker, of which service?", "As the child knows them"),
    field<&Made::way>              ("way",               summary,  "How was it offered?", "", "offers.ways"),
    field<&Made::what>             ("what",              closely,  "What was offered?", "What the worker and the service would do for the child"),
    field<&Made::answer>           ("answer",            summary,  "What does the child say?", "", "offers.answers"),
    field<&Made::police_because>   ("police_because",    closely,  "If it was a police officer: why could nobody else come?"),
    field<&Made::child_words>      ("child_words",       closely,  "In the child's own words", "Exactly as they were said. Leave it empty if they are not known"),
    field<&Made::words_language>   ("words_language",    summary,  "In which language do the words stand?", "For example, English"),
    field<&Made::words_interpreter>("words_interpreter", summary,  "Was there an interpreter?", "How, not who: for example, by telephone, professional"),
    noted(field<&Made::written_by> ("written_by",        workings, "Written down by")),
    noted(field<&Made::written_at> ("written_at",        workings, "Written down at")),
};

constexpr Field fields[] = {
    field<&Offer::child>             ("child",              workings, "Child"),
    field<&Offer::because>           ("because",            summary,  "Why support is offered"),
    field<&Offer::moment_at>         ("moment_at",          workings, "Since"),
    field<&Offer::is_at_risk>        ("is_at_risk",         workings, "Is the child at risk now?"),
    field<&Offer::force>             ("force",              workings, "Force"),
    field<&Offer::team>              ("team",               workings, "Team"),
    field<&Offer::authority>         ("authority",          workings, "Local authority"),
    field<&Offer::desk>              ("desk",               workings, "Its team"),
    field<&Offer::staff_name>        ("staff_name",         workings, "Who goes to the child?", "Their sign-in name. Their team sees the offer from then on"),
    field<&Offer::opened_at>         ("opened_at",          workings, "Opened at"),
    field<&Offer::first_not_now_at>  ("first_not_now_at",   workings, "First said not now at"),
    field<&Offer::times_not_now>     ("times_not_now",      workings, "Times the child said not now"),
    field<&Offer::first_contact_at>  ("first_contact_at",   summary,  "When did they meet?"),
    field<&Offer::first_contact_with>("first_contact_with", summary,  "Who met the child?", "The worker and the service"),
    field<&Offer::support>           ("support",            closely,  "What support does the child have now?"),
    field<&Offer::end_reason>        ("end_reason",         summary,  "Why does it end?", "", "offers.ends"),
    field<&Offer::end_words>         ("end_words",          closely,  "What was tried, and who has the child's name now?"),
    field<&Offer::ended_at>          ("ended_at",           workings, "Ended at"),
};

constexpr Part parts[] = {
    part<&Offer::made>("made", "Offers made", "", made_fields),
};

constexpr std::string_view states[]      = {due, offered, not_now, accepted, in_contact, engaged, ended};
constexpr std::string_view open_states[] = {due, offered, not_now, accepted, in_contact, engaged};

constexpr Roles workers{EDT, LADM, SW, YJS, RESP, MPC};
constexpr Roles helpers{EDT, LADM, SW, YJS};

constexpr Action actions[] = {
    // action           from                        to                             who may    asks for
    {"open",            {nothing_yet},              {due},                         {system},  "child because is_at_risk force? team? authority? desk?", "Opened by what is on record", nullptr, doing<note_opening>},
    {"hurry",           {due, offered, not_now, accepted}, {same_state, due},      {system},  "because is_at_risk authority? desk?", "Opened again by what is on record",  nullptr, doing<note_urgency>},
    {"pass",            {due, offered, not_now, accepted, in_contact, engaged}, {same_state}, helpers, "staff_name", "Pass it to whoever goes to the child", nullptr, doing<pass_to_a_worker>},
    {"offer",           {due, offered, not_now},    {offered, accepted, not_now, same_state}, workers, "made",       "Record that support was offered", only_if<the_offer_is_whole>, doing<note_offer>},
    {"meet",            {accepted},                 {in_contact},                  helpers,   "first_contact_at first_contact_with", "Record that they have met", only_if<the_contact_is_past>, doing<note_first_contact>},
    {"engage",          {in_contact},               {engaged},                     helpers,   "support",              "Record what support the child has"},
    {"end",             {due, offered, not_now, accepted, in_contact, engaged}, {ended}, helpers, "end_reason end_words", "End it, and say why",       only_if<no_support_ends_unsaid>, doing<note_end>, true},
};

/// A clock stops when what it started for holds no longer.
template <bool (*holds)(const void*)>
bool no_longer(const void* facts) { return !holds(facts); }

constexpr Clock clocks[] = {
    // clock   what is awaited                                          starts on                   stops on                            because
    {"C19",  "Somebody who supports the child has met them",           {"open", "offer"},          {"offer", "meet", "end"},
        "A victim has support within five working days, whatever becomes of a report (G-08)",       nullptr, met_or_answered_at, no_longer<the_child_waits>, Again::keeps, {}, false, the_child_waits},
    {"C19U", "Somebody who supports a child at risk has met them",     {"open", "hurry", "offer"}, {"offer", "meet", "end"},
        "A child at risk has support within 24 hours",                                              nullptr, met_or_answered_at, no_longer<the_child_waits_at_risk>, Again::keeps, {}, false, the_child_waits_at_risk},
    {"C46",  "Support is offered again after 7 days",                  {"offer"},                  {"offer", "end"},
        "Not now is no refusal: it is offered again after 7 days (4.D, reachable moment)",          first_said_not_now, nullptr, no_longer<is_offered_again_after_7_days>, Again::keeps, {}, false, is_offered_again_after_7_days},
    {"C47",  "Support is offered again after 28 days",                 {"offer"},                  {"offer", "end"},
        "Not now is no refusal: it is offered once more after 28 days (4.D, reachable moment)",     first_said_not_now, nullptr, no_longer<is_offered_again_after_28_days>, Again::keeps, {}, false, is_offered_again_after_28_days},
};

Heading heading_of(const void* facts)
{
    const auto& offer = *static_cast<const Offer*>(facts);
    return {.child = offer.child,
            .agency = offer.force,
            .team = offer.team,
            .partner = offer.authority,
            .partner_team = offer.desk,
            .ended_at = offer.ended_at,
            .partner_ended_at = offer.ended_at};
}

/// The officers who met the child, those of their force who look for children or answer for them, whoever goes to the
/// child, and the managers of the authority know of it until it ends. It brings nobody nearer to the child than that:
/// what more a worker needs to see of a child comes with an allocation.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency, is_asked = session.agency == heading.partner;
    const bool is_own_team = is_own && session.team == heading.team, is_theirs = is_asked && session.team == heading.partner_team;
    const bool knows_here = (is_own && (session.role == MPC || session.role == INSP)) || (is_own_team && session.role == RESP);
    const bool knows_there = (is_asked && session.role == LADM) || (is_theirs && helpers.has(session.role));
    std::vector<policy::Link> links;
    if (knows_here || knows_there) links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.ended_at});
    if ((is_asked && session.role == LADM) || ((is_own_team || is_theirs) && session.role == SUPV)) links.push_back({.relationship = Relationship::own_agency});
    return links;
}

constexpr CaseType type = checked({
    .name = "offer",
    .title = "Offer of support",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Offer>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& offer_type() { return type; }

bool sees_offers(accounts::Role role) { return workers.has(role); }

} // namespace reachable::offers
