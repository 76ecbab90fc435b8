#include "accounts/one_time_code.h"
#include "accounts/testing.h"

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::evening;

const Sensitive<std::string> password{std::string("copper kettle on the hill")};

class StoredSecrets : public testing::Accounts {
  protected:
    /// What an administrator of the database sees of somebody's secret.
    SealedSecret stored(WorkerId worker)
    {
        return seen([&](Transaction& transaction) {
            const auto rows =
                transaction.query("select code_secret, key_version from accounts_credentials where worker = $1",
                                  {Bytes(worker.bytes.begin(), worker.bytes.end())});
            return SealedSecret{rows.at(0).bytes(0), rows.at(0).integer(1)};
        });
    }
    void store(WorkerId worker, const SealedSecret& secret)
    {
        write([&](Transaction& transaction) {
            transaction.execute("update accounts_credentials set code_secret = $2, key_version = $3 where worker = $1",
                                {Bytes(worker.bytes.begin(), worker.bytes.end()), secret.bytes, secret.version});
        });
    }
    Sensitive<Bytes> given(WorkerId worker)
    {
        const auto text = written(
            [&](Transaction& transaction) { return set_credentials(transaction, keys, worker, password, evening); });
        return code_secret_from_text(text.reveal()).value();
    }
    bool signs_in(const Worker& worker, const Sensitive<Bytes>& secret, const SecretKeys& with, UtcTime now)
    {
        return check_sign_in(database(), with, {worker.sign_in_name, password, code_at(secret, now)}, now).has_value();
    }
};

TEST_P(StoredSecrets, stand_sealed_and_open_for_their_own_worker_alone)
{
    const auto secret = given(hale.id);
    const auto sealed = stored(hale.id);
    EXPECT_EQ(sealed.version, 1);
    EXPECT_EQ(std::search(sealed.bytes.begin(), sealed.bytes.end(), secret.reveal().begin(), secret.reveal().end()),
              sealed.bytes.end());
    EXPECT_EQ(open_secret(keys, hale.id, sealed), secret);
    EXPECT_FALSE(open_secret(keys, poole.id, sealed));
    EXPECT_FALSE(open_secret(make_secret_keys(), hale.id, sealed));
    EXPECT_FALSE(open_secret(keys, hale.id, {sealed.bytes, 2}));
}

TEST_P(StoredSecrets, put_in_the_place_of_anothers_sign_nobody_in)
{
    const auto secret = given(hale.id);
    (void)given(poole.id);
    store(poole.id, stored(hale.id));
    EXPECT_FALSE(signs_in(poole, secret, keys, evening));
    EXPECT_TRUE(signs_in(hale, secret, keys, evening));
}

TEST_P(StoredSecrets, of_a_database_from_before_are_sealed_at_the_next_start)
{
    const auto secret = given(hale.id);
    store(hale.id, {secret.reveal(), 0});
    write([](Transaction& transaction) { transaction.execute("update accounts_credentials set used_at = null"); });
    EXPECT_FALSE(signs_in(hale, secret, keys, evening));
    const UtcTime start = evening + hours{24 * 90};
    ASSERT_TRUE(seal_stored_secrets(database(), keys, start).has_value());
    EXPECT_EQ(stored(hale.id).version, 1);
    EXPECT_NE(stored(hale.id).bytes, secret.reveal());
    EXPECT_TRUE(signs_in(hale, secret, keys, start));
}

TEST_P(StoredSecrets, are_sealed_anew_when_a_newer_key_is_added)
{
    const auto secret = given(hale.id);
    auto newer = keys;
    newer.all.push_back({.version = 2, .key = make_secret_keys().all.front().key});
    EXPECT_TRUE(signs_in(hale, secret, newer, evening));
    ASSERT_TRUE(seal_stored_secrets(database(), newer, evening).has_value());
    EXPECT_EQ(stored(hale.id).version, 2);
    newer.all.erase(newer.all.begin()); // the old key is needed no more
    EXPECT_TRUE(signs_in(hale, secret, newer, evening + 1min));
}

TEST_P(StoredSecrets, refuse_a_start_with_a_key_file_that_is_not_theirs)
{
    EXPECT_TRUE(seal_stored_secrets(database(), make_secret_keys(), evening).has_value()); // nothing to open yet
    const auto secret = given(hale.id);
    const auto before = stored(hale.id);
    EXPECT_FALSE(seal_stored_secrets(database(), make_secret_keys(), evening).has_value());
    EXPECT_EQ(stored(hale.id).bytes, before.bytes);
    (void)given(poole.id);
    store(poole.id, {Bytes(48, 7), 1}); // one damaged row keeps nobody else out
    EXPECT_TRUE(seal_stored_secrets(database(), keys, evening).has_value());
    EXPECT_TRUE(signs_in(hale, secret, keys, evening));
}

INSTANTIATE_TEST_SUITE_P(engines, StoredSecrets, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST(SecretKeyFile, reads_back_what_was_written)
{
    auto keys = make_secret_keys();
    keys.all.push_back({.version = 7, .key = make_secret_keys().all.front().key});
    const auto read = read_secret_keys(secret_keys_as_text(keys));
    ASSERT_TRUE(read.has_value());
    ASSERT_EQ(read->all.size(), 2U);
    EXPECT_EQ(read->all.back().version, 7);
    EXPECT_EQ(read->all.back().key, keys.all.back().key);
}

TEST(SecretKeyFile, is_refused_when_a_line_cannot_be_a_key)
{
    const std::string good(64, 'a');
    const auto reads = [](const std::string& text) { return read_secret_keys(Sensitive(text)).has_value(); };
    EXPECT_TRUE(reads("1 " + good));
    EXPECT_TRUE(reads("1 " + good + "\n\n2 " + good + "\n"));
    for (const auto& bad : {std::string(), std::string("\n"), good, "x " + good, "1 " + good.substr(2), "0 " + good,
                            "2 " + good + "\n1 " + good, "1 " + good + "\n1 " + good})
        EXPECT_FALSE(reads(bad)) << bad;
}

} // namespace
} // namespace reachable::accounts
