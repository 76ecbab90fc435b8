// Time and replay (P11, P12): what has ended is over for the very next decision, also when the clock jumps; and a
// stored request with the policy's text gives the same decision again.
#include "policy/request_text.h"
#include "policy/testing.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

using namespace std::chrono_literals;
using testing::Dice;

constexpr UtcTime start = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 10 / 24}};

/// The records of one child and one sergeant, and a clock that may jump.
struct World {
    std::vector<Link> links;
    UtcTime now = start;
    bool is_clock_sure = true;
};

void happen(World& world, Dice& dice)
{
    switch (dice.below(7)) {
    case 0: world.links.push_back({static_cast<Relationship>(dice.below(relationship_count)), world.now}); break;
    case 1:
        if (!world.links.empty()) world.links[dice.below(world.links.size())].ended_at = world.now;
        break;
    case 2:
        if (!world.links.empty())
            world.links.erase(world.links.begin() + static_cast<std::ptrdiff_t>(dice.below(world.links.size())));
        break;
    case 3: world.now += std::chrono::minutes{dice.below(24 * 60)}; break;
    case 4: world.now += std::chrono::hours{24 + dice.below(200)}; break;
    case 5: world.now -= std::chrono::minutes{dice.below(48 * 60)}; break;
    default: world.is_clock_sure = !world.is_clock_sure; break;
    }
    if (world.links.size() > 6) world.links.erase(world.links.begin());
}

/// The longest a relationship may outlive its end, from the text as an officer reads it.
std::chrono::seconds grace(Relationship relationship)
{
    switch (relationship) {
    case Relationship::detaining:
    case Relationship::attending: return 24h;
    case Relationship::duty_desk: return 12h;
    case Relationship::searching: return 72h;
    default: return 0s;
    }
}

bool holds(const World& world, const Link& link)
{
    if (link.relationship == Relationship::linked)
        return !link.ended_at || !world.is_clock_sure || world.now < *link.ended_at;
    if (link.since > world.now) return false;
    if (!link.ended_at) return true;
    return world.is_clock_sure && world.now < *link.ended_at + grace(link.relationship);
}

bool any_holds(const World& world, Relationship relationship)
{
    return std::ranges::any_of(
        world.links, [&](const Link& link) { return link.relationship == relationship && holds(world, link); });
}

TEST(Replay, what_has_ended_is_over_for_the_next_decision_also_when_the_clock_jumps)
{
    const auto& policy = testing::shipped();
    Dice dice(11);
    World world;
    std::size_t allowed = 0;
    std::size_t denied = 0;
    std::size_t wrong = 0;
    for (std::size_t step = 0; step < 1'000'000; ++step) {
        happen(world, dice);
        if (step % 500 == 0) world = {};
        Request request;
        request.role = accounts::Role::CUST;
        request.purpose = "custody-safeguarding";
        request.action = "read";
        request.relationships = policy.live(world.links, world.now, world.is_clock_sure);
        const auto outcome = policy.compiled().decide(policy.compiled().situation_of(request));
        // A02 while detaining, A28 while there is an enquiry.
        const bool is_connected = any_holds(world, Relationship::detaining) || any_holds(world, Relationship::enquiry);
        const bool should = is_connected && !any_holds(world, Relationship::linked);
        wrong += outcome.is_allowed == should ? 0U : 1U;
        (outcome.is_allowed ? allowed : denied) += 1;
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_GT(allowed, 50'000U);
    EXPECT_GT(denied, 50'000U);
    std::cout << "figure: 1000000 interleavings of links, ends, revocations and clock jumps, " << wrong
              << " decisions too late (P11)\n";
}

TEST(Replay, broken_glass_ends_at_its_hour_and_when_the_clock_goes_back)
{
    Request request;
    request.role = accounts::Role::CALL;
    request.purpose = "missing-response";
    request.action = "read";
    const auto may_after = [&](std::chrono::seconds opened_ago) {
        request.break_glass = BreakGlass{40, opened_ago};
        return testing::shipped().decide(request).is_allowed;
    };
    EXPECT_TRUE(may_after(0s));
    EXPECT_TRUE(may_after(3599s));
    EXPECT_FALSE(may_after(3600s));
    EXPECT_FALSE(may_after(-1s));
}

TEST(Replay, a_stored_request_and_the_policy_of_its_hash_give_the_same_decision)
{
    const auto& now = testing::shipped();
    const auto stored = canonical(now.text());
    const auto later = TextPolicy::read(stored);
    ASSERT_TRUE(later) << sentences(later.error());
    ASSERT_EQ((*later)->hash(), now.hash());
    Dice dice(12);
    std::size_t wrong = 0;
    std::size_t allowed = 0;
    constexpr std::size_t count = 1'000'000 / testing::one_part_in;
    const auto& text = now.text();
    for (std::size_t i = 0; i < count; ++i) {
        auto request = dice.request(text);
        const auto& rule = text.allows[dice.below(text.allows.size())];
        if (!dice.one_in(4)) {
            request.role = static_cast<accounts::Role>(std::countr_zero(rule.roles.bits()));
            request.agency_kind = static_cast<accounts::AgencyKind>(std::countr_zero(rule.kinds.bits()));
            request.purpose = rule.purposes.front();
            request.action = rule.actions[dice.below(rule.actions.size())];
        }
        const auto line = print_request(request);
        ASSERT_TRUE(line);
        const auto again = read_request(*line);
        ASSERT_TRUE(again) << *line << ": " << sentences(again.error());
        const auto before = now.decide(request);
        const auto after = (*later)->decide(*again);
        allowed += before.is_allowed ? 1U : 0U;
        wrong += before.is_allowed == after.is_allowed && before.fields == after.fields &&
                         before.rules == after.rules && before.reasons == after.reasons &&
                         before.obligations == after.obligations
                     ? 0U
                     : 1U;
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_GT(allowed, count / 20);
    std::cout << "figure: " << count << " stored requests decided again, " << allowed << " allowed, " << wrong
              << " differently (P12)\n";
}

} // namespace
} // namespace reachable::policy
