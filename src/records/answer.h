// An answer to a question about a child: one type, used everywhere, in which silence never looks like safety
// (R-X-08, R-D-04, G-07).
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

#include <optional>

namespace reachable::records {

/// "Unknown", "not asked", "declined to say", "not recorded" and "cannot share" are five different values; blank is
/// none.
enum class AnswerState {
    not_asked, // nobody has answered yet
    yes,
    no,           // checked, and it is not so
    given,        // the words or the list are the answer
    unknown,      // asked, cannot say
    not_recorded, // looked, and the record is silent
    declined,     // the person asked did not wish to say
    cannot_share, // known, and held back, with a reason
};
std::string_view code_of(AnswerState state);
Result<AnswerState> answer_state_from(std::string_view code);

/// The five states a page tells apart.
enum class ShownState { yes, no_checked, not_known, not_asked_yet, held_back };
ShownState shown_as(AnswerState state);
/// "Yes", "No (checked)", "Not known (asked, cannot say)", "Not asked yet", "Held back"; for `unknown`, `not_recorded`
/// and `declined` the words say which of the three it is.
std::string_view words_for(AnswerState state);

/// True when somebody has answered, whatever they said: every state but not_asked.
bool has_value(AnswerState state);

} // namespace reachable::records
