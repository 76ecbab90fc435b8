#include "accounts/enrolment.h"

#include "accounts/one_time_code.h"
#include "accounts/testing.h"

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::evening;

const Sensitive<std::string> password{std::string("copper kettle on the hill")};

class Enrolments : public testing::Accounts {
  protected:
    std::string make(UtcTime now = evening)
    {
        return written([&](Transaction& transaction) { return make_enrolment(transaction, hale.id, now); }).reveal();
    }
    std::optional<Worker> look(const std::string& token, UtcTime now = evening)
    {
        return seen([&](Transaction& transaction) { return look_at_enrolment(transaction, token, now); });
    }
    Result<Sensitive<std::string>> begin(const std::string& token, UtcTime now = evening)
    {
        const auto hash = hash_password(password);
        return written([&](Transaction& transaction) { return begin_enrolment(transaction, keys, token, hash, now); });
    }
    Result<WorkerId> finish(const std::string& token, const std::string& code, UtcTime now = evening)
    {
        return written([&](Transaction& transaction) { return finish_enrolment(transaction, keys, token, code, now); });
    }
    static std::string code_of(const Sensitive<std::string>& secret, UtcTime now = evening)
    {
        return code_at(code_secret_from_text(secret.reveal()).value(), now);
    }
    bool signs_in(const std::string& code, UtcTime now)
    {
        return check_sign_in(database(), keys, {hale.sign_in_name, password, code}, now).has_value();
    }
};

TEST_P(Enrolments, give_a_person_a_password_and_an_authenticator_of_their_own)
{
    const auto token = make();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(look(token)->id, hale.id);
    const auto secret = begin(token);
    ASSERT_TRUE(secret.has_value());
    EXPECT_FALSE(signs_in(code_of(*secret), evening)); // not before the app is known to work
    EXPECT_FALSE(finish(token, "000000").has_value());
    EXPECT_EQ(finish(token, code_of(*secret)), hale.id);
    EXPECT_FALSE(signs_in(code_of(*secret), evening)); // that code is used up
    EXPECT_TRUE(signs_in(code_of(*secret, evening + 1min), evening + 1min));
}

TEST_P(Enrolments, work_once)
{
    const auto token = make();
    const auto secret = begin(token);
    ASSERT_TRUE(finish(token, code_of(*secret)).has_value());
    EXPECT_FALSE(look(token));
    EXPECT_FALSE(begin(token).has_value());
    EXPECT_FALSE(finish(token, code_of(*secret, evening + 1min), evening + 1min).has_value());
}

TEST_P(Enrolments, may_be_begun_again_until_they_are_finished)
{
    const auto token = make();
    const auto first = begin(token);
    const auto second = begin(token);
    EXPECT_NE(first->reveal(), second->reveal());
    EXPECT_FALSE(finish(token, code_of(*first)).has_value());
    EXPECT_TRUE(finish(token, code_of(*second)).has_value());
}

TEST_P(Enrolments, are_over_after_three_days)
{
    const auto token = make();
    EXPECT_TRUE(look(token, evening + enrolment_life - 1s));
    EXPECT_FALSE(look(token, evening + enrolment_life));
    EXPECT_FALSE(begin(token, evening + enrolment_life).has_value());
}

TEST_P(Enrolments, end_what_the_person_had_before)
{
    const auto token = make();
    const auto secret = begin(token);
    ASSERT_TRUE(finish(token, code_of(*secret)).has_value());
    const auto opened =
        written([&](Transaction& transaction) { return open_session(transaction, {.worker = hale.id}, evening); });
    const auto unused = make();
    EXPECT_FALSE(find_session(database(), opened.cookie.reveal(), evening));
    EXPECT_FALSE(signs_in(code_of(*secret, evening + 1min), evening + 1min));
    const auto newest = make();
    EXPECT_FALSE(look(unused));
    EXPECT_TRUE(look(newest));
}

TEST_P(Enrolments, end_with_the_account)
{
    const auto token = make();
    write([&](Transaction& transaction) { close_worker(transaction, hale.id, evening); });
    EXPECT_FALSE(look(token));
    EXPECT_FALSE(begin(token).has_value());
    EXPECT_THROW(make(), Bug);
}

TEST_P(Enrolments, of_nobody_are_not_there)
{
    EXPECT_FALSE(look(""));
    EXPECT_FALSE(look(std::string(43, 'A')));
    EXPECT_FALSE(finish(make(), "123456").has_value()); // no password was chosen
}

TEST_P(Enrolments, store_neither_the_link_nor_the_secret)
{
    const auto token = make();
    const auto secret = code_secret_from_text(begin(token)->reveal()).value();
    const auto rows = seen([](Transaction& transaction) {
        return transaction.query("select token_hash, code_secret from accounts_enrolments");
    });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_NE(rows.front().bytes(1), secret.reveal());
    EXPECT_TRUE(std::ranges::equal(rows.front().bytes(0), sha256(as_bytes(token))));
}

INSTANTIATE_TEST_SUITE_P(engines, Enrolments, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::accounts
