// Proving who somebody is: a password and a one-time code, with a hold on guessing.
#include "accounts/columns.h"
#include "accounts/one_time_code.h"
#include "accounts/password.h"
#include "accounts/sessions.h"
#include "base/crypto.h"
#include "base/text.h"

namespace reachable::accounts {

using storage::Database;
using storage::Transaction;

namespace {

constexpr std::size_t most_tries = 10;
constexpr auto try_window = minutes{10};
constexpr auto hold_for = minutes{10};
constexpr std::size_t longest_name = 200;

/// One sentence for every way of failing, the hold included: it tells nobody which names exist.
tl::unexpected<Problems> not_signed_in()
{
    return refuse(ProblemKind::withheld,
                  "The sign-in name, password or code is not right. After ten tries, wait ten minutes and try again");
}

/// Names are kept as hashes among the tries, because people type passwords into the name box.
Hash hash_of_name(std::string_view name)
{
    return sha256(as_bytes(to_lower_ascii(trim(name))));
}

/// True if the newest ten tries came within ten minutes, the last of them less than ten minutes ago.
bool is_held_back(Transaction& transaction, const Hash& name, UtcTime now)
{
    const auto rows = transaction.query("select tried_at from accounts_sign_in_tries where name_hash = $1"
                                        " order by tried_at desc limit 10",
                                        {to_value(name)});
    if (rows.size() < most_tries) return false;
    const UtcTime newest = time_at(rows.front(), 0);
    return newest - time_at(rows.back(), 0) < try_window && now < newest + hold_for;
}

/// Counts this try before the password is looked at, so that tries made side by side cannot slip past the hold.
/// False if the name is held back. What stands here is taken away again when the sign-in succeeds.
bool count_try(Database& database, const Hash& name, UtcTime now)
{
    bool is_free = false;
    database.write([&](Transaction& transaction) {
        is_free = !is_held_back(transaction, name, now);
        transaction.execute("delete from accounts_sign_in_tries where tried_at <= $1",
                            {to_value(now - try_window - hold_for)});
        if (!is_free) return;
        transaction.execute("insert into accounts_sign_in_tries (id, name_hash, tried_at) values ($1, $2, $3)",
                            {random_bytes(16), to_value(name), to_value(now)});
    });
    return is_free;
}

/// What is kept about an account, or the same shape with values nobody knows.
struct Credentials {
    WorkerId worker;
    std::string password_hash;
    Sensitive<Bytes> code_secret;
    bool is_real = false;
};

/// An account that was unused for too long is like one that is not there.
Credentials find_credentials(Database& database, const SecretKeys& keys, std::string_view sign_in_name, UtcTime now)
{
    Credentials found{{}, hash_nobody_knows(), new_code_secret()};
    database.read([&](Transaction& transaction) {
        const auto rows =
            transaction.query("select w.id, c.password_hash, c.code_secret, c.key_version from accounts_workers w"
                              " join accounts_credentials c on c.worker = w.id"
                              " where w.sign_in_name = $1 and w.is_open = 1 and c.used_at > $2",
                              {to_lower_ascii(trim(sign_in_name)), to_value(now - longest_unused)});
        if (rows.empty()) return;
        const auto& row = rows.front();
        const auto worker = id_at<WorkerId>(row, 0);
        const auto secret = open_secret(keys, worker, {row.bytes(2), row.integer(3)});
        if (secret) found = {worker, row.text(1), *secret, true};
    });
    return found;
}

/// Marks the code's step as used; false if it was used before or the account was closed or given other credentials
/// since they were read.
bool use_code(Transaction& transaction, const Credentials& credentials, std::int64_t step, UtcTime now)
{
    const auto still_stands =
        transaction.query("select 1 from accounts_workers w join accounts_credentials c on c.worker = w.id"
                          " where w.id = $1 and w.is_open = 1 and c.password_hash = $2",
                          {to_value(credentials.worker), credentials.password_hash});
    if (still_stands.empty()) return false;
    transaction.execute("update accounts_credentials set used_at = $2 where worker = $1",
                        {to_value(credentials.worker), to_value(now)});
    const std::int64_t oldest_kept = to_seconds(now - hours{1}) / 30;
    transaction.execute("delete from accounts_used_codes where worker = $1 and step < $2",
                        {to_value(credentials.worker), oldest_kept});
    return transaction.change("insert into accounts_used_codes (worker, step) values ($1, $2) on conflict do nothing",
                              {to_value(credentials.worker), step}) == 1;
}

bool use_code(Database& database, const Credentials& credentials, const Hash& name, std::int64_t step, UtcTime now)
{
    bool is_used_now = false;
    database.write([&](Transaction& transaction) {
        is_used_now = use_code(transaction, credentials, step, now);
        if (is_used_now)
            transaction.execute("delete from accounts_sign_in_tries where name_hash = $1", {to_value(name)});
    });
    return is_used_now;
}

} // namespace

Sensitive<std::string> set_credentials(Transaction& transaction, const SecretKeys& keys, WorkerId worker,
                                       const Sensitive<std::string>& password, UtcTime now)
{
    const auto known_worker = find_worker(transaction, worker);
    CHECK(known_worker.has_value(), "Credentials belong to a worker who is known");
    CHECK(check_new_password(password, known_worker->sign_in_name).has_value(),
          "A password is checked before it is set");
    return set_hashed_credentials(transaction, keys, worker, hash_password(password), now);
}

Sensitive<std::string> set_hashed_credentials(Transaction& transaction, const SecretKeys& keys, WorkerId worker,
                                              const std::string& hash, UtcTime now)
{
    const auto secret = new_code_secret();
    store_credentials(transaction, worker, hash, seal_secret(keys, worker, secret), now);
    return code_secret_as_text(secret);
}

void store_credentials(Transaction& transaction, WorkerId worker, const std::string& hash, const SealedSecret& secret,
                       UtcTime now)
{
    transaction.execute("insert into accounts_credentials"
                        " (worker, password_hash, code_secret, key_version, set_at, used_at)"
                        " values ($1, $2, $3, $4, $5, $5) on conflict (worker) do update set"
                        " password_hash = excluded.password_hash, code_secret = excluded.code_secret,"
                        " key_version = excluded.key_version, set_at = excluded.set_at, used_at = excluded.used_at",
                        {to_value(worker), hash, secret.bytes, secret.version, to_value(now)});
    transaction.execute("update accounts_sessions set closed_at = $2 where worker = $1 and closed_at is null",
                        {to_value(worker), to_value(now)});
}

bool enable_again(Transaction& transaction, WorkerId worker, UtcTime now)
{
    return transaction.change("update accounts_credentials set used_at = $2 where worker = $1",
                              {to_value(worker), to_value(now)}) == 1;
}

void enable_all_again(Transaction& transaction, UtcTime now)
{
    transaction.execute("update accounts_credentials set used_at = $1", {to_value(now)});
}

Result<WorkerId> check_sign_in(Database& database, const SecretKeys& keys, const SignIn& sign_in, UtcTime now)
{
    if (sign_in.sign_in_name.size() > longest_name) return not_signed_in();
    const Hash name = hash_of_name(sign_in.sign_in_name);
    if (!count_try(database, name, now)) return not_signed_in();

    const Credentials credentials = find_credentials(database, keys, sign_in.sign_in_name, now);
    const bool is_right_password = is_password(credentials.password_hash, sign_in.password);
    const auto step = step_of_code(credentials.code_secret, sign_in.code, now);
    if (!credentials.is_real || !is_right_password || !step) return not_signed_in();
    if (!use_code(database, credentials, name, *step, now)) return not_signed_in();
    return credentials.worker;
}

Result<> check_code_again(Database& database, const SecretKeys& keys, const Session& session, std::string_view code,
                          UtcTime now)
{
    std::optional<Worker> worker;
    database.read([&](Transaction& transaction) { worker = find_worker(transaction, session.worker); });
    if (!worker || !worker->is_open) return not_signed_in();
    const Hash name = hash_of_name(worker->sign_in_name);
    if (!count_try(database, name, now)) return not_signed_in();

    const Credentials credentials = find_credentials(database, keys, worker->sign_in_name, now);
    const auto step = step_of_code(credentials.code_secret, code, now);
    if (!credentials.is_real || !step || !use_code(database, credentials, name, *step, now)) return not_signed_in();
    database.write([&](Transaction& transaction) { note_code_proved(transaction, session.id, now); });
    return {};
}

} // namespace reachable::accounts
