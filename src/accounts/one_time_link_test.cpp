#include "accounts/one_time_link.h"
#include "accounts/testing.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::evening;

class Links : public testing::Accounts {
  protected:
    std::string make(seconds life = longest_link_life, UtcTime now = evening)
    {
        return written([&](Transaction& transaction) {
                   return make_link(transaction,
                                    {.only_case = only_case, .agency = authority.id, .desk = desk.id, .life = life},
                                    now);
               })
            .reveal();
    }
    Result<Sensitive<std::string>> press(const std::string& token, UtcTime now)
    {
        return written([&](Transaction& transaction) { return press_link(transaction, token, now); });
    }
    Result<OpenedSession> enter(const std::string& token, const std::string& code, UtcTime now)
    {
        return written([&](Transaction& transaction) { return enter_with_code(transaction, token, code, now); });
    }
    Result<Sensitive<std::string>> renew(const std::string& token, UtcTime now)
    {
        return written([&](Transaction& transaction) { return renew_link(transaction, token, now); });
    }
    std::optional<LinkView> look(const std::string& token, UtcTime now)
    {
        return seen([&](Transaction& transaction) { return look_at_link(transaction, token, now); });
    }
    std::string code_for(const std::string& token, UtcTime now) { return press(token, now).value().reveal(); }
    /// A code that is none of those given.
    static std::string other_than(const std::string& code) { return code == "111111" ? "222222" : "111111"; }

    CaseId only_case = CaseId::random();
};

TEST_P(Links, open_the_one_case_for_the_desk_without_an_account)
{
    const auto token = make();
    EXPECT_EQ(token.size(), 43U);
    const auto code = code_for(token, evening + 1min);
    EXPECT_EQ(code.size(), 6U);
    const auto opened = enter(token, code, evening + 2min);
    ASSERT_TRUE(opened) << sentences(opened.error());
    const auto session = find_session(database(), opened->cookie.reveal(), evening + 3min);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->only_case, only_case);
    EXPECT_TRUE(session->worker.is_none());
    EXPECT_EQ(session->role, Role::EDT);
    EXPECT_EQ(session->agency, authority.id);
    EXPECT_EQ(session->agency_kind, AgencyKind::local_authority);
    EXPECT_EQ(session->team, desk.id);
    EXPECT_EQ(session->purpose, "safeguarding-response");
    EXPECT_EQ(session->code_proved_at, evening + 2min);
}

TEST_P(Links, looking_changes_nothing_however_often)
{
    const auto token = make();
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(look(token, evening + 1min), (LinkView{desk.id, evening + 2h, LinkState::waiting}));
    EXPECT_TRUE(enter(token, code_for(token, evening + 1min), evening + 1min).has_value());
    EXPECT_EQ(look(token, evening + 1min)->state, LinkState::used);
}

TEST_P(Links, that_nobody_made_look_like_nothing)
{
    EXPECT_EQ(look(std::string(43, 'A'), evening), std::nullopt);
    EXPECT_EQ(look("", evening), std::nullopt);
    EXPECT_EQ(press(std::string(43, 'A'), evening).error().front().kind, ProblemKind::not_found);
    EXPECT_EQ(enter("short", "123456", evening).error().front().kind, ProblemKind::not_found);
    EXPECT_EQ(renew("short", evening).error().front().kind, ProblemKind::not_found);
}

TEST_P(Links, live_between_fifteen_minutes_and_two_hours)
{
    EXPECT_EQ(look(make(seconds{1}), evening)->expires_at, evening + 15min);
    EXPECT_EQ(look(make(24h), evening)->expires_at, evening + 2h);
    EXPECT_EQ(look(make(30min), evening)->expires_at, evening + 30min);
    const auto token = make(30min);
    const auto code = code_for(token, evening + 29min);
    EXPECT_EQ(look(token, evening + 30min)->state, LinkState::expired);
    EXPECT_FALSE(enter(token, code, evening + 30min).has_value());
    EXPECT_FALSE(press(token, evening + 30min).has_value());
    EXPECT_TRUE(enter(token, code, evening + 30min - 1s).has_value());
}

TEST_P(Links, work_once_and_say_so_afterwards)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    const auto spare = code_for(token, evening);
    EXPECT_TRUE(enter(token, code, evening).has_value());
    for (const auto& given : {code, spare}) {
        const auto again = enter(token, given, evening);
        ASSERT_FALSE(again.has_value());
        EXPECT_NE(sentences(again.error()).find("used already"), std::string::npos);
    }
    EXPECT_FALSE(press(token, evening).has_value());
}

TEST_P(Links, entered_by_two_at_once_let_one_in)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    std::atomic<int> count = 0;
    std::vector<std::thread> both;
    for (int i = 0; i < 4; ++i) both.emplace_back([&] { count += enter(token, code, evening).has_value() ? 1 : 0; });
    for (auto& one : both) one.join();
    EXPECT_EQ(count, 1);
}

TEST_P(Links, have_at_most_three_codes_at_a_time_each_good_for_ten_minutes)
{
    const auto token = make();
    const auto first = code_for(token, evening);
    (void)code_for(token, evening + 5min);
    (void)code_for(token, evening + 5min);
    EXPECT_EQ(press(token, evening + 9min).error().front().kind, ProblemKind::too_many);
    EXPECT_FALSE(enter(token, first, evening + 10min).has_value());
    const auto fourth = code_for(token, evening + 10min);
    EXPECT_TRUE(enter(token, fourth.substr(0, 3) + " " + fourth.substr(3), evening + 10min).has_value());
}

TEST_P(Links, are_burnt_by_the_fifth_wrong_code)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(enter(token, other_than(code), evening).error().front().kind, ProblemKind::withheld);
    EXPECT_EQ(look(token, evening)->state, LinkState::waiting);
    EXPECT_EQ(enter(token, other_than(code), evening).error().front().kind, ProblemKind::out_of_order);
    EXPECT_EQ(look(token, evening)->state, LinkState::burnt);
    EXPECT_FALSE(enter(token, code, evening).has_value());
    EXPECT_FALSE(press(token, evening).has_value());
}

TEST_P(Links, say_how_many_tries_are_left)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    for (const auto* left : {"4 tries are left", "3 tries are left", "2 tries are left", "One try is left"}) {
        const auto refused = sentences(enter(token, other_than(code), evening).error());
        EXPECT_NE(refused.find(left), std::string::npos) << refused;
    }
}

TEST_P(Links, do_not_count_what_can_be_no_code)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    for (int i = 0; i < 6; ++i)
        for (const auto* given : {"", "   ", "12", "1234567", "12345a"}) {
            const auto refused = enter(token, given, evening);
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().front().kind, ProblemKind::missing) << given;
        }
    EXPECT_TRUE(enter(token, code, evening).has_value());
}

TEST_P(Links, have_a_cookie_each_pinned_to_the_host_over_tls)
{
    const auto one = make();
    const auto other = make();
    EXPECT_NE(link_cookie_name(one, true), link_cookie_name(other, true));
    EXPECT_TRUE(link_cookie_name(one, true).starts_with("__Host-link-"));
    EXPECT_TRUE(link_cookie_name(one, false).starts_with("link-"));
    EXPECT_EQ(link_cookie_name(one, true).find(one.substr(0, 6)), std::string::npos);
}

TEST_P(Links, tell_the_service_which_case_they_open)
{
    const auto token = make();
    const auto behind = seen([&](Transaction& transaction) { return link_behind(transaction, token, evening); });
    ASSERT_TRUE(behind);
    EXPECT_EQ(behind->only_case, only_case);
    EXPECT_EQ(behind->state, LinkState::waiting);
    EXPECT_FALSE(seen([&](Transaction& transaction) { return link_behind(transaction, "none", evening); }));
}

TEST_P(Links, take_no_code_of_another_link_and_no_empty_one)
{
    const auto token = make();
    const auto other = make();
    const auto code = code_for(other, evening);
    EXPECT_FALSE(enter(token, "", evening).has_value());
    const auto own = code_for(token, evening);
    EXPECT_EQ(enter(token, code, evening).has_value(), own == code);
    EXPECT_TRUE(enter(other, code, evening).has_value());
}

TEST_P(Links, renewed_end_the_old_one_and_its_session_and_open_the_same_desk)
{
    const auto token = make();
    const auto opened = enter(token, code_for(token, evening), evening);
    const auto fresh = renew(token, evening + 3h);
    ASSERT_TRUE(fresh) << sentences(fresh.error());
    EXPECT_NE(fresh->reveal(), token);
    EXPECT_FALSE(find_session(database(), opened->cookie.reveal(), evening));
    EXPECT_EQ(look(fresh->reveal(), evening + 3h), (LinkView{desk.id, evening + 5h, LinkState::waiting}));
    const auto session = enter(fresh->reveal(), code_for(fresh->reveal(), evening + 3h), evening + 3h);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->session.only_case, only_case);
}

TEST_P(Links, are_renewed_once_within_a_day_even_when_burnt)
{
    const auto token = make();
    EXPECT_TRUE(renew(token, evening).has_value());
    EXPECT_EQ(look(token, evening)->state, LinkState::expired);
    EXPECT_FALSE(renew(token, evening).has_value());

    const auto burnt = make();
    const auto code = code_for(burnt, evening);
    for (int i = 0; i < 5; ++i) (void)enter(burnt, other_than(code), evening);
    EXPECT_TRUE(renew(burnt, evening).has_value());
    EXPECT_FALSE(renew(burnt, evening).has_value());

    EXPECT_FALSE(renew(make(), evening + 26h).has_value());
}

TEST_P(Links, of_a_case_are_listed_and_ended_together)
{
    const auto first = make(1h, evening);
    const auto second = make(1h, evening + 10min);
    const auto opened = enter(first, code_for(first, evening), evening);
    auto links = seen([&](Transaction& transaction) { return links_of_case(transaction, only_case, evening + 11min); });
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].state, LinkState::waiting);
    EXPECT_EQ(links[1].state, LinkState::used);
    EXPECT_EQ(links[1].desk, desk.id);
    write([&](Transaction& transaction) { end_links(transaction, only_case, desk.id, evening + 12min); });
    EXPECT_EQ(look(second, evening + 12min)->state, LinkState::expired);
    EXPECT_FALSE(find_session(database(), opened->cookie.reveal(), evening + 12min));
}

TEST_P(Links, of_a_case_are_ended_before_a_newer_one_and_nobody_is_cut_off)
{
    const auto used = make(1h, evening);
    const auto opened = enter(used, code_for(used, evening), evening);
    const auto waiting = make(1h, evening + 1min);
    const auto code = code_for(waiting, evening + 1min);
    write([&](Transaction& transaction) {
        end_links(transaction, only_case, desk.id, evening + 2min, LinkSessions::keep);
    });
    const auto newer = make(1h, evening + 2min);
    EXPECT_FALSE(enter(waiting, code, evening + 3min));
    EXPECT_FALSE(renew(used, evening + 3min));
    EXPECT_EQ(look(newer, evening + 3min)->state, LinkState::waiting);
    EXPECT_TRUE(find_session(database(), opened->cookie.reveal(), evening + 3min));
}

TEST_P(Links, leave_only_hashes_in_the_database)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    const auto rows = seen([&](Transaction& transaction) {
        return transaction.query(
            "select l.token_hash, c.code_hash from accounts_links l join accounts_link_codes c on c.link = l.id");
    });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_TRUE(std::ranges::equal(rows.front().bytes(0), sha256(as_bytes(token))));
    EXPECT_FALSE(
        std::ranges::equal(rows.front().bytes(1), sha256(as_bytes(code)))); // keyed: a million guesses do not find it
    EXPECT_TRUE(std::ranges::equal(rows.front().bytes(1), hmac_sha256(as_bytes(token), as_bytes(code))));
}

TEST_P(Links, say_no_secret_when_they_refuse)
{
    const auto token = make();
    const auto code = code_for(token, evening);
    const auto refused = sentences(enter(token, other_than(code), evening).error());
    EXPECT_EQ(refused.find(token), std::string::npos);
    EXPECT_EQ(refused.find(other_than(code)), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(engines, Links, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::accounts
