#include "capabilities/flags/flag.h"
#include "capabilities/flags/flags.h"
#include "casework/checked.h"
#include "clocks/london.h"

namespace reachable::flags {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass summary {Category::safety_summary, Label::personal};
constexpr FieldClass shown_by{Category::social_care,    Label::sensitive};

constexpr Field said_fields[] = {
    field<&ChildSaid::words>      ("words",       summary, "What does the child say of it?", "In the child's own words, exactly as they were said. Leave it empty if the child has said nothing"),
    field<&ChildSaid::setting>    ("setting",     summary, "Where and how was it said?", "For example, in the car on the way home"),
    field<&ChildSaid::language>   ("language",    summary, "In which language do the words stand?", "For example, English"),
    field<&ChildSaid::interpreter>("interpreter", summary, "Was there an interpreter?", "How, not who: for example, by telephone, professional"),
    noted(field<&ChildSaid::by>   ("by",          workings, "Written down by")),
    noted(field<&ChildSaid::at>   ("at",          workings, "Written down at")),
};

constexpr Field fields[] = {
    field<&Flag::child>              ("child",               workings, "Child", "The reference of the child's record, or the address of a page of it"),
    field<&Flag::code>               ("code",                summary,  "Which flag?", "", "flags.catalogue"),
    field<&Flag::subject>            ("subject",             summary,  "Whom does it name?", "Only for a safe adult or a person to avoid: a name or a description, and how to reach them"),
    field<&Flag::plain_words>        ("plain_words",         summary,  "Why, in plain words?", "What the reader must know or do, in at most 200 letters. Say what happened or what helps, not what the child is, and no address"),
    field<&Flag::evidence>           ("evidence",            shown_by, "What shows it?", "Who saw or said it and when; the reference of a report or a decision"),
    field<&Flag::review_on>          ("review_on",           workings, "When is it reviewed?", "Leave it empty for the longest time that this flag may stand"),
    field<&Flag::child_told>         ("child_told",          workings, "Does the child know of it?", "", "flags.told"),
    field<&Flag::child_told_why>     ("child_told_why",      summary,  "If not, why?", "And who will tell the child"),
    field<&Flag::is_set_by_service>  ("is_set_by_service",   workings, "Set by what is on record?"),
    field<&Flag::cleared_because>    ("cleared_because",     workings, "Why it no longer follows"),
    field<&Flag::proposed_by>        ("proposed_by",         workings, "Proposed by"),
    field<&Flag::proposed_as>        ("proposed_as",         workings, "In the role"),
    field<&Flag::source_system>      ("source_system",       summary,  "Sent by the system"),
    field<&Flag::local_code>         ("local_code",          summary,  "Its code there"),
    field<&Flag::local_since>        ("local_since",         summary,  "Marked there since"),
    field<&Flag::owner>              ("owner",               workings, "Owner"),
    field<&Flag::owner_team>         ("owner_team",          workings, "Team of the owner"),
    field<&Flag::proposed_at>        ("proposed_at",         workings, "Proposed at"),
    field<&Flag::since>              ("since",               workings, "Stands since"),
    field<&Flag::decision_reason>    ("decision_reason",     summary,  "Why do you decide so?"),
    field<&Flag::decided_by>         ("decided_by",          workings, "Decided by"),
    field<&Flag::decided_at>         ("decided_at",          workings, "Decided at"),
    field<&Flag::appeal_reason>      ("appeal_reason",       summary,  "Why should it stand after all?"),
    field<&Flag::appealed_at>        ("appealed_at",         workings, "Appealed at"),
    field<&Flag::review_reason>      ("review_reason",       summary,  "What did the review find?"),
    field<&Flag::reviewed_by>        ("reviewed_by",         workings, "Reviewed by"),
    field<&Flag::reviewed_at>        ("reviewed_at",         workings, "Reviewed at"),
    field<&Flag::removal_reason>     ("removal_reason",      summary,  "Why is it removed?"),
    field<&Flag::removed_at>         ("removed_at",          workings, "Removed at"),
    field<&Flag::disputed_by>        ("disputed_by",         workings, "Who says that it is wrong?", "", "flags.disputed_by"),
    field<&Flag::dispute_words>      ("dispute_words",       workings, "What do they say?", "In their own words"),
    field<&Flag::disputed_text>      ("disputed_text",       workings, "What is disputed"),
    field<&Flag::disputed_at>        ("disputed_at",         workings, "Disputed at"),
    field<&Flag::dispute_answer>     ("dispute_answer",      workings, "What is the answer, and why?", "They are told this"),
    field<&Flag::dispute_answered_at>("dispute_answered_at", workings, "Answered at"),
};

constexpr Part parts[] = {
    part<&Flag::child_said>("child_said", "What the child said", "", said_fields),
};

constexpr std::string_view states[]      = {proposed, active, declined, appealed, disputed, removed};
constexpr std::string_view open_states[] = {proposed, active, appealed, disputed};

constexpr Roles proposers {CUST, DETO, INSP, HLTH, EDT, SW, LADM, YJS, CALL, RESP, MPC, RHIP};
constexpr Roles owners    {INSP, LADM, SUPV};
constexpr Roles governance{IGOV, PSTD};

constexpr Action actions[] = {
    // action       from                            to            who may     asks for
    {"propose",    {nothing_yet},                   {proposed},   proposers,  "child code subject? plain_words evidence? review_on? child_told child_told_why? child_said?", "Propose a flag", only_if<may_be_proposed>, doing<note_proposal>},
    {"set",        {nothing_yet},                   {active},     {system},   "child code plain_words owner owner_team", "Set by what is on record", nullptr, doing<note_setting>},
    {"raise",      {nothing_yet},                   {proposed},   {system},   "child code plain_words owner owner_team source_system? local_code? local_since?", "Proposed because of what is on record", nullptr, doing<note_raising>},
    {"clear",      {active, disputed},              {removed},    {system},   "cleared_because", "Cleared by what is on record", only_if<is_of_a_workflow>, doing<note_clearing>},
    {"accept",     {proposed, appealed},            {active},     owners,     "decision_reason? review_on?", "Accept the flag", only_if<somebody_else_decides>, doing<note_acceptance>, true},
    {"decline",    {proposed, appealed},            {declined},   owners,     "decision_reason", "Decline the flag", only_if<somebody_else_decides>, doing<note_declining>, true},
    {"appeal",     {declined},                      {appealed},   proposers,  "appeal_reason", "Appeal to a supervisor", only_if<the_proposer_appeals>, doing<note_appeal>},
    {"renew",      {active, disputed},              {same_state}, owners,     "review_reason review_on?", "Review: it stands", only_if<somebody_else_rewords>, doing<note_review>, true},
    {"change",     {active},                        {same_state}, owners,     "plain_words review_reason review_on?", "Review: change its words", only_if<somebody_else_rewords>, doing<note_review>, true},
    {"remove",     {active, disputed},              {removed},    owners,     "removal_reason", "Review: remove it", only_if<somebody_else_reviews>, doing<note_removal>, true},
    {"note_child", {proposed, active, disputed},    {same_state}, proposers,  "child_told child_told_why? child_said?", "Write down what the child knows and says", only_if<the_child_is_open_to_them>, doing<note_what_the_child_said>},
    {"dispute",    {active},                        {disputed},   proposers,  "disputed_by dispute_words", "Record that it is disputed", only_if<the_child_is_open_to_them>, doing<note_dispute>},
    {"keep",       {disputed},                      {active},     governance, "dispute_answer", "Keep the flag", only_if<a_person_answers>, doing<note_answer_to_the_dispute>, true},
    {"drop",       {disputed},                      {removed},    governance, "dispute_answer", "Remove the flag", only_if<a_person_answers>, doing<note_answer_to_the_dispute>, true},
};

/// It asks from two weeks before the end of the day on which the review is due.
std::optional<UtcTime> two_weeks_before_the_review(const void* facts)
{
    const auto& flag = *static_cast<const Flag*>(facts);
    if (!flag.review_on) return std::nullopt;
    const CivilDate next_day{std::chrono::sys_days{*flag.review_on} + std::chrono::days{1}};
    const auto midnight = clocks::from_wall(next_day, "00:00");
    CHECK(midnight.has_value(), "clocks never go forward at midnight");
    return *midnight - hours{24 * 14};
}

/// What follows from the record is reviewed where the catalogue says when (LEAVER), and otherwise stands as long as it follows.
bool has_a_review_day(const void* facts) { return static_cast<const Flag*>(facts)->review_on.has_value(); }

constexpr Clock clocks[] = {
    // clock  what is awaited                          starts on                     stops on                                        because
    {"C44", "The owner decides about the flag",        {"propose", "raise", "appeal"}, {"accept", "decline"},
        "4.C: a proposed flag is decided within one working day"},
    {"C28", "The flag is reviewed",                    {"set", "accept", "renew", "change"}, {"renew", "change", "remove", "drop", "clear"},
        "4.C: each flag is reviewed, by the day that its catalogue sets at the latest", two_weeks_before_the_review, nullptr, nullptr, Again::keeps, {}, false, has_a_review_day},
    {"C45", "Information governance answers the dispute", {"dispute"},               {"keep", "drop", "remove", "clear"},
        "4.C: what a child or family disputes is answered within 20 working days"},
};

/// While it is disputed, information governance of the owner is the side that is asked.
Heading heading_of(const void* facts)
{
    const auto& flag = *static_cast<const Flag*>(facts);
    Heading heading{.child = flag.child, .agency = flag.owner, .team = flag.owner_team};
    if (flag.is_disputed()) {
        heading.partner = flag.owner;
        heading.partner_team = flag.owner_team;
    }
    return heading;
}

/// The organisation that proposed it owns it. A supervisor's are the flags of their own team, and information
/// governance's those that are disputed.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    if (session.agency.is_none()) return {};
    const bool owns = session.agency == heading.agency && owners.has(session.role);
    const bool is_of_unit = session.role != SUPV || session.team == heading.team;
    const bool is_asked = session.agency == heading.partner && session.role == IGOV;
    if ((owns && is_of_unit) || is_asked) return {{.relationship = policy::Relationship::enquiry}};
    return {};
}

constexpr CaseType type = checked({
    .name = "flag",
    .title = "Flag",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Flag>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& flag_type() { return type; }

bool may_propose(accounts::Role role) { return proposers.has(role); }
bool may_decide(accounts::Role role) { return owners.has(role); }
bool answers_disputes(accounts::Role role) { return role == IGOV; }

} // namespace reachable::flags
