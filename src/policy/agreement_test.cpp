// Two evaluators that share nothing but the parsed text decide alike, on small random policies and on the shipped one.
// REACHABLE_RANDOM_REQUESTS asks for more than a million requests.
#include "policy/plain_decide.h"
#include "policy/testing.h"

#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

using testing::Dice;

bool is_same(const Decision& one, const Decision& other)
{
    return one.is_allowed == other.is_allowed && one.fields == other.fields && one.rules == other.rules &&
           one.obligations == other.obligations;
}

std::string described(const PolicyText& text, const Decision& fast, const Decision& plain)
{
    std::string words = print_policy(text) + "\nfast: " + (fast.is_allowed ? "allowed" : "denied");
    for (const auto& rule : fast.rules) words += " " + rule;
    words += std::string("\nplain: ") + (plain.is_allowed ? "allowed" : "denied");
    for (const auto& rule : plain.rules) words += " " + rule;
    return words;
}

/// How many of `count` requests were allowed; every one is decided twice.
std::size_t compare(const TextPolicy& policy, Dice& dice, std::size_t count)
{
    std::size_t allowed = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto request = dice.request(policy.text());
        const auto fast = policy.decide(request);
        const auto plain = plain_decide(policy.text(), request);
        allowed += fast.is_allowed ? 1U : 0U;
        if (!is_same(fast, plain)) {
            ADD_FAILURE() << described(policy.text(), fast, plain);
            return allowed;
        }
    }
    return allowed;
}

TEST(Agreement, a_plain_evaluator_decides_the_same_on_random_policies)
{
    constexpr std::size_t requests_of_each = 200;
    const auto count = testing::number_from_environment("REACHABLE_RANDOM_REQUESTS", 1'000'000 / testing::one_part_in);
    std::size_t allowed = 0;
    for (std::size_t i = 0; i < count / requests_of_each && !HasFailure(); ++i) {
        Dice dice(i);
        allowed += compare(TextPolicy(dice.policy()), dice, requests_of_each);
    }
    std::cout << "figure: " << count << " random requests decided twice, " << allowed << " of them allowed\n";
    EXPECT_GT(allowed, count / 50);
}

TEST(Agreement, a_plain_evaluator_decides_the_same_on_the_shipped_policy)
{
    Dice dice(20261124);
    const auto& policy = testing::shipped();
    const auto& text = policy.text();
    std::size_t allowed = 0;
    for (std::size_t i = 0; i < 100'000; ++i) {
        // Who and what of one rule, so that many requests are allowed; the rest at random.
        auto request = dice.request(text);
        const auto& rule = text.allows[dice.below(text.allows.size())];
        request.action = rule.actions[dice.below(rule.actions.size())];
        request.purpose = rule.purposes[dice.below(rule.purposes.size())];
        while (!rule.roles.has(request.role)) request.role = static_cast<accounts::Role>(dice.below(role_count));
        while (!rule.kinds.has(request.agency_kind))
            request.agency_kind = static_cast<accounts::AgencyKind>(dice.below(kind_count));
        const auto fast = policy.decide(request);
        allowed += fast.is_allowed ? 1U : 0U;
        ASSERT_TRUE(is_same(fast, plain_decide(text, request))) << described(text, fast, plain_decide(text, request));
    }
    EXPECT_GT(allowed, 10'000U);
}

} // namespace
} // namespace reachable::policy
