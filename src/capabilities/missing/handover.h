// Shift change at the board of missing children: who has the duty of a force, and the episodes that whoever takes it
// over accepts, those at high risk one by one. Until then nothing changes hands. What changes meanwhile is accepted
// again. A case of no child: it names episodes, and whoever reads it looks at each of them for itself.
#pragma once

#include "capabilities/missing/episode.h"
#include "casework/desk.h"

namespace reachable::missing {

/// An episode was accepted as it stood at that version.
struct AcceptedEpisode {
    CaseId episode;
    std::int64_t version = 0;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

struct BoardHandover {
    std::optional<UtcTime> duty_ends_at;
    Narrative words; // what whoever takes over must know of the whole board
    std::vector<AcceptedEpisode> accepted;
    // Noted by the service:
    AgencyId force;
    TeamId team;
    WorkerId from; // who had the duty; none: nobody on record
    WorkerId opened_by;
    std::optional<UtcTime> opened_at;
    WorkerId to; // who has it since `ended_at`
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view open_handover = "open";
inline constexpr std::string_view taken_over = "taken_over";
inline constexpr std::string_view withdrawn = "withdrawn"; // whoever had the duty keeps it

const casework::CaseType& board_handover_type();

/// An open episode that the force leads, as far as that person may know of it.
struct BoardLine {
    CaseId episode;
    std::int64_t version = 0;
    bool is_high = false; // at high risk, and not back yet: accepted by itself
};
std::vector<BoardLine> lines_of_the_board(storage::Transaction& transaction, const casework::Desk& desk,
                                          const accounts::Session& session, UtcTime now);

/// When that worker accepted the line as it stands now; nothing: they have not.
std::optional<UtcTime> accepted_at(const BoardHandover& handover, const BoardLine& line, WorkerId worker);
std::vector<BoardLine> left_to_accept(const BoardHandover& handover, std::span<const BoardLine> lines, WorkerId worker);

/// The handover by which somebody has the duty of that force's board; none: nobody has it on record.
std::optional<CaseId> last_handover_of(storage::Transaction& transaction, AgencyId force);
/// Who has the duty of the board of that force, and since when; none: nobody on record. For rules: a page looks at the
/// handover, which asks the policy and is noted.
struct OnDuty {
    WorkerId worker;
    std::optional<UtcTime> since;
};
OnDuty on_duty_at_the_board(storage::Transaction& transaction, AgencyId force);
/// The handover of that force that nobody has taken over yet.
std::optional<CaseId> open_handover_of(storage::Transaction& transaction, AgencyId force);

// Conditions and changes (handover_rules.cpp).
Result<> note_handover_opened(BoardHandover& handover, const BoardHandover& before, Context& context);
Result<> note_episodes_accepted(BoardHandover& handover, const BoardHandover& before, Context& context);
Result<> note_board_taken_over(BoardHandover& handover, const BoardHandover& before, Context& context);
Result<> note_handover_withdrawn(BoardHandover& handover, const BoardHandover& before, Context& context);
std::optional<UtcTime> when_the_duty_ends(const void* facts);

} // namespace reachable::missing
