#include "capabilities/missing/handover.h"
#include "capabilities/missing/missing.h"
#include "casework/checked.h"

namespace reachable::missing {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass of_the_board{Category::missing, Label::personal};

constexpr Field accepted_fields[] = {
    field<&AcceptedEpisode::episode>("episode", of_the_board, "Episode"),
    field<&AcceptedEpisode::version>("version", of_the_board, "As it stood at version"),
    noted(field<&AcceptedEpisode::by>("by",     of_the_board, "Accepted by")),
    noted(field<&AcceptedEpisode::at>("at",     of_the_board, "Accepted at")),
};

constexpr Field handover_fields[] = {
    field<&BoardHandover::duty_ends_at>("duty_ends_at", of_the_board, "When does your duty end?"),
    field<&BoardHandover::words>       ("words",        of_the_board, "What must whoever takes over know of the whole board?", "Who is where, what is promised to whom. What is of one child stands in that child's episode"),
    field<&BoardHandover::force>       ("force",        of_the_board, "Police force"),
    field<&BoardHandover::team>        ("team",         of_the_board, "Team"),
    field<&BoardHandover::from>        ("from",         of_the_board, "On duty before"),
    field<&BoardHandover::opened_by>   ("opened_by",    of_the_board, "Opened by"),
    field<&BoardHandover::opened_at>   ("opened_at",    of_the_board, "Opened at"),
    field<&BoardHandover::to>          ("to",           of_the_board, "On duty since"),
    field<&BoardHandover::ended_at>    ("ended_at",     of_the_board, "Ended at"),
};

constexpr Part handover_parts[] = {
    part<&BoardHandover::accepted>("accepted", "Episodes accepted", "", accepted_fields),
};

constexpr std::string_view handover_states[]      = {open_handover, taken_over, withdrawn};
constexpr std::string_view open_handover_states[] = {open_handover};

constexpr Roles on_the_board{CALL, RESP, MPC, INSP};

constexpr Action handover_actions[] = {
    // action      from             to               who may        asks for
    {"open",       {nothing_yet},   {open_handover}, on_the_board,  "duty_ends_at? words?", "Hand the board over",                   nullptr, doing<note_handover_opened>},
    {"accept",     {open_handover}, {same_state},    on_the_board,  "accepted",             "Accept an episode",                     nullptr, doing<note_episodes_accepted>},
    {"take_over",  {open_handover}, {taken_over},    on_the_board,  "",                     "Take the board over",                   nullptr, doing<note_board_taken_over>},
    {"withdraw",   {open_handover}, {withdrawn},     on_the_board,  "",                     "Stay on duty: end this handover",       nullptr, doing<note_handover_withdrawn>},
};

constexpr Clock handover_clocks[] = {
    {"C04B", "Somebody takes over the board of missing children", {"open"}, {"take_over", "withdraw"},
        "The search for no child changes hands unread: every open episode is accepted, and until then whoever had the duty has it", when_the_duty_ends},
};

Heading heading_of_handover(const void* facts)
{
    const auto& handover = *static_cast<const BoardHandover*>(facts);
    return {.agency = handover.force, .team = handover.team};
}

/// Whoever looks for children at that force. It connects nobody with any child: each episode is looked at for itself.
std::vector<policy::Link> relate_to_handover(const Heading& heading, const Session& session)
{
    if (session.agency.is_none() || session.agency != heading.agency || !on_the_board.has(session.role)) return {};
    return {{.relationship = policy::Relationship::searching}};
}

constexpr CaseType type_of_handover = checked({
    .name = "board-handover",
    .title = "Handover of the board of missing children",
    .states = handover_states,
    .open_states = open_handover_states,
    .fields = handover_fields,
    .parts = handover_parts,
    .actions = handover_actions,
    .clocks = handover_clocks,
    .copy = copy_of<BoardHandover>,
    .heading = heading_of_handover,
    .relate = relate_to_handover,
    .held = of_the_board,
});

} // namespace

const CaseType& board_handover_type() { return type_of_handover; }

} // namespace reachable::missing
