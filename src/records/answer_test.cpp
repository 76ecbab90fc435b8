#include "records/answer.h"

#include <gtest/gtest.h>
#include <set>

namespace reachable::records {
namespace {

constexpr AnswerState all[] = {AnswerState::not_asked, AnswerState::yes,         AnswerState::no,
                               AnswerState::given,     AnswerState::unknown,     AnswerState::not_recorded,
                               AnswerState::declined,  AnswerState::cannot_share};

TEST(Answers, keep_every_state_apart_in_code_and_in_words)
{
    std::set<std::string_view> codes;
    std::set<std::string_view> words;
    for (const auto state : all) {
        EXPECT_EQ(answer_state_from(code_of(state)), state);
        codes.insert(code_of(state));
        words.insert(words_for(state));
    }
    EXPECT_EQ(codes.size(), std::size(all));
    EXPECT_EQ(words.size(), std::size(all));
}

TEST(Answers, blank_is_none_of_the_states)
{
    EXPECT_FALSE(answer_state_from(""));
    EXPECT_FALSE(answer_state_from("Yes"));
    EXPECT_FALSE(answer_state_from("none"));
}

TEST(Answers, silence_never_looks_like_safety)
{
    for (const auto state : all)
        EXPECT_EQ(shown_as(state) == ShownState::no_checked, state == AnswerState::no) << code_of(state);
    for (const auto state : {AnswerState::unknown, AnswerState::not_recorded, AnswerState::declined}) {
        EXPECT_EQ(shown_as(state), ShownState::not_known);
        EXPECT_TRUE(words_for(state).starts_with("Not known"));
    }
    EXPECT_EQ(shown_as(AnswerState::not_asked), ShownState::not_asked_yet);
    EXPECT_EQ(shown_as(AnswerState::cannot_share), ShownState::held_back);
}

TEST(Answers, count_as_given_whatever_was_said)
{
    for (const auto state : all) EXPECT_EQ(has_value(state), state != AnswerState::not_asked);
}

} // namespace
} // namespace reachable::records
