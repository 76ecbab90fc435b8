#include "capabilities/missing/call.h"
#include "capabilities/missing/missing.h"
#include "casework/checked.h"

namespace reachable::missing {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass where   {Category::missing, Label::personal};
constexpr FieldClass closely {Category::missing, Label::sensitive};
constexpr FieldClass core    {Category::id_core, Label::personal};

constexpr Field rung_fields[] = {
    field<&RungBack::answer>  ("answer", where,   "What came of ringing back?", "", "missing.rung_back"),
    field<&RungBack::words>   ("words",  closely, "What was said?"),
    noted(field<&RungBack::by>("by",     where,   "Rung by")),
    noted(field<&RungBack::at>("at",     where,   "Rung at")),
};

constexpr Field fields[] = {
    field<&Call::call_started_at>("call_started_at", where,   "When did the call begin?"),
    field<&Call::number>         ("number",          where,   "From which number?"),
    field<&Call::name_said>      ("name_said",       core,    "Which name was said?"),
    field<&Call::how_far>        ("how_far",         where,   "How far did the questions get?", "", "missing.questions"),
    field<&Call::said>           ("said",            closely, "What was said so far"),
    field<&Call::ended_at>       ("ended_at",        where,   "When did it end?"),
    field<&Call::force>          ("force",           where,   "Force"),
    field<&Call::team>           ("team",            where,   "Team"),
    field<&Call::taken_by>       ("taken_by",        where,   "Taken by"),
    field<&Call::episode>        ("episode",         where,   "The reference of the episode"),
    field<&Call::closed_because> ("closed_because",  where,   "Why does nobody ring again?", "", "missing.call_ends"),
    field<&Call::closed_at>      ("closed_at",       where,   "Closed at"),
};

constexpr Part parts[] = {
    part<&Call::rung_back>("rung_back", "Rung back", "", rung_fields),
};

constexpr std::string_view states[]      = {to_ring_back, joined, given_up};
constexpr std::string_view open_states[] = {to_ring_back};

constexpr Roles takers  {CALL, RESP, MPC};
constexpr Roles officers{CALL, RESP, MPC, INSP};

constexpr Action actions[] = {
    // action  from                       to            who may   asks for
    {"note",   {nothing_yet},             {to_ring_back}, takers,   "call_started_at? number? name_said? how_far said?", "The call ended before a report", only_if<the_call_can_be_noted>, doing<note_call>},
    {"try",    {to_ring_back},            {same_state}, officers, "rung_back",      "Write down that you rang back",  nullptr,                     doing<note_ring>},
    {"join",   {to_ring_back, given_up},  {joined},     officers, "episode",        "Join it to an episode",          only_if<it_joins_an_episode>, doing<note_end_of_call>},
    {"close",  {to_ring_back},            {given_up},   officers, "closed_because", "Close it without a report",      nullptr,                     doing<note_end_of_call>},
};

constexpr Clock clocks[] = {
    // clock  what is awaited        starts on  stops on                     because
    {"C73",  "Somebody rings back", {"note"},  {"try", "join", "close"},    "4.B: after a call that ended before a report somebody rings back within ten minutes"},
};

Heading heading_of(const void* facts)
{
    const auto& call = *static_cast<const Call*>(facts);
    // One that led to nothing is found by the next call from the same number; one that was joined stands in the episode.
    const auto ended_at = call.episode.empty() ? std::nullopt : call.closed_at;
    return {.child = {}, .agency = call.force, .team = call.team, .partner = {}, .partner_team = {}, .ended_at = ended_at};
}

/// Whoever takes calls or looks for children at that force: a child may be missing, of whom nobody knows more yet.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    std::vector<policy::Link> links;
    if (!session.agency.is_none() && session.agency == heading.agency && officers.has(session.role))
        links.push_back({.relationship = policy::Relationship::searching, .ended_at = heading.ended_at});
    return links;
}

constexpr CaseType type = checked({
    .name = "call",
    .title = "Call that ended before a report",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Call>,
    .heading = heading_of,
    .relate = relate,
    .held = where,
});

} // namespace

const CaseType& call_type() { return type; }

} // namespace reachable::missing
