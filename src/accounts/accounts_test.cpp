#include "accounts/testing.h"

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::Accounts;
using testing::evening;

TEST_P(Accounts, are_found_again_as_they_were_stored)
{
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(find_agency(transaction, force.id), force);
        EXPECT_EQ(find_agency_by_code(transaction, "E10000099"), authority);
        EXPECT_EQ(find_agency_by_code(transaction, "E10000098"), std::nullopt);
        EXPECT_EQ(list_agencies(transaction), (std::vector{authority, force}));
        EXPECT_EQ(list_agencies(transaction, AgencyKind::police_force), std::vector{force});
        EXPECT_EQ(find_team(transaction, suite.id), suite);
        EXPECT_EQ(list_teams(transaction, authority.id), std::vector{desk});
        EXPECT_EQ(find_worker(transaction, hale.id), hale);
        EXPECT_EQ(find_worker_by_name(transaction, " Hale@Westmoor.example "), hale);
        EXPECT_EQ(find_worker_by_name(transaction, "nobody"), std::nullopt);
        EXPECT_EQ(posts_of(transaction, hale.id), (std::vector{Post{hale.id, suite.id, Role::CUST}}));
    });
}

TEST_P(Accounts, a_sign_in_name_belongs_to_one_worker)
{
    const Worker twin{WorkerId::random(), force.id, hale.sign_in_name, "Another Hale"};
    EXPECT_THROW(write([&](Transaction& transaction) { add_worker(transaction, twin); }), storage::StorageFailure);
    EXPECT_EQ(seen([&](Transaction& transaction) { return find_worker(transaction, twin.id); }), std::nullopt);
}

TEST_P(Accounts, a_closed_account_is_found_closed)
{
    write([&](Transaction& transaction) { close_worker(transaction, hale.id, evening); });
    const auto found = seen([&](Transaction& transaction) { return find_worker(transaction, hale.id); });
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->is_open);
}

TEST_P(Accounts, duty_runs_from_its_first_second_to_just_before_its_last)
{
    write([&](Transaction& transaction) {
        add_duty(transaction, {poole.id, desk.id, Role::EDT, evening, evening + 8h});
        add_duty(transaction, {poole.id, desk.id, Role::EDT, evening + 7h, evening + 9h});
    });
    database().read([&](Transaction& transaction) {
        const std::vector<WorkerId> nobody;
        const std::vector one{poole.id};
        EXPECT_EQ(on_duty(transaction, desk.id, Role::EDT, evening - 1s), nobody);
        EXPECT_EQ(on_duty(transaction, desk.id, Role::EDT, evening), one);
        EXPECT_EQ(on_duty(transaction, desk.id, Role::EDT, evening + 7h + 30min),
                  one); // named once where stretches overlap
        EXPECT_EQ(on_duty(transaction, desk.id, Role::EDT, evening + 9h), nobody);
        EXPECT_EQ(on_duty(transaction, desk.id, Role::LADM, evening), nobody);
        EXPECT_EQ(on_duty(transaction, suite.id, Role::EDT, evening), nobody);
        EXPECT_EQ(on_duty_anywhere(transaction, authority.id, Role::EDT, evening), one);
        EXPECT_EQ(on_duty_anywhere(transaction, force.id, Role::EDT, evening), nobody);
    });
}

TEST_P(Accounts, somebody_who_left_is_not_on_duty)
{
    write([&](Transaction& transaction) {
        add_duty(transaction, {poole.id, desk.id, Role::EDT, evening, evening + 8h});
        close_worker(transaction, poole.id, evening + 1h);
    });
    EXPECT_TRUE(
        seen([&](Transaction& transaction) { return on_duty(transaction, desk.id, Role::EDT, evening + 2h); }).empty());
}

// R-X-14: "if nobody is on the rota, escalate one level up at once and show the rota gap".
TEST_P(Accounts, an_escalation_climbs_to_the_first_role_on_duty_and_names_the_gap)
{
    write([&](Transaction& transaction) {
        add_duty(transaction, {hale.id, suite.id, Role::SUPV, evening, evening + 8h});
    });
    database().read([&](Transaction& transaction) {
        const Role ladder[] = {Role::CUST, Role::INSP, Role::SUPV, Role::ADMIN};
        const auto found = escalate(transaction, force.id, ladder, evening);
        EXPECT_EQ(found.role, Role::SUPV);
        EXPECT_EQ(found.workers, std::vector{hale.id});
        EXPECT_EQ(found.gap, (std::vector{Role::CUST, Role::INSP}));

        const auto nobody = escalate(transaction, force.id, std::span(ladder).first(2), evening);
        EXPECT_EQ(nobody.role, Role::INSP);
        EXPECT_TRUE(nobody.workers.empty());
        EXPECT_EQ(nobody.gap, (std::vector{Role::CUST, Role::INSP}));

        const auto at_once = escalate(transaction, force.id, std::span(ladder).last(2), evening);
        EXPECT_TRUE(at_once.gap.empty());
    });
}

TEST_P(Accounts, a_post_that_is_taken_away_ends_its_sessions_its_duty_and_its_tokens)
{
    const Post post{hale.id, suite.id, Role::CUST};
    const Post kept{hale.id, suite.id, Role::INSP};
    const Duty later{hale.id, suite.id, Role::CUST, evening + 24h, evening + 32h};
    std::string cookie;
    std::string token;
    write([&](storage::Transaction& transaction) {
        add_post(transaction, kept);
        add_duty(transaction, {hale.id, suite.id, Role::CUST, evening - 1h, evening + 8h});
        add_duty(transaction, later);
        cookie = open_session(transaction, {.worker = hale.id, .team = suite.id, .role = Role::CUST}, evening)
                     .cookie.reveal();
        token = add_machine(transaction, post, evening).reveal();
        EXPECT_TRUE(has_duty(transaction, later));
    });
    write([&](storage::Transaction& transaction) {
        EXPECT_TRUE(end_post(transaction, post, evening));
        EXPECT_FALSE(end_post(transaction, post, evening));
    });
    EXPECT_FALSE(find_session(database(), cookie, evening));
    EXPECT_FALSE(find_machine(database(), token, evening));
    database().read([&](storage::Transaction& transaction) {
        EXPECT_EQ(posts_of(transaction, hale.id), std::vector{kept});
        EXPECT_TRUE(on_duty(transaction, suite.id, Role::CUST, evening).empty());
        EXPECT_FALSE(on_duty(transaction, suite.id, Role::CUST, evening - 1s).empty());
        EXPECT_FALSE(has_duty(transaction, later));
    });
}

INSTANTIATE_TEST_SUITE_P(engines, Accounts, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST(Roles, every_code_reads_back)
{
    for (int number = 0; number <= static_cast<int>(Role::ADMIN); ++number) {
        const auto role = static_cast<Role>(number);
        EXPECT_EQ(role_from(code_of(role)), role);
        EXPECT_NE(title_of(role), "unknown role");
    }
    for (int number = 0; number <= static_cast<int>(AgencyKind::immigration); ++number) {
        const auto kind = static_cast<AgencyKind>(number);
        EXPECT_EQ(agency_kind_from(code_of(kind)), kind);
    }
    EXPECT_FALSE(role_from("cust").has_value());
    EXPECT_FALSE(agency_kind_from("").has_value());
    EXPECT_EQ(code_of(static_cast<Role>(99)), "unknown");
}

} // namespace
} // namespace reachable::accounts
