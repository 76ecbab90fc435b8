#include "policy/question.h"

#include "policy/testing.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

TEST(Question, leads_to_the_same_decision_again_and_holds_each_class_once)
{
    testing::Dice dice(21);
    const auto& policy = testing::shipped();
    for (int i = 0; i < 20'000; ++i) {
        auto request = dice.request(policy.text());
        for (auto& field : request.fields) { // a door asks about none that is no category, and has no such label
            if (static_cast<std::size_t>(field.category) >= category_count) field.category = Category::id_core;
            if (static_cast<std::size_t>(field.label) >= label_count) field.label = Label::personal;
        }
        const auto once = question_of(request);
        const auto fields = request.fields;
        request.fields.insert(request.fields.end(), fields.begin(), fields.end());
        std::ranges::reverse(request.fields);
        const auto question = question_of(request);
        ASSERT_EQ(question, once) << "neither order nor number of the fields is told";
        ASSERT_FALSE(question.empty());
        ASSERT_TRUE(std::ranges::all_of(question, [](char c) { return c > ' ' && c < '\x7f'; })) << question;
        const auto again = read_question(question);
        ASSERT_TRUE(again) << question << ": " << sentences(again.error());
        const auto before = policy.decide(request);
        const auto after = policy.decide(*again);
        ASSERT_EQ(before.is_allowed, after.is_allowed) << question;
        ASSERT_EQ(before.rules, after.rules) << question;
        ASSERT_EQ(category_bits(request.fields, before), category_bits(again->fields, after)) << question;
    }
}

TEST(Question, is_read_only_as_it_is_written)
{
    EXPECT_TRUE(read_question("custody-sergeant+of+police-force+may+read+second-factor+60"));
    EXPECT_FALSE(read_question("custody-sergeant of police-force may read second-factor 60"));
    EXPECT_FALSE(read_question("custody-sergeant+of+police-force+may+read++second-factor+60"));
    EXPECT_FALSE(read_question(""));
    EXPECT_EQ(question_of({}), "") << "nothing was asked";
}

} // namespace
} // namespace reachable::policy
