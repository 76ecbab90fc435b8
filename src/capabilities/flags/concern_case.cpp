#include "capabilities/flags/concern.h"
#include "capabilities/flags/flag.h"
#include "capabilities/flags/flags.h"
#include "casework/checked.h"
#include "clocks/london.h"

namespace reachable::flags {
namespace {

using namespace casework;
using enum accounts::Role;

constexpr Field concern_fields[] = {
    field<&Concern::code>           ("code",            of_the_summary, "Which flag?", "", "flags.catalogue"),
    field<&Concern::subject>        ("subject",         of_the_summary, "Whom or which place does it name?", "As it was told"),
    field<&Concern::plain_words>    ("plain_words",     of_the_summary, "Why, in plain words?"),
    field<&Concern::evidence>       ("evidence",        of_the_summary, "What shows it?", "Who saw or said it and when. Name no child: this page shows none"),
    field<&Concern::encounter>      ("encounter",       workings,       "Proposed from"),
    field<&Concern::review_on>      ("review_on",       workings,       "When is it reviewed?", "Leave it empty for the longest time that this flag may stand"),
    field<&Concern::owner>          ("owner",           workings,       "Owner"),
    field<&Concern::owner_team>     ("owner_team",      workings,       "Team of the owner"),
    field<&Concern::told>           ("told",            workings,       "Authority that was told"),
    field<&Concern::told_desk>      ("told_desk",       workings,       "Its desk"),
    field<&Concern::proposed_by>    ("proposed_by",     workings,       "Proposed by"),
    field<&Concern::proposed_at>    ("proposed_at",     workings,       "Proposed at"),
    field<&Concern::since>          ("since",           workings,       "Stands since"),
    field<&Concern::grade>          ("grade",           of_the_summary, "How far is it checked?", "", "flags.grades"),
    field<&Concern::decision_reason>("decision_reason", of_the_summary, "Why do you decide so?", "Name no child: this page shows none"),
    field<&Concern::decided_by>     ("decided_by",      workings,       "Decided by"),
    field<&Concern::decided_at>     ("decided_at",      workings,       "Decided at"),
    field<&Concern::review_reason>  ("review_reason",   of_the_summary, "What did the review find?", "Name no child: this page shows none"),
    field<&Concern::reviewed_by>    ("reviewed_by",     workings,       "Reviewed by"),
    field<&Concern::reviewed_at>    ("reviewed_at",     workings,       "Reviewed at"),
    field<&Concern::removal_reason> ("removal_reason",  of_the_summary, "Why is it removed?", "Name no child: this page shows none"),
    field<&Concern::removed_at>     ("removed_at",      workings,       "Removed at"),
    field<&Concern::disputed_by>    ("disputed_by",     workings,       "Who says that it is wrong?", "", "flags.concern_disputed_by"),
    field<&Concern::dispute_words>  ("dispute_words",   workings,       "What do they say?", "In their own words. Name no child: this page shows none"),
    field<&Concern::disputed_text>  ("disputed_text",   workings,       "What is disputed"),
    field<&Concern::disputed_at>    ("disputed_at",     workings,       "Disputed at"),
    field<&Concern::dispute_answer> ("dispute_answer",  workings,       "What is the answer, and why?", "They are told this"),
    field<&Concern::dispute_answered_at>("dispute_answered_at", workings, "Answered at"),
};

constexpr std::string_view concern_states[]      = {proposed, active, declined, disputed, removed};
constexpr std::string_view open_concern_states[] = {proposed, active, disputed};

constexpr Roles concern_deciders{DISR, INSP};
constexpr Roles concern_readers {DISR, INSP, MPC, RESP};
constexpr Roles concern_proposers{DISR};
/// Whoever may read it may write down that it is disputed. Of the last two the rules speak alone: no such flag is open to them.
constexpr Roles concern_disputers{DISR, INSP, MPC, RESP, EDT, LADM, SW, YJS};
constexpr Roles concern_governance{IGOV, PSTD};

constexpr Action concern_actions[] = {
    // action    from             to            who may            asks for
    {"raise",   {nothing_yet},   {proposed},   {system},          "code subject plain_words encounter? owner owner_team told? told_desk?", "Proposed because of what is on record", nullptr, doing<note_concern>},
    {"propose", {nothing_yet},   {proposed},   concern_proposers, "code subject plain_words evidence? review_on?", "Propose a flag of an adult or a place", only_if<may_be_proposed_by_hand>, doing<note_concern_by_hand>},
    {"accept",  {proposed},      {active},     concern_deciders,  "grade decision_reason review_on?", "Accept the flag",      only_if<somebody_else_decides_on_it>, doing<note_concern_accepted>, true},
    {"decline", {proposed},      {declined},   concern_deciders,  "decision_reason",                  "Decline the flag",     only_if<somebody_else_decides_on_it>, doing<note_concern_declined>, true},
    {"renew",   {active, disputed}, {same_state}, concern_deciders, "review_reason review_on?",       "Review: it stands",    only_if<a_person_decides_on_it>, doing<note_concern_reviewed>, true},
    {"remove",  {active, disputed}, {removed}, concern_deciders,  "removal_reason",                   "Review: remove it",    only_if<a_person_decides_on_it>, doing<note_concern_removed>,  true},
    {"dispute", {active},        {disputed},   concern_disputers, "disputed_by dispute_words",        "Record that it is disputed", nullptr, doing<note_concern_disputed>},
    {"keep",    {disputed},      {active},     concern_governance, "dispute_answer",                  "Keep the flag",        only_if<a_person_answers_about_it>, doing<note_concern_answered>, true},
    {"drop",    {disputed},      {removed},    concern_governance, "dispute_answer",                  "Remove the flag",      only_if<a_person_answers_about_it>, doing<note_concern_answered>, true},
};

/// As the clock of a child's flag: from two weeks before the end of the day on which the review is due.
std::optional<UtcTime> before_the_review_of_a_concern(const void* facts)
{
    const auto& concern = *static_cast<const Concern*>(facts);
    if (!concern.review_on) return std::nullopt;
    const auto midnight = clocks::from_wall(CivilDate{std::chrono::sys_days{*concern.review_on} + std::chrono::days{1}}, "00:00");
    CHECK(midnight.has_value(), "clocks never go forward at midnight");
    return *midnight - hours{24 * 14};
}

constexpr Clock concern_clocks[] = {
    // clock  what is awaited                    starts on             stops on              because
    {"C44", "The owner decides about the flag", {"raise", "propose"}, {"accept", "decline"},
        "4.C: a proposed flag is decided within one working day"},
    {"C28", "The flag is reviewed",             {"accept", "renew"},  {"renew", "remove", "drop"},
        "4.C: a flag of an adult or a place is reviewed within 90 days", before_the_review_of_a_concern},
    {"C45", "Information governance answers the dispute", {"dispute"}, {"keep", "drop", "remove"},
        "4.C: what is disputed is answered within 20 working days, of an adult or a place as of a child"},
};

/// No child: who was met there stands in the encounter, for those who may read that. `ended_at`: since when what is
/// disputed is with information governance; of any other flag, and of a row of a queue, nothing.
Heading heading_of_concern(const void* facts)
{
    const auto& concern = *static_cast<const Concern*>(facts);
    Heading heading{.agency = concern.owner, .team = concern.owner_team, .partner = concern.told, .partner_team = concern.told_desk};
    if (concern.is_disputed()) heading.ended_at = concern.disputed_at;
    return heading;
}

/// Those of the force who meet children, look for them or decide, and the desk that the encounter was told to; and
/// information governance of the force, while it is disputed.
std::vector<policy::Link> relate_to_concern(const Heading& heading, const Session& session)
{
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency && concern_readers.has(session.role);
    const bool is_told = session.agency == heading.partner && (session.role == LADM || (session.role == EDT && session.team == heading.partner_team));
    const bool is_asked = session.agency == heading.agency && session.role == IGOV && heading.ended_at;
    if (is_own || is_told || is_asked) return {{.relationship = policy::Relationship::enquiry}};
    return {};
}

constexpr CaseType type_of_concern = checked({
    .name = "concern",
    .title = "Flag of an adult or a place",
    .states = concern_states,
    .open_states = open_concern_states,
    .fields = concern_fields,
    .actions = concern_actions,
    .clocks = concern_clocks,
    .copy = copy_of<Concern>,
    .heading = heading_of_concern,
    .relate = relate_to_concern,
    .held = workings,
});

} // namespace

const CaseType& concern_type() { return type_of_concern; }

bool sees_concerns(accounts::Role role) { return concern_readers.has(role) || role == EDT || role == LADM || role == IGOV; }
bool proposes_concerns(accounts::Role role) { return concern_proposers.has(role); }

} // namespace reachable::flags
