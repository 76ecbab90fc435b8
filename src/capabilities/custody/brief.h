// The one-page brief, worked out from what may be seen: who the child is, what to do now, what is known and who said
// so. Nothing here renders; brief_page.cpp does.
#pragma once

#include "capabilities/custody/rules.h"

namespace reachable::custody {

/// One line of "What we know". Blank never stands here: a question nobody has answered says so.
struct BriefLine {
    std::string line; // "Q08", "F1"
    std::string topic;
    AnswerState state = AnswerState::not_asked;
    std::string words;
    std::string source;        // "Westmoor County duty worker"
    std::optional<UtcTime> at; // when it was said
    std::optional<CivilDate> information_on;
    bool is_read_back_waiting = false; // taken by phone and not confirmed yet
    bool is_to_be_read = false;        // new or changed since custody last acknowledged it
    bool is_critical = false;
};

struct Brief {
    std::vector<std::string> do_now;  // at most five, the most pressing first
    std::vector<BriefLine> first;     // at most ten: what stands on the printed page
    std::vector<BriefLine> more;      // the rest, on screen only
    std::vector<std::string> to_read; // lines to acknowledge
    std::size_t unanswered_count = 0; // mandatory questions without a value
};

constexpr std::size_t most_instructions = 5;
constexpr std::size_t most_printed_lines = 10;

Brief make_brief(const Conversation& facts, std::span<const Question> questions, const casework::Desk& desk,
                 CivilDate day);

} // namespace reachable::custody
