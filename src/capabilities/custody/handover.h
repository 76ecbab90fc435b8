// Shift change: who is in charge of the child, and the critical lines that whoever takes over accepts one by one. Until
// then nothing changes hands.
#pragma once

#include "capabilities/custody/rules.h"

namespace reachable::custody {

/// A line that nobody takes over unread.
struct CriticalLine {
    std::string line;  // the question or the fact, "Q11", "F2"; or one of those below
    std::string topic; // "Physical health and medicine"
    std::string words; // of the lines below; of a question and a fact the brief's line says it
    std::string mark;  // of what it says now: accepted is what was read, and a line that changed is accepted again
};
inline constexpr std::string_view health_line = "health"; // what was seen when the child was booked in
inline constexpr std::string_view open_line = "open";     // the critical questions that have no answer

/// R-D-08: "Critical lines (health, self-harm, avoid, AA, communication, release risk) are each acknowledged." Those
/// are the critical questions that have an answer, every new fact, the appropriate adult, the health that was seen, and
/// one line that names the critical questions without an answer: silence is handed over too (R-D-03).
std::vector<CriticalLine> critical_lines(const Conversation& facts, std::span<const Question> questions);

/// The handover that nobody has taken over yet, or null.
const Handover* open_handover(const Conversation& facts);

/// Somebody who takes over, in the role in which they accept: who holds two posts accepts in each for itself.
struct Taker {
    WorkerId worker;
    accounts::Role role = accounts::Role::CUST;
};
/// When they accepted the line as it reads now, in the handover that is open; nothing: they have not.
std::optional<UtcTime> accepted_at(const Conversation& facts, const CriticalLine& line, const Taker& taker);
/// The lines that they have still to accept.
std::vector<CriticalLine> left_to_accept(const Conversation& facts, std::span<const CriticalLine> lines,
                                         const Taker& taker);
/// R-D-08: "No acknowledgement, no transfer of ownership." Refused until this custody officer has accepted every line,
/// and a detention officer, who is somebody else, has too where one takes over.
Result<> may_take_over(const Conversation& facts, std::span<const CriticalLine> lines, WorkerId officer);

} // namespace reachable::custody
