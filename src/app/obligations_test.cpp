// What the policy's text obliges the service to do is done: every rule that tells, ends or asks for a review is named
// here with the place that does so.
#include "app/policy_replay.h"
#include "app/stories_test_world.h"
#include "policy/kept_texts.h"
#include "policy/testing.h"
#include "storage/columns.h"

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
    void add_to_westmoor(Role role, const std::string& name)
    {
        database().write([&](Transaction& transaction) {
            const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
            const auto office = custody::testing::add_team(transaction, authority, name, "office");
            custody::testing::add_actor(world_, transaction, authority, office, role, name);
        });
    }
    Result<casework::Acted> custody(const std::string& who, std::string action, CaseId id, Json asked)
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = "custody", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    /// Mia is detained, and her authority is asked.
    CaseId asked_about_mia()
    {
        auto detained = Json::object().set("child", world_.mia.text()).set("name_given", "Mia Sample");
        detained.set("custody_number", "NM/1").set("authorised_at", "2026-10-28T01:50:00Z");
        const auto booked = custody("custody sergeant", "book_in", {}, std::move(detained));
        CHECK(booked.has_value(), "a story's child is not booked in");
        auto request = Json::object().set("offence", "Carrying drugs for somebody else");
        request.set("worry", "She will not say where she lives");
        const auto sent = custody("custody sergeant", "send_request", booked->id, std::move(request));
        CHECK(sent.has_value(), "a story's request is not sent");
        return booked->id;
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
        "An information governance officer of your organisation must be told of this, and nobody is set up as one. "
        "Ring whom it concerns, and have somebody set up. Until then ring the duty desk of the local authority or your "
        "duty inspector");
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

/// A08 tells the duty manager. Where there is none a supervisor or governance is told; where nobody is there to be
/// told, the request stays where it is, and the desk learns whom to ring.
TEST_P(ObligationStories, a_request_is_passed_on_only_where_somebody_who_answers_for_the_desk_is_told)
{
    const auto id = asked_about_mia();
    database().write([&](Transaction& transaction) {
        transaction.execute("update accounts_workers set is_open = 0 where id = $1",
                            {storage::to_value(actor("on-call manager").worker)});
    });
    const auto pass_on = [&] {
        auto reroute = Json::object().set("reason", "lives_elsewhere");
        reroute.set("to", actor("duty worker of Harbourne").agency.text());
        return custody("duty worker", "not_our_child", id,
                       Json::object().set("reroutes", Json::list().add(std::move(reroute))));
    };
    const auto refused = pass_on();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().sentence,
              "A local authority duty manager of your organisation must be told of this, and nobody is set up as one. "
              "Ring whom it concerns, and have somebody set up");
    EXPECT_FALSE(has(told("duty worker of Harbourne"), "custody.request")) << "nothing has changed";
    policy::keep_text(database(), policy::testing::shipped(), world_.now);
    const auto replayed = replay(database());
    EXPECT_GT(replayed.refusals, 0U);
    EXPECT_TRUE(replayed.is_whole()) << "the question says what could not be done: " << replayed.in_words();
    add_to_westmoor(Role::IGOV, "governance of Westmoor");
    const auto passed = pass_on();
    ASSERT_TRUE(passed) << sentences(passed.error());
    EXPECT_TRUE(has(told("governance of Westmoor"), "custody.rerouted")) << "stands in";
    EXPECT_TRUE(has(told("on-call manager of Harbourne"), "custody.rerouted"));
    EXPECT_TRUE(has(told("duty worker of Harbourne"), "custody.request"));
}

INSTANTIATE_TEST_SUITE_P(engines, ObligationStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
