// What the policy's text obliges the service to do is done: every rule that tells, ends or asks for a review is named
// here with the place that does so.
#include "app/stories_test_world.h"

#include "policy/testing.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

/// Who does what a rule obliges the service to.
const std::map<std::string, std::string> carried_out_by = {
    {"A08", "pass_to_another_authority: the duty managers of both authorities"},
    {"B1", "note_who_broke_the_glass: told_of; the tie ends by the policy; C30 is the review"},
    {"F3", "alert_keepers: those who hold the record, at most once an hour of one person"},
};

TEST(Obligations, of_every_rule_have_a_place_that_carries_them_out)
{
    std::set<std::string> owing;
    const auto note = [&](const auto& rules) {
        for (const auto& rule : rules)
            if (!rule.duties.notices.empty() || rule.duties.expire_after || rule.duties.review_within_working_days)
                owing.insert(rule.id);
    };
    const auto& text = policy::testing::shipped().text();
    note(text.allows);
    note(text.forbids);
    note(text.break_glass);
    std::set<std::string> named;
    for (const auto& [rule, place] : carried_out_by) named.insert(rule);
    EXPECT_EQ(owing, named);
}

class ObligationStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        office_ = custody::testing::add_team(transaction, force, "Northmere response", "office", "X06000001");
        custody::testing::add_actor(world_, transaction, force, office_, Role::RESP, "PC Byte");
        actor("PC Byte").purpose = "immediate-protection";
    }
    void add_to_the_force(Role role, const std::string& name)
    {
        database().write([&](Transaction& transaction) {
            const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
            custody::testing::add_actor(world_, transaction, force, office_, role, name);
        });
    }
    Result<casework::Acted> break_the_glass()
    {
        auto asked = Json::object();
        asked.set("child", world_.mia.text()).set("reason_code", "find_the_child");
        asked.set("reason", "She rang from his car and cannot say where they are");
        return casework::act(desk(), actor("PC Byte"), RequestId::random(),
                             {.type = "emergency-access", .action = "open", .asked = std::move(asked)}, world_.now);
    }

    accounts::Team office_;
};

TEST_P(ObligationStories, an_emergency_is_denied_where_nobody_can_be_told_of_it)
{
    const auto refused = break_the_glass();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().kind, ProblemKind::unavailable);
    EXPECT_EQ(
        refused.error().front().sentence,
        "What must be done when this is shown cannot be done at the moment. Try again later. Somebody who must be "
        "told of it, or review it, is not set up at your organisation. Ring the duty desk of the local authority "
        "or your duty inspector");
    EXPECT_TRUE(told("inspector").empty());
    add_to_the_force(Role::PSTD, "standards");
    const auto opened = break_the_glass();
    ASSERT_TRUE(opened) << sentences(opened.error());
    EXPECT_TRUE(has(told("standards"), "emergency-access.opened")) << "stands in for governance";
    EXPECT_TRUE(has(told("inspector"), "emergency-access.opened")) << "stands in for a supervisor";
}

TEST_P(ObligationStories, those_whom_the_policy_names_are_told_and_the_review_is_due_when_it_says)
{
    add_to_the_force(Role::SUPV, "supervisor");
    add_to_the_force(Role::IGOV, "governance");
    add_to_the_force(Role::PSTD, "standards");
    const auto opened = break_the_glass();
    ASSERT_TRUE(opened) << sentences(opened.error());
    std::vector<Role> those_told;
    for (const auto* who : {"inspector", "supervisor", "governance", "standards"})
        if (has(told(who), "emergency-access.opened")) those_told.push_back(actor(who).role);
    const auto& duties = policy::testing::shipped().text().break_glass.front().duties;
    ASSERT_EQ(duties.notices.size(), 1U);
    for (const auto role : those_told) EXPECT_TRUE(duties.notices.front().roles.has(role));
    EXPECT_EQ(those_told, (std::vector{Role::SUPV, Role::IGOV}));

    // A Wednesday: each working day is a day of the clock.
    ASSERT_TRUE(duties.review_within_working_days);
    database().read([&](Transaction& transaction) {
        const auto clocks = casework::load_clocks(transaction, opened->id);
        ASSERT_EQ(clocks.size(), 1U);
        EXPECT_EQ(clocks.front().code, "C30");
        EXPECT_EQ(clocks.front().due_at, world_.now + hours{24} * *duties.review_within_working_days)
            << "data/sharing/clocks.csv and the policy disagree";
    });
}

INSTANTIATE_TEST_SUITE_P(engines, ObligationStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
