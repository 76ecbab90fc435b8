// Agencies, teams, workers and their posts, as rows.
#include "accounts/accounts.h"

#include "accounts/columns.h"
#include "base/text.h"

namespace reachable::accounts {

using storage::Row;
using storage::Rows;
using storage::Transaction;

namespace {

template <class T, class AnyRows>
std::optional<T> first(const AnyRows& rows, T (*read)(const Row&))
{
    if (rows.empty()) return std::nullopt;
    return read(rows.front());
}

template <class T, class AnyRows>
std::vector<T> all(const AnyRows& rows, T (*read)(const Row&))
{
    std::vector<T> values;
    values.reserve(rows.size());
    for (const Row& row : rows) values.push_back(read(row));
    return values;
}

Agency read_agency(const Row& row)
{
    return {id_at<AgencyId>(row, 0), known(agency_kind_from(row.text(1))), row.text(2), row.text(3)};
}

Team read_team(const Row& row)
{
    return {id_at<TeamId>(row, 0), id_at<AgencyId>(row, 1),
            row.text(2),           row.text(3),
            row.text(4),           row.text(5),
            row.text(6),           row.text(7)};
}

Worker read_worker(const Row& row)
{
    return {id_at<WorkerId>(row, 0), id_at<AgencyId>(row, 1), row.text(2), row.text(3), row.integer(4) != 0};
}

Post read_post(const Row& row)
{
    return {id_at<WorkerId>(row, 0), id_at<TeamId>(row, 1), known(role_from(row.text(2)))};
}

} // namespace

void add_agency(Transaction& transaction, const Agency& agency)
{
    transaction.execute("insert into accounts_agencies (id, kind, code, name) values ($1, $2, $3, $4)",
                        {to_value(agency.id), to_value(code_of(agency.kind)), agency.code, agency.name});
}

std::optional<Agency> find_agency(Transaction& transaction, AgencyId id)
{
    return first(transaction.recall("select id, kind, code, name from accounts_agencies where id = $1", {to_value(id)}),
                 read_agency);
}

std::optional<Agency> find_agency_by_code(Transaction& transaction, std::string_view code)
{
    return first(
        transaction.query("select id, kind, code, name from accounts_agencies where code = $1", {to_value(code)}),
        read_agency);
}

std::vector<Agency> list_agencies(Transaction& transaction, std::optional<AgencyKind> kind)
{
    if (!kind)
        return all(transaction.query("select id, kind, code, name from accounts_agencies order by name, id"),
                   read_agency);
    return all(transaction.query("select id, kind, code, name from accounts_agencies where kind = $1 order by name, id",
                                 {to_value(code_of(*kind))}),
               read_agency);
}

void add_team(Transaction& transaction, const Team& team)
{
    transaction.execute("insert into accounts_teams (id, agency, name, kind, desk_mail, code_mail, phone, area_code)"
                        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
                        {to_value(team.id), to_value(team.agency), team.name, team.kind, team.desk_mail, team.code_mail,
                         team.phone, team.area_code});
}

std::optional<Team> find_team(Transaction& transaction, TeamId id)
{
    return first(
        transaction.recall("select id, agency, name, kind, desk_mail, code_mail, phone, area_code from accounts_teams"
                           " where id = $1",
                           {to_value(id)}),
        read_team);
}

std::vector<Team> list_teams(Transaction& transaction, AgencyId agency)
{
    return all(
        transaction.recall("select id, agency, name, kind, desk_mail, code_mail, phone, area_code from accounts_teams"
                           " where agency = $1 order by name, id",
                           {to_value(agency)}),
        read_team);
}

void add_worker(Transaction& transaction, const Worker& worker)
{
    CHECK(worker.sign_in_name == to_lower_ascii(trim(worker.sign_in_name)),
          "A sign-in name is kept trimmed, in lower case");
    transaction.execute(
        "insert into accounts_workers (id, agency, sign_in_name, name, is_open) values ($1, $2, $3, $4, $5)",
        {to_value(worker.id), to_value(worker.agency), worker.sign_in_name, worker.name, std::int64_t{worker.is_open}});
}

std::optional<Worker> find_worker(Transaction& transaction, WorkerId id)
{
    return first(
        transaction.recall("select id, agency, sign_in_name, name, is_open from accounts_workers where id = $1",
                           {to_value(id)}),
        read_worker);
}

std::optional<Worker> find_worker_by_name(Transaction& transaction, std::string_view sign_in_name)
{
    return first(transaction.query("select id, agency, sign_in_name, name, is_open from accounts_workers"
                                   " where sign_in_name = $1",
                                   {to_lower_ascii(trim(sign_in_name))}),
                 read_worker);
}

void close_worker(Transaction& transaction, WorkerId worker, UtcTime now)
{
    transaction.execute("update accounts_workers set is_open = 0, closed_at = $2 where id = $1 and is_open = 1",
                        {to_value(worker), to_value(now)});
    transaction.execute("update accounts_sessions set closed_at = $2 where worker = $1 and closed_at is null",
                        {to_value(worker), to_value(now)});
    transaction.execute("update accounts_machines set ended_at = $2 where worker = $1 and ended_at is null",
                        {to_value(worker), to_value(now)});
    transaction.execute("delete from accounts_text_numbers where holder = $1", {to_value(worker)});
}

void add_post(Transaction& transaction, const Post& post)
{
    transaction.execute("insert into accounts_posts (worker, team, role) values ($1, $2, $3)",
                        {to_value(post.worker), to_value(post.team), to_value(code_of(post.role))});
}

bool end_post(Transaction& transaction, const Post& post, UtcTime now)
{
    const std::vector<storage::Value> held = {to_value(post.worker), to_value(post.team), to_value(code_of(post.role))};
    if (transaction.change("delete from accounts_posts where worker = $1 and team = $2 and role = $3", held) == 0)
        return false;
    auto with_time = held;
    with_time.emplace_back(to_value(now));
    transaction.execute("delete from accounts_duties where worker = $1 and team = $2 and role = $3 and from_at >= $4",
                        with_time);
    transaction.execute("update accounts_duties set to_at = $4"
                        " where worker = $1 and team = $2 and role = $3 and to_at > $4",
                        with_time);
    transaction.execute("update accounts_sessions set closed_at = $4"
                        " where worker = $1 and team = $2 and role = $3 and closed_at is null",
                        with_time);
    transaction.execute("update accounts_machines set ended_at = $4"
                        " where worker = $1 and team = $2 and role = $3 and ended_at is null",
                        with_time);
    return true;
}

std::optional<TeamId> duty_desk_of(Transaction& transaction, AgencyId authority)
{
    const auto agency = find_agency(transaction, authority);
    if (!agency || agency->kind != AgencyKind::local_authority) return std::nullopt;
    for (const auto& team : list_teams(transaction, authority))
        if (team.kind == "duty-desk") return team.id;
    return std::nullopt;
}

std::optional<AgencyId> force_of_area(Transaction& transaction, AgencyId authority)
{
    const auto rows =
        transaction.query("select f.id from accounts_agencies a join accounts_teams t on t.area_code = a.code "
                          "join accounts_agencies f on f.id = t.agency "
                          "where a.id = $1 and a.code <> '' and f.kind = $2 order by f.name limit 1",
                          {to_value(authority), std::string(code_of(AgencyKind::police_force))});
    if (rows.empty()) return std::nullopt;
    return id_at<AgencyId>(rows.front(), 0);
}

std::optional<TeamId> team_of_role(Transaction& transaction, AgencyId agency, Role role)
{
    const auto rows =
        transaction.query("select t.id from accounts_posts p join accounts_teams t on t.id = p.team"
                          " join accounts_workers w on w.id = p.worker"
                          " where t.agency = $1 and p.role = $2 and w.is_open = 1 order by t.name limit 1",
                          {to_value(agency), std::string(code_of(role))});
    if (rows.empty()) return std::nullopt;
    return id_at<TeamId>(rows.front(), 0);
}

std::vector<Post> posts_of(Transaction& transaction, WorkerId worker)
{
    return all(transaction.query("select p.worker, p.team, p.role from accounts_posts p left join accounts_teams t"
                                 " on t.id = p.team where p.worker = $1 order by t.name, p.team, p.role",
                                 {to_value(worker)}),
               read_post);
}

} // namespace reachable::accounts
