#include "accounts/one_time_code.h"
#include "accounts/password.h"
#include "accounts/testing.h"

#include <atomic>
#include <thread>

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::evening;

const Sensitive<std::string> good_password{std::string("copper kettle on the hill")};

class SigningIn : public testing::Accounts {
  protected:
    SigningIn()
    {
        const auto shown = written([&](Transaction& transaction) {
            return set_credentials(transaction, keys, hale.id, good_password, evening - 24h);
        });
        secret_ = code_secret_from_text(shown.reveal()).value();
    }
    std::string code(UtcTime moment) const { return code_at(secret_, moment); }
    Result<WorkerId> sign_in(const std::string& name, const std::string& password, const std::string& given,
                             UtcTime now)
    {
        return check_sign_in(database(), keys, {name, Sensitive(password), given}, now);
    }
    Result<WorkerId> sign_in_well(UtcTime now)
    {
        return sign_in(hale.sign_in_name, good_password.reveal(), code(now), now);
    }
    void fail(int times, UtcTime now)
    {
        for (int i = 0; i < times; ++i) EXPECT_FALSE(sign_in(hale.sign_in_name, "wrong", "000000", now).has_value());
    }
    std::int64_t count_of(const std::string& table)
    {
        return seen([&](Transaction& transaction) {
            return transaction.query("select count(*) from " + table).front().integer(0);
        });
    }

  private:
    Sensitive<Bytes> secret_;
};

TEST_P(SigningIn, works_with_name_password_and_code)
{
    EXPECT_EQ(sign_in_well(evening), hale.id);
    EXPECT_EQ(sign_in(" HALE@Westmoor.example ", good_password.reveal(), code(evening + 1min), evening + 1min),
              hale.id);
}

TEST_P(SigningIn, refuses_every_wrong_thing_with_one_and_the_same_problem)
{
    write([&](Transaction& transaction) {
        (void)set_credentials(transaction, keys, poole.id, good_password, evening);
        close_worker(transaction, poole.id, evening);
    });
    const auto wrong_password = sign_in(hale.sign_in_name, "copper kettle on the hall", code(evening), evening);
    const auto wrong_code = sign_in(hale.sign_in_name, good_password.reveal(), "12345", evening);
    const auto unknown = sign_in("nobody@westmoor.example", good_password.reveal(), code(evening), evening);
    const auto closed = sign_in(poole.sign_in_name, good_password.reveal(), code(evening), evening);
    const auto too_long = sign_in(std::string(5000, 'a'), good_password.reveal(), code(evening), evening);
    ASSERT_FALSE(wrong_password.has_value());
    ASSERT_EQ(wrong_password.error().size(), 1U);
    for (const auto& refused : {wrong_code, unknown, closed, too_long}) {
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error(), wrong_password.error());
    }
    fail(20, evening);
    EXPECT_EQ(sign_in_well(evening).error(), wrong_password.error());
}

TEST_P(SigningIn, is_refused_like_a_wrong_password_after_thirty_days_unused)
{
    const auto wrong = sign_in(hale.sign_in_name, "copper kettle on the hall", code(evening), evening);
    EXPECT_TRUE(sign_in_well(evening).has_value());
    const UtcTime day_29 = evening + hours{24 * 30} - 1s;
    EXPECT_TRUE(sign_in_well(day_29).has_value()); // and the thirty days begin anew
    const UtcTime too_late = day_29 + hours{24 * 30};
    EXPECT_EQ(sign_in_well(too_late).error(), wrong.error());
    write([&](Transaction& transaction) { EXPECT_TRUE(enable_again(transaction, hale.id, too_late)); });
    EXPECT_TRUE(sign_in_well(too_late + 1min).has_value());
}

TEST_P(SigningIn, is_not_opened_again_for_somebody_without_credentials)
{
    write([&](Transaction& transaction) { EXPECT_FALSE(enable_again(transaction, poole.id, evening)); });
}

TEST_P(SigningIn, opens_for_all_of_a_demonstration_that_stood_still)
{
    const UtcTime later = evening + hours{24 * 400};
    EXPECT_FALSE(sign_in_well(later).has_value());
    write([&](Transaction& transaction) { enable_all_again(transaction, later); });
    EXPECT_TRUE(sign_in_well(later + 1min).has_value());
}

TEST_P(SigningIn, takes_a_code_once)
{
    EXPECT_TRUE(sign_in_well(evening).has_value());
    EXPECT_FALSE(sign_in_well(evening).has_value());
    EXPECT_FALSE(sign_in(hale.sign_in_name, good_password.reveal(), code(evening), evening + 30s).has_value());
    EXPECT_TRUE(sign_in_well(evening + 30s).has_value());
}

TEST_P(SigningIn, takes_a_code_one_step_early_or_late_and_no_further)
{
    EXPECT_FALSE(sign_in(hale.sign_in_name, good_password.reveal(), code(evening - 60s), evening).has_value());
    EXPECT_FALSE(sign_in(hale.sign_in_name, good_password.reveal(), code(evening + 60s), evening).has_value());
    EXPECT_TRUE(sign_in(hale.sign_in_name, good_password.reveal(), code(evening - 30s), evening).has_value());
    EXPECT_TRUE(sign_in(hale.sign_in_name, good_password.reveal(), code(evening + 30s), evening).has_value());
}

TEST_P(SigningIn, ten_failures_in_ten_minutes_hold_the_name_for_ten_minutes)
{
    fail(9, evening);
    EXPECT_TRUE(sign_in_well(evening + 1min).has_value()); // a success forgets what went before
    fail(10, evening + 2min);
    EXPECT_FALSE(sign_in_well(evening + 3min).has_value());
    EXPECT_FALSE(sign_in_well(evening + 11min + 59s).has_value());
    EXPECT_TRUE(sign_in_well(evening + 12min).has_value());
}

TEST_P(SigningIn, failures_spread_over_more_than_ten_minutes_hold_nothing)
{
    for (int i = 0; i < 30; ++i) fail(1, evening + i * 67s);
    EXPECT_TRUE(sign_in_well(evening + 30 * 67s).has_value());
}

TEST_P(SigningIn, guesses_made_side_by_side_do_not_slip_past_the_hold)
{
    std::vector<std::thread> guessers;
    for (int i = 0; i < 4; ++i) guessers.emplace_back([&] { fail(5, evening); });
    for (auto& guesser : guessers) guesser.join();
    EXPECT_EQ(count_of("accounts_sign_in_tries"), 10);
    EXPECT_FALSE(sign_in_well(evening).has_value());
}

TEST_P(SigningIn, one_code_given_twice_at_once_signs_in_once)
{
    std::atomic<int> count = 0;
    std::vector<std::thread> both;
    for (int i = 0; i < 2; ++i) both.emplace_back([&] { count += sign_in_well(evening).has_value() ? 1 : 0; });
    for (auto& one : both) one.join();
    EXPECT_EQ(count, 1);
}

TEST_P(SigningIn, a_name_that_is_held_back_does_not_hold_another)
{
    const auto shown = written(
        [&](Transaction& transaction) { return set_credentials(transaction, keys, poole.id, good_password, evening); });
    fail(10, evening);
    const auto own = code_at(code_secret_from_text(shown.reveal()).value(), evening);
    EXPECT_EQ(sign_in(poole.sign_in_name, good_password.reveal(), own, evening), poole.id);
}

TEST_P(SigningIn, nothing_that_was_typed_into_the_name_box_is_stored)
{
    EXPECT_FALSE(sign_in("my secret password", "x", "1", evening).has_value());
    const auto rows = seen(
        [&](Transaction& transaction) { return transaction.query("select name_hash from accounts_sign_in_tries"); });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().bytes(0).size(), 32U);
}

TEST_P(SigningIn, new_credentials_end_the_old_ones_and_the_sessions_opened_with_them)
{
    const auto opened =
        written([&](Transaction& transaction) { return open_session(transaction, {.worker = hale.id}, evening); });
    write([&](Transaction& transaction) {
        (void)set_credentials(transaction, keys, hale.id, Sensitive(std::string("a different long one")), evening);
    });
    EXPECT_FALSE(sign_in_well(evening).has_value());
    EXPECT_FALSE(find_session(database(), opened.cookie.reveal(), evening).has_value());
}

TEST_P(SigningIn, the_second_factor_is_shown_again_with_a_fresh_code_only)
{
    const auto opened =
        written([&](Transaction& transaction) { return open_session(transaction, {.worker = hale.id}, evening); });
    const UtcTime later = evening + 20min;
    EXPECT_FALSE(check_code_again(database(), keys, opened.session, "000000", later).has_value());
    EXPECT_TRUE(check_code_again(database(), keys, opened.session, code(later), later).has_value());
    EXPECT_FALSE(check_code_again(database(), keys, opened.session, code(later), later).has_value());
    const auto session = find_session(database(), opened.cookie.reveal(), later);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->code_proved_at, later);
}

TEST_P(SigningIn, a_weak_password_is_never_set)
{
    const auto set = [&](Transaction& transaction) {
        (void)set_credentials(transaction, keys, hale.id, Sensitive(std::string("short")), evening);
    };
    EXPECT_THROW(write(set), Bug);
    EXPECT_TRUE(sign_in_well(evening).has_value());
}

INSTANTIATE_TEST_SUITE_P(engines, SigningIn, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST(Passwords, that_are_printed_as_examples_are_refused_however_they_are_spaced)
{
    for (const auto* printed : {"quiet harbour lantern", "Quiet-Harbour-Lantern", "correct horse battery staple"})
        EXPECT_FALSE(check_new_password(Sensitive(std::string(printed)), "hale@x.example")) << printed;
    EXPECT_TRUE(check_new_password(Sensitive(std::string("copper kettle on the hill")), "hale@x.example"));
}

TEST(Passwords, are_judged_by_length_and_the_commonest_alone)
{
    const auto is_fine = [](const std::string& password) {
        return check_new_password(Sensitive(password), "sgt.hale.4417").has_value();
    };
    EXPECT_TRUE(is_fine("copper kettle"));
    EXPECT_TRUE(is_fine("twelve chars"));
    EXPECT_TRUE(is_fine("éééééééééééé"));
    EXPECT_TRUE(is_fine(std::string(1000, 'x')));
    EXPECT_FALSE(is_fine("eleven char"));
    EXPECT_FALSE(is_fine("ééééééé")); // seven characters, though fourteen bytes
    EXPECT_FALSE(is_fine(std::string(1001, 'x')));
    EXPECT_FALSE(is_fine("Password1234"));
    EXPECT_FALSE(is_fine(std::string(12, ' ')));
    EXPECT_FALSE(is_fine("SGT.Hale.4417"));
}

TEST(Passwords, no_refusal_repeats_what_was_typed)
{
    const auto refused = check_new_password(Sensitive(std::string("password1234")), "x");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(sentences(refused.error()).find("password1234"), std::string::npos);
}

TEST(Passwords, are_argon2id_of_64_mebibytes_unless_made_cheap)
{
    set_password_cost(2, std::size_t{64} << 20U);
    EXPECT_TRUE(hash_password(good_password).starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    set_password_cost(1, 8192);
    const auto hash = hash_password(good_password);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_TRUE(is_password(hash, good_password));
    EXPECT_FALSE(is_password(hash, Sensitive(std::string("copper kettle on the hilL"))));
    EXPECT_FALSE(is_password("not a hash", good_password));
    EXPECT_NE(hash, hash_password(good_password));
}

// RFC 6238, appendix B: the last six of the eight digits for SHA-1.
TEST(OneTimeCodes, are_those_of_the_standard)
{
    const std::string_view text = "12345678901234567890";
    const Sensitive secret(Bytes(text.begin(), text.end()));
    EXPECT_EQ(code_at(secret, from_seconds(59)), "287082");
    EXPECT_EQ(code_at(secret, from_seconds(1111111109)), "081804");
    EXPECT_EQ(code_at(secret, from_seconds(1234567890)), "005924");
    EXPECT_EQ(code_at(secret, from_seconds(20000000000)), "353130");
    EXPECT_EQ(step_of_code(secret, "287 082", from_seconds(59)), 1);
    EXPECT_EQ(step_of_code(secret, "287082", from_seconds(89)), 1);
    EXPECT_EQ(step_of_code(secret, "287082", from_seconds(90)), std::nullopt);
    EXPECT_EQ(step_of_code(secret, "", from_seconds(59)), std::nullopt);
}

TEST(OneTimeCodes, show_their_secret_as_text_that_reads_back)
{
    const Sensitive secret(random_bytes(20));
    const auto text = code_secret_as_text(secret);
    EXPECT_EQ(text.reveal().size(), 32U);
    EXPECT_EQ(code_secret_from_text(text.reveal()).value(), secret);
    EXPECT_FALSE(code_secret_from_text("not base32!").has_value());
    EXPECT_FALSE(code_secret_from_text("").has_value());
    EXPECT_EQ(code_secret_as_link("hale@x.example", text).reveal(),
              "otpauth://totp/Reachable:hale%40x.example?secret=" + text.reveal() + "&issuer=Reachable");
}

} // namespace
} // namespace reachable::accounts
