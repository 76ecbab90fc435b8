// Sessions behind a cookie: opened after a proof, short-lived, ended at once when the account is closed.
#include "accounts/sessions.h"

#include "accounts/columns.h"
#include "base/crypto.h"

namespace reachable::accounts {

using storage::Database;
using storage::Row;
using storage::Transaction;

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_letters = 43;
constexpr auto note_seen_every = minutes{1};
constexpr auto keep_for = hours{24 * 7};
/// How far the clocks of two machines may differ. A session from further ahead was opened by a clock that was wrong.
constexpr auto clock_skew = minutes{5};

std::string new_secret()
{
    return to_base64url(random_bytes(secret_bytes));
}

Session read_session(const Row& row)
{
    Session session;
    session.id = id_at<SessionId>(row, 0);
    session.worker = id_at<WorkerId>(row, 1);
    session.agency = id_at<AgencyId>(row, 2);
    session.agency_kind = known(agency_kind_from(row.text(3)));
    session.team = id_at<TeamId>(row, 4);
    session.role = known(role_from(row.text(5)));
    session.purpose = row.text(6);
    session.form_token = row.text(7);
    session.opened_at = time_at(row, 8);
    session.last_seen_at = time_at(row, 9);
    session.code_proved_at = time_at(row, 10);
    session.only_case = id_at<CaseId>(row, 11);
    return session;
}

bool is_live(const Session& session, UtcTime now)
{
    return now < session.last_seen_at + idle_limit && now < session.opened_at + whole_limit &&
           session.opened_at < now + clock_skew;
}

/// A worker's session lives only while the account is open; one that came by a link has no account.
std::optional<Session> find_by_cookie(Transaction& transaction, std::string_view cookie)
{
    const auto rows = transaction.query(
        "select s.id, s.worker, s.agency, s.agency_kind, s.team, s.role, s.purpose, s.form_token, s.opened_at,"
        " s.last_seen_at, s.code_proved_at, s.only_case, w.is_open from accounts_sessions s"
        " left join accounts_workers w on w.id = s.worker where s.cookie_hash = $1 and s.closed_at is null",
        {to_value(sha256(as_bytes(cookie)))});
    if (rows.empty()) return std::nullopt;
    auto session = read_session(rows.front());
    const bool is_by_link = session.worker.is_none() && !session.only_case.is_none();
    const bool is_open = !rows.front().is_null(12) && rows.front().integer(12) != 0;
    if (!is_by_link && !is_open) return std::nullopt;
    return session;
}

void note_seen(Database& database, SessionId session, UtcTime now)
{
    database.write([&](Transaction& transaction) {
        transaction.execute("update accounts_sessions set last_seen_at = $2"
                            " where id = $1 and closed_at is null and last_seen_at < $2",
                            {to_value(session), to_value(now)});
    });
}

void store(Transaction& transaction, const Session& session, std::string_view cookie)
{
    transaction.execute(
        "insert into accounts_sessions (id, cookie_hash, worker, agency, agency_kind, team, role, purpose,"
        " form_token, opened_at, last_seen_at, code_proved_at, only_case)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        {to_value(session.id), to_value(sha256(as_bytes(cookie))), to_value(session.worker), to_value(session.agency),
         to_value(code_of(session.agency_kind)), to_value(session.team), to_value(code_of(session.role)),
         session.purpose, session.form_token, to_value(session.opened_at), to_value(session.last_seen_at),
         to_value(session.code_proved_at), to_value(session.only_case)});
}

} // namespace

Session service_session()
{
    return {.agency_kind = AgencyKind::operator_, .role = Role::system, .purpose = "administration"};
}

OpenedSession open_session(Transaction& transaction, Session session, UtcTime now)
{
    if (session.worker.is_none()) {
        CHECK(!session.only_case.is_none(), "A session belongs to a worker or came by a one-time link");
    } else {
        const auto worker = find_worker(transaction, session.worker);
        CHECK(worker && worker->is_open, "A session is opened for a worker whose account is open");
    }
    session.id = SessionId::random();
    session.form_token = new_secret();
    session.opened_at = now;
    session.last_seen_at = now;
    if (session.code_proved_at == UtcTime{}) session.code_proved_at = now;
    const std::string cookie = new_secret();
    transaction.execute("delete from accounts_sessions where opened_at < $1", {to_value(now - keep_for)});
    store(transaction, session, cookie);
    return {std::move(session), Sensitive(cookie)};
}

std::optional<Session> find_session(Database& database, std::string_view cookie, UtcTime now, Asking asking)
{
    if (cookie.size() != secret_letters) return std::nullopt;
    std::optional<Session> session;
    database.read([&](Transaction& transaction) { session = find_by_cookie(transaction, cookie); });
    if (!session || !is_live(*session, now)) return std::nullopt;
    if (asking == Asking::a_person && now - session->last_seen_at >= note_seen_every) {
        note_seen(database, session->id, now);
        session->last_seen_at = now;
    }
    return session;
}

bool is_form_of(Database& database, std::string_view cookie, std::string_view form_token)
{
    if (cookie.size() != secret_letters || form_token.empty()) return false;
    bool is_own = false;
    database.read([&](Transaction& transaction) {
        const auto rows = transaction.query("select form_token from accounts_sessions where cookie_hash = $1",
                                            {to_value(sha256(as_bytes(cookie)))});
        is_own = !rows.empty() && equal_in_constant_time(as_bytes(rows.front().text(0)), as_bytes(form_token));
    });
    return is_own;
}

void choose_post(Transaction& transaction, SessionId session, const Post& post)
{
    const auto team = find_team(transaction, post.team);
    const auto agency = team ? find_agency(transaction, team->agency) : std::nullopt;
    CHECK(agency.has_value(), "A post is held at a team of a known agency");
    const auto changed = transaction.change(
        "update accounts_sessions set agency = $2, agency_kind = $3, team = $4, role = $5, purpose = ''"
        " where id = $1 and worker = $6 and closed_at is null and exists"
        " (select 1 from accounts_posts p where p.worker = $6 and p.team = $4 and p.role = $5)",
        {to_value(session), to_value(agency->id), to_value(code_of(agency->kind)), to_value(post.team),
         to_value(code_of(post.role)), to_value(post.worker)});
    CHECK(changed == 1, "A session acts only in a post of its own worker");
}

void choose_purpose(Transaction& transaction, SessionId session, std::string_view purpose)
{
    transaction.execute("update accounts_sessions set purpose = $2 where id = $1 and closed_at is null",
                        {to_value(session), to_value(purpose)});
}

void note_code_proved(Transaction& transaction, SessionId session, UtcTime now)
{
    transaction.execute("update accounts_sessions set code_proved_at = $2 where id = $1 and closed_at is null",
                        {to_value(session), to_value(now)});
}

void carry_staff_sessions(Transaction& transaction, seconds by)
{
    transaction.execute("update accounts_sessions set opened_at = opened_at + $1, last_seen_at = last_seen_at + $1,"
                        " code_proved_at = code_proved_at + $1 where worker <> $2 and closed_at is null",
                        {std::int64_t{by.count()}, to_value(WorkerId{})});
}

void close_session(Transaction& transaction, SessionId session, UtcTime now)
{
    transaction.execute("update accounts_sessions set closed_at = $2 where id = $1 and closed_at is null",
                        {to_value(session), to_value(now)});
}

} // namespace reachable::accounts
