#include "capabilities/matching/matching.h"
#include "capabilities/matching/same_person.h"
#include "casework/checked.h"

namespace reachable::matching {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass who     {Category::id_core,        Label::personal};
constexpr FieldClass workings{Category::administration, Label::personal};

/// R-A-01, 4.A "trained user", "second person": the account of another system is neither.
Result<> somebody_decides(const SamePerson&, const Context& context)
{
    if (!accounts::is_machine(context.transaction, context.session.worker)) return {};
    return refuse(ProblemKind::withheld, "A person decides whether two records are one child, not another system");
}

constexpr Field fields[] = {
    field<&SamePerson::child>                        ("child",                         workings, "One record", "The reference of a child's record"),
    field<&SamePerson::other>                        ("other",                         workings, "The other record", "The reference of a child's record"),
    field<&SamePerson::why_asked>                    ("why_asked",                     who,      "Why may they be one child?"),
    field<&SamePerson::found_by>                     ("found_by",                      workings, "How they were found", "", "matching.found_by"),
    field<&SamePerson::opened_by>                    ("opened_by",                     workings, "Asked by"),
    field<&SamePerson::holder>                       ("holder",                        workings, "Holds the one record"),
    field<&SamePerson::holder_team>                  ("holder_team",                   workings, "Team there"),
    field<&SamePerson::other_holder>                 ("other_holder",                  workings, "Holds the other record"),
    field<&SamePerson::other_team>                   ("other_team",                    workings, "Team there"),
    field<&SamePerson::in_favour>                    ("in_favour",                     who,      "What speaks for one child"),
    field<&SamePerson::against>                      ("against",                       who,      "What speaks against it"),
    field<&SamePerson::may_be_siblings>              ("may_be_siblings",               who,      "May they be twins, brothers or sisters?"),
    field<&SamePerson::has_contradictory_identifiers>("has_contradictory_identifiers", who,      "Do their identifiers contradict each other?"),
    field<&SamePerson::reason>                       ("reason",                        who,      "Why do you decide so?", "What you compared, in 5 characters or more"),
    field<&SamePerson::proof>                        ("proof",                         who,      "What shows that it is one child?", "Needed where they may be twins, brothers or sisters", "matching.proofs"),
    field<&SamePerson::decision>                     ("decision",                      workings, "What was decided", "", "matching.decisions"),
    field<&SamePerson::decided_by>                   ("decided_by",                    workings, "Decided by"),
    field<&SamePerson::decided_for>                  ("decided_for",                   workings, "Decided at"),
    field<&SamePerson::decided_at>                   ("decided_at",                    workings, "When it was decided"),
    field<&SamePerson::confirmed_by>                 ("confirmed_by",                  workings, "Confirmed by"),
    field<&SamePerson::undo_reason>                  ("undo_reason",                   who,      "Why is the decision wrong?", "What shows it, in 5 characters or more"),
    field<&SamePerson::undo_proposed_by>             ("undo_proposed_by",              workings, "Undoing proposed by"),
    field<&SamePerson::undo_proposed_for>            ("undo_proposed_for",             workings, "Undoing proposed at"),
    field<&SamePerson::undo_proposed_at>             ("undo_proposed_at",              workings, "When undoing was proposed"),
    field<&SamePerson::undo_confirmed_by>            ("undo_confirmed_by",             workings, "Undoing confirmed by"),
    field<&SamePerson::undone_at>                    ("undone_at",                     workings, "Undone"),
};

constexpr std::string_view states[]      = {to_be_decided, to_be_confirmed, one_child, different_children, cannot_tell, undoing_proposed, parted, undone};
constexpr std::string_view open_states[] = {to_be_decided, to_be_confirmed, cannot_tell, undoing_proposed, undone};

constexpr States undecided_states {to_be_decided, to_be_confirmed, cannot_tell};
constexpr Roles  deciders         {CUST, INSP, MPC, EDT, LADM};

constexpr Action actions[] = {
    // action          from                             to                            who may                            asks for
    {"open",           {nothing_yet},                   {to_be_decided},              {system, CUST, INSP, MPC, EDT, LADM}, "child other why_asked?", "Ask whether they are one child", nullptr, doing<ask_whether_they_are_one>},
    {"hurry",          {to_be_decided},                 {same_state},                 {system},                          "",                      "One of them is in custody", nullptr, doing<note_custody>},
    {"look_again",     {cannot_tell, undone},           {to_be_decided},              {system},                          "",                      "Decide again", nullptr, doing<look_again>},
    {"same",           {to_be_decided, cannot_tell},    {one_child, to_be_confirmed}, deciders,                          "reason proof?",         "They are one child", only_if<somebody_decides>, doing<decide_same>},
    {"confirm_same",   {to_be_confirmed},               {one_child},                  deciders,                          "",                      "Confirm that they are one child", only_if<somebody_decides>, doing<confirm_same>},
    {"different",      undecided_states,                {different_children},         deciders,                          "reason",                "They are different children", only_if<somebody_decides>, doing<decide_different>},
    {"cannot_tell",    {to_be_decided, to_be_confirmed},{cannot_tell},                deciders,                          "reason",                "Nobody can tell yet", only_if<somebody_decides>, doing<decide_cannot_tell>},
    {"propose_undo",   {one_child, different_children}, {undoing_proposed},           deciders,                          "undo_reason",           "Propose to undo this", only_if<somebody_decides>, doing<propose_undoing>},
    {"confirm_undo",   {undoing_proposed},              {parted, undone},             deciders,                          "",                      "Confirm that it was wrong", only_if<somebody_decides>, doing<confirm_undoing>},
    {"keep_joined",    {undoing_proposed},              {one_child, different_children}, deciders,                       "",                      "Keep it as it was decided", only_if<somebody_decides>, doing<keep_as_decided>},
};

/// While a second person is waited for, nothing is decided and the clock runs on.
bool is_decided(const void* facts)
{
    return !static_cast<const SamePerson*>(facts)->decision.empty();
}

/// Asked anew, a question has no answer and no reason either.
bool is_decided_or_asked_anew(const void* facts)
{
    return is_decided(facts) || static_cast<const SamePerson*>(facts)->reason.words.empty();
}

constexpr Clock clocks[] = {
    // clock  what is awaited                                    starts on                stops on                                               because
    {"C40", "Somebody decides whether they are one child",      {"open", "look_again"},  {"same", "confirm_same", "different", "cannot_tell"},
        "A question about two records waits no longer than a day",                       nullptr, nullptr, is_decided},
    {"C41", "Somebody decides while one of them is in custody", {"hurry"},               {"same", "confirm_same", "different", "cannot_tell"},
        "What is known of a child in custody is needed within the hour",                 nullptr, nullptr, is_decided},
    {"C42", "Look again at whom nobody could tell",             {"cannot_tell"},         {"look_again", "same", "confirm_same", "different"},
        "What nobody could tell is looked at again after a week",                        nullptr, nullptr, is_decided_or_asked_anew},
    {"C43", "A second person decides about the undoing",        {"propose_undo"},        {"confirm_undo", "keep_joined"},
        "Two children who are shown as one are parted within four hours"},
};

Heading heading_of(const void* facts)
{
    const auto& pair = *static_cast<const SamePerson*>(facts);
    return {.child = pair.child,
            .other = pair.other,
            .agency = pair.holder,
            .team = pair.holder_team,
            .partner = pair.other_holder,
            .partner_team = pair.other_team};
}

/// Whoever holds either record has an enquiry into both; a supervisor sees that the work of the team is done.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency || session.agency == heading.partner;
    if (!is_own) return {};
    const bool is_of_team = session.team == heading.team || session.team == heading.partner_team;
    if (session.role == SUPV && is_of_team) return {{.relationship = policy::Relationship::own_agency}};
    if (session.role == IGOV || deciders.has(session.role)) return {{.relationship = policy::Relationship::enquiry}};
    return {};
}

constexpr CaseType type = checked({
    .name = "same-person",
    .title = "Are these one child?",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<SamePerson>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& same_person_type() { return type; }

bool may_decide(accounts::Role role) { return deciders.has(role); }

} // namespace reachable::matching
