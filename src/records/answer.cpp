#include "records/answer.h"

#include "records/codes.h"

namespace reachable::records {
namespace {

struct Entry {
    AnswerState value;
    std::string_view code;
    ShownState shown;
    std::string_view words;
};

constexpr Entry entries[] = {
    {AnswerState::not_asked, "not_asked", ShownState::not_asked_yet, "Not asked yet"},
    {AnswerState::yes, "yes", ShownState::yes, "Yes"},
    {AnswerState::no, "no", ShownState::no_checked, "No (checked)"},
    {AnswerState::given, "given", ShownState::yes, "Answered in words"},
    {AnswerState::unknown, "unknown", ShownState::not_known, "Not known (asked, cannot say)"},
    {AnswerState::not_recorded, "not_recorded", ShownState::not_known, "Not known (looked, not recorded)"},
    {AnswerState::declined, "declined", ShownState::not_known, "Not known (asked, declined to say)"},
    {AnswerState::cannot_share, "cannot_share", ShownState::held_back, "Held back"},
};

} // namespace

std::string_view code_of(AnswerState state)
{
    return entry_of(entries, state).code;
}

Result<AnswerState> answer_state_from(std::string_view code)
{
    return value_from(entries, code, "This is not one of the kinds of answer");
}

ShownState shown_as(AnswerState state)
{
    return entry_of(entries, state).shown;
}

std::string_view words_for(AnswerState state)
{
    return entry_of(entries, state).words;
}

bool has_value(AnswerState state)
{
    return state != AnswerState::not_asked;
}

} // namespace reachable::records
