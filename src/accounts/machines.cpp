// A force's own systems, which call with a bearer token instead of a password and a code.
#include "accounts/columns.h"
#include "accounts/sessions.h"
#include "base/crypto.h"

namespace reachable::accounts {

using storage::Database;
using storage::Transaction;

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_letters = 43;

} // namespace

Sensitive<std::string> add_machine(Transaction& transaction, const Post& post, UtcTime now)
{
    const std::string token = to_base64url(random_bytes(token_bytes));
    transaction.execute("insert into accounts_machines (token_hash, worker, team, role, added_at)"
                        " values ($1, $2, $3, $4, $5)",
                        {to_value(sha256(as_bytes(token))), to_value(post.worker), to_value(post.team),
                         to_value(code_of(post.role)), to_value(now)});
    return Sensitive(token);
}

std::optional<Session> find_machine(Database& database, std::string_view token, UtcTime now)
{
    if (token.size() != token_letters) return std::nullopt;
    std::optional<Session> session;
    database.read([&](Transaction& transaction) {
        session.reset();
        const auto rows =
            transaction.query("select m.worker, m.team, m.role, a.id, a.kind from accounts_machines m"
                              " join accounts_workers w on w.id = m.worker join accounts_teams t on t.id = m.team"
                              " join accounts_agencies a on a.id = t.agency"
                              " where m.token_hash = $1 and m.ended_at is null and w.is_open = 1",
                              {to_value(sha256(as_bytes(token)))});
        if (rows.empty()) return;
        const auto& row = rows.front();
        session = Session{.worker = id_at<WorkerId>(row, 0),
                          .agency = id_at<AgencyId>(row, 3),
                          .agency_kind = known(agency_kind_from(row.text(4))),
                          .team = id_at<TeamId>(row, 1),
                          .role = known(role_from(row.text(2))),
                          .opened_at = now,
                          .last_seen_at = now};
    });
    return session;
}

bool is_machine(Transaction& transaction, WorkerId worker)
{
    return !transaction.query("select 1 from accounts_machines where worker = $1", {to_value(worker)}).empty();
}

void end_machines(Transaction& transaction, WorkerId worker, UtcTime now)
{
    transaction.execute("update accounts_machines set ended_at = $2 where worker = $1 and ended_at is null",
                        {to_value(worker), to_value(now)});
}

} // namespace reachable::accounts
