#include "accounts/enrolment.h"

#include "accounts/columns.h"
#include "accounts/one_time_code.h"
#include "accounts/sessions.h"

namespace reachable::accounts {

using storage::Transaction;

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_letters = 43;

tl::unexpected<Problems> over()
{
    return refuse(ProblemKind::not_found, "This link is over. Ask your administrator for a new one");
}

} // namespace

Sensitive<std::string> make_enrolment(Transaction& transaction, WorkerId worker, UtcTime now)
{
    const auto known_worker = find_worker(transaction, worker);
    CHECK(known_worker && known_worker->is_open, "An enrolment is made for an account that is open");
    transaction.execute("delete from accounts_enrolments where worker = $1 or expires_at <= $2",
                        {to_value(worker), to_value(now)});
    transaction.execute("delete from accounts_credentials where worker = $1", {to_value(worker)});
    transaction.execute("update accounts_sessions set closed_at = $2 where worker = $1 and closed_at is null",
                        {to_value(worker), to_value(now)});
    const std::string token = to_base64url(random_bytes(token_bytes));
    transaction.execute("insert into accounts_enrolments (token_hash, worker, expires_at) values ($1, $2, $3)",
                        {to_value(sha256(as_bytes(token))), to_value(worker), to_value(now + enrolment_life)});
    return Sensitive(token);
}

bool is_person(Transaction& transaction, WorkerId worker)
{
    return !transaction
                .query("select 1 from accounts_credentials where worker = $1"
                       " union all select 1 from accounts_enrolments where worker = $1",
                       {to_value(worker)})
                .empty();
}

std::optional<Worker> look_at_enrolment(Transaction& transaction, std::string_view token, UtcTime now)
{
    if (token.size() != token_letters) return std::nullopt;
    const auto rows =
        transaction.query("select worker from accounts_enrolments where token_hash = $1 and expires_at > $2",
                          {to_value(sha256(as_bytes(token))), to_value(now)});
    if (rows.empty()) return std::nullopt;
    auto worker = find_worker(transaction, id_at<WorkerId>(rows.front(), 0));
    return worker && worker->is_open ? worker : std::nullopt;
}

Result<Sensitive<std::string>> begin_enrolment(Transaction& transaction, const SecretKeys& keys, std::string_view token,
                                               const std::string& password_hash, UtcTime now)
{
    const auto worker = look_at_enrolment(transaction, token, now);
    if (!worker) return over();
    const auto secret = new_code_secret();
    const auto sealed = seal_secret(keys, worker->id, secret);
    transaction.execute("update accounts_enrolments set password_hash = $2, code_secret = $3, key_version = $4"
                        " where token_hash = $1",
                        {to_value(sha256(as_bytes(token))), password_hash, sealed.bytes, sealed.version});
    return code_secret_as_text(secret);
}

Result<WorkerId> finish_enrolment(Transaction& transaction, const SecretKeys& keys, std::string_view token,
                                  std::string_view code, UtcTime now)
{
    const auto worker = look_at_enrolment(transaction, token, now);
    if (!worker) return over();
    const auto rows = transaction.query("select password_hash, code_secret, key_version from accounts_enrolments"
                                        " where token_hash = $1 and password_hash is not null",
                                        {to_value(sha256(as_bytes(token)))});
    if (rows.empty()) return refuse(ProblemKind::out_of_order, "Choose a password first", "password");
    const SealedSecret sealed{rows.front().bytes(1), rows.front().integer(2)};
    const auto secret = open_secret(keys, worker->id, sealed);
    if (!secret) return over();
    const auto step = step_of_code(*secret, code, now);
    if (!step)
        return refuse(ProblemKind::malformed,
                      "That is not the code your app shows now. Check the time on your phone and enter the next one",
                      "code");
    store_credentials(transaction, worker->id, rows.front().text(0), sealed, now);
    transaction.execute("insert into accounts_used_codes (worker, step) values ($1, $2) on conflict do nothing",
                        {to_value(worker->id), *step});
    transaction.execute("delete from accounts_enrolments where worker = $1", {to_value(worker->id)});
    return worker->id;
}

} // namespace reachable::accounts
