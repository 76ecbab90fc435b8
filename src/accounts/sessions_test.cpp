#include "accounts/testing.h"

#include <algorithm>

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::evening;

class Sessions : public testing::Accounts {
  protected:
    OpenedSession open(UtcTime now = evening)
    {
        return written([&](Transaction& transaction) {
            return open_session(transaction,
                                {.worker = hale.id, .agency = force.id, .team = suite.id, .role = Role::CUST}, now);
        });
    }
    std::optional<Session> find(const OpenedSession& opened, UtcTime now)
    {
        return find_session(database(), opened.cookie.reveal(), now);
    }
    std::int64_t stored_last_seen(SessionId id)
    {
        return seen([&](Transaction& transaction) {
            return transaction
                .query("select last_seen_at from accounts_sessions where id = $1",
                       {Bytes(id.bytes.begin(), id.bytes.end())})
                .front()
                .integer(0);
        });
    }
};

TEST_P(Sessions, are_found_by_their_cookie)
{
    const auto opened = open();
    EXPECT_EQ(opened.cookie.reveal().size(), 43U);
    EXPECT_EQ(opened.session.form_token.size(), 43U);
    const auto found = find(opened, evening + 1s);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, opened.session.id);
    EXPECT_EQ(found->worker, hale.id);
    EXPECT_EQ(found->team, suite.id);
    EXPECT_EQ(found->form_token, opened.session.form_token);
    EXPECT_EQ(found->code_proved_at, evening);
    EXPECT_EQ(found->purpose, "");
    EXPECT_FALSE(find_session(database(), "", evening));
    EXPECT_FALSE(find_session(database(), std::string(43, 'A'), evening));
    EXPECT_FALSE(find_session(database(), opened.cookie.reveal() + "A", evening));
}

TEST_P(Sessions, of_staff_move_with_a_simulated_clock)
{
    const auto opened = open();
    write([&](Transaction& transaction) { carry_staff_sessions(transaction, hours{5}); });
    EXPECT_TRUE(find(opened, evening + hours{5}));
    EXPECT_FALSE(find(opened, evening + hours{5} + idle_limit));
}

TEST_P(Sessions, know_their_own_forms_also_when_they_have_ended)
{
    const auto opened = open();
    const auto other = open();
    const auto& cookie = opened.cookie.reveal();
    EXPECT_TRUE(is_form_of(database(), cookie, opened.session.form_token));
    EXPECT_FALSE(is_form_of(database(), cookie, other.session.form_token));
    EXPECT_FALSE(is_form_of(database(), cookie, ""));
    EXPECT_FALSE(is_form_of(database(), "", opened.session.form_token));
    write([&](Transaction& transaction) { close_session(transaction, opened.session.id, evening); });
    EXPECT_TRUE(is_form_of(database(), cookie, opened.session.form_token));
}

TEST_P(Sessions, no_two_share_a_secret_and_no_secret_is_stored)
{
    const auto one = open();
    const auto two = open();
    EXPECT_NE(one.cookie.reveal(), two.cookie.reveal());
    EXPECT_NE(one.session.form_token, two.session.form_token);
    const auto rows =
        seen([&](Transaction& transaction) { return transaction.query("select cookie_hash from accounts_sessions"); });
    const auto hash = sha256(as_bytes(one.cookie.reveal()));
    EXPECT_TRUE(
        std::ranges::any_of(rows, [&](const storage::Row& row) { return std::ranges::equal(row.bytes(0), hash); }));
}

TEST_P(Sessions, end_after_thirty_idle_minutes)
{
    const auto opened = open();
    EXPECT_TRUE(find(opened, evening + 29min + 59s));
    EXPECT_TRUE(find(opened, evening + 59min));
    EXPECT_FALSE(find(opened, evening + 89min));
}

TEST_P(Sessions, end_after_twelve_hours_however_busy)
{
    const auto opened = open();
    for (auto passed = 20min; passed < 12h; passed += 20min) ASSERT_TRUE(find(opened, evening + passed));
    EXPECT_TRUE(find(opened, evening + 12h - 1s));
    EXPECT_FALSE(find(opened, evening + 12h));
}

TEST_P(Sessions, are_noted_as_seen_at_most_once_a_minute)
{
    const auto opened = open();
    EXPECT_TRUE(find(opened, evening + 59s));
    EXPECT_EQ(stored_last_seen(opened.session.id), to_seconds(evening));
    EXPECT_TRUE(find(opened, evening + 60s));
    EXPECT_EQ(stored_last_seen(opened.session.id), to_seconds(evening + 60s));
}

TEST_P(Sessions, from_a_clock_that_was_ahead_are_not_believed)
{
    const auto opened = open(evening + 6min);
    EXPECT_FALSE(find(opened, evening));
    EXPECT_TRUE(find(opened, evening + 2min));
}

TEST_P(Sessions, end_at_once_when_they_are_closed_or_the_account_is)
{
    const auto closed = open();
    write([&](Transaction& transaction) { close_session(transaction, closed.session.id, evening); });
    EXPECT_FALSE(find(closed, evening));

    const auto left = open();
    EXPECT_TRUE(find(left, evening));
    write([&](Transaction& transaction) { close_worker(transaction, hale.id, evening); });
    EXPECT_FALSE(find(left, evening));
    EXPECT_THROW(open(), Bug);
}

TEST_P(Sessions, of_one_worker_leave_those_of_another_alone)
{
    const auto other =
        written([&](Transaction& transaction) { return open_session(transaction, {.worker = poole.id}, evening); });
    write([&](Transaction& transaction) { close_worker(transaction, hale.id, evening); });
    EXPECT_TRUE(find(other, evening));
}

TEST_P(Sessions, act_in_a_post_of_their_own_and_for_a_purpose_chosen_again)
{
    const Post second{hale.id, suite.id, Role::INSP};
    write([&](Transaction& transaction) { add_post(transaction, second); });
    const auto opened = open();
    write([&](Transaction& transaction) { choose_purpose(transaction, opened.session.id, "custody-safeguarding"); });
    EXPECT_EQ(find(opened, evening)->purpose, "custody-safeguarding");
    write([&](Transaction& transaction) { choose_post(transaction, opened.session.id, second); });
    const auto now_inspector = find(opened, evening);
    EXPECT_EQ(now_inspector->role, Role::INSP);
    EXPECT_EQ(now_inspector->agency, force.id);
    EXPECT_EQ(now_inspector->agency_kind, AgencyKind::police_force);
    EXPECT_EQ(now_inspector->purpose, "");
}

TEST_P(Sessions, are_not_kept_open_by_a_page_that_asks_by_itself)
{
    const auto opened = open();
    const auto cookie = opened.cookie.reveal();
    for (int i = 1; i < 60; ++i)
        if (!find_session(database(), cookie, evening + minutes{i}, Asking::by_itself)) {
            EXPECT_FALSE(find(opened, evening + minutes{i}));
            return;
        }
    FAIL() << "a page kept somebody signed in for an hour";
}

TEST_P(Sessions, never_act_in_a_post_that_is_not_held)
{
    const auto opened = open();
    const auto choose = [&](const Post& post) {
        write([&](Transaction& transaction) { choose_post(transaction, opened.session.id, post); });
    };
    EXPECT_THROW(choose({hale.id, suite.id, Role::IGOV}), Bug);
    EXPECT_THROW(choose({poole.id, desk.id, Role::EDT}), Bug);
    EXPECT_EQ(find(opened, evening)->role, Role::CUST);
}

TEST_P(Sessions, machines_are_known_by_their_token_until_it_is_ended)
{
    const auto token = written(
        [&](Transaction& transaction) { return add_machine(transaction, {hale.id, suite.id, Role::CUST}, evening); });
    const auto found = find_machine(database(), token.reveal(), evening);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->worker, hale.id);
    EXPECT_EQ(found->agency, force.id);
    EXPECT_EQ(found->team, suite.id);
    EXPECT_EQ(found->role, Role::CUST);
    EXPECT_EQ(found->purpose, "");
    EXPECT_FALSE(find_machine(database(), "x", evening));
    EXPECT_FALSE(find_session(database(), token.reveal(), evening));
    write([&](Transaction& transaction) { end_machines(transaction, hale.id, evening); });
    EXPECT_FALSE(find_machine(database(), token.reveal(), evening));
}

TEST_P(Sessions, a_machine_stops_when_its_account_is_closed)
{
    const auto token = written(
        [&](Transaction& transaction) { return add_machine(transaction, {hale.id, suite.id, Role::CUST}, evening); });
    write([&](Transaction& transaction) { close_worker(transaction, hale.id, evening); });
    EXPECT_FALSE(find_machine(database(), token.reveal(), evening));
}

INSTANTIATE_TEST_SUITE_P(engines, Sessions, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::accounts
