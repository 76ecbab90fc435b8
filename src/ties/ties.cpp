#include "ties/ties.h"

#include "base/text.h"
#include "notices/notices.h"
#include "storage/columns.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <ranges>

namespace reachable::ties {
namespace {

using accounts::Role;
using accounts::Session;
using policy::Relationship;
using storage::Transaction;

constexpr std::array kinds{
    std::pair{Kind::allocated, std::string_view("allocated")}, std::pair{Kind::family, std::string_view("family")},
    std::pair{Kind::sealed, std::string_view("sealed")}, std::pair{Kind::emergency, std::string_view("emergency")},
    std::pair{Kind::reasoned, std::string_view("reasoned")}};

Kind kind_from(std::string_view code)
{
    for (const auto& [kind, its_code] : kinds)
        if (its_code == code) return kind;
    throw Bug("a tie is stored with a kind that there is not");
}

constexpr std::string_view create = R"sql(
create table ties (
    child bytea not null, kind text not null, worker bytea not null, proved_by bytea not null, about bytea not null,
    keeper bytea not null, keeper_team bytea not null, purpose text not null, characters bigint not null,
    since bigint not null, ended_at bigint);
create index ties_of_child on ties (child, since);
create index ties_of_proof on ties (proved_by);
create index ties_of_worker on ties (worker, kind, since);
create table keeper_alerts (proved_by bytea not null, asked_by bytea not null, at bigint not null);
create index keeper_alerts_of on keeper_alerts (proved_by, asked_by, at);
)sql";

constexpr storage::Migration all[] = {{"ties", 1, "what connects people with a child, or bars them", create}};

Tie read_tie(const storage::Row& row)
{
    return {.kind = kind_from(row.text(0)),
            .child = storage::id_at<ChildId>(row, 1),
            .worker = storage::id_at<WorkerId>(row, 2),
            .proved_by = storage::id_at<CaseId>(row, 3),
            .about = storage::id_at<CaseId>(row, 4),
            .keeper = storage::id_at<AgencyId>(row, 5),
            .keeper_team = storage::id_at<TeamId>(row, 6),
            .purpose = row.text(7),
            .characters = static_cast<std::size_t>(row.integer(8)),
            .since = storage::time_at(row, 9),
            .ended_at = storage::maybe_time_at(row, 10)};
}

bool works_in(Transaction& transaction, WorkerId worker, TeamId team)
{
    return std::ranges::any_of(accounts::posts_of(transaction, worker),
                               [&](const accounts::Post& post) { return post.team == team; });
}

/// R-P-08: "barred to the staff member, their line and unit".
bool is_barred(Transaction& transaction, const Tie& tie, const Session& session)
{
    const bool is_own = !session.worker.is_none() && tie.worker == session.worker;
    return is_own || works_in(transaction, tie.worker, session.team);
}

bool holds(const Tie& tie, UtcTime now)
{
    return tie.since <= now && (!tie.ended_at || now < *tie.ended_at);
}

/// What a supervisor supervises: the work of the role that its kind of team is there for.
std::optional<Role> supervised_by(Transaction& transaction, const Session& session)
{
    if (session.role != Role::SUPV) return std::nullopt;
    const auto team = accounts::find_team(transaction, session.team);
    if (team && team->kind == "custody-suite") return Role::CUST;
    if (team && team->kind == "duty-desk") return Role::EDT;
    return std::nullopt;
}

/// The latest that was broken counts: its reason, and since when.
void note_emergency(policy::Request& asked, const Tie& tie, UtcTime now)
{
    const auto ago = now - tie.since;
    if (asked.break_glass && asked.break_glass->opened_ago <= ago) return;
    asked.break_glass = policy::BreakGlass{.reason_characters = tie.characters, .opened_ago = ago};
}

} // namespace

std::string_view code_of(Kind kind)
{
    return kinds.at(static_cast<std::size_t>(kind)).second;
}

void add_tie(Transaction& transaction, const Tie& tie)
{
    using storage::to_value;
    transaction.execute(
        "insert into ties (child, kind, worker, proved_by, about, keeper, keeper_team, purpose, characters, since, "
        "ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {to_value(tie.child), std::string(code_of(tie.kind)), to_value(tie.worker), to_value(tie.proved_by),
         to_value(tie.about), to_value(tie.keeper), to_value(tie.keeper_team), tie.purpose,
         static_cast<std::int64_t>(tie.characters), to_value(tie.since), to_value(tie.ended_at)});
}

void end_ties(Transaction& transaction, CaseId proved_by, UtcTime at)
{
    transaction.execute("update ties set ended_at = $2 where proved_by = $1 and ended_at is null",
                        {storage::to_value(proved_by), storage::to_value(at)});
}

Known ties_of(Transaction& transaction, std::span<const ChildId> children)
{
    Known known;
    for (const auto child : children) known.try_emplace(child);
    if (known.empty()) return known;
    const auto asked = storage::to_values(std::views::keys(known));
    for (const auto& row :
         transaction.query(fmt::format("select kind, child, worker, proved_by, about, keeper, keeper_team, purpose, "
                                       "characters, since, ended_at from ties where child in ({}) order by since",
                                       storage::places(asked.size())),
                           asked)) {
        auto tie = read_tie(row);
        known.at(tie.child).push_back(std::move(tie));
    }
    return known;
}

std::vector<Tie> ties_of(Transaction& transaction, ChildId child)
{
    return ties_of(transaction, std::span(&child, 1)).at(child);
}

std::vector<ChildId> list_of(Transaction& transaction, WorkerId worker, UtcTime now)
{
    std::vector<ChildId> children;
    for (const auto& row :
         transaction.query("select child from ties where worker = $1 and kind = 'allocated' and since <= $2 and "
                           "(ended_at is null or ended_at > $2) order by since, child",
                           {storage::to_value(worker), storage::to_value(now)}))
        children.push_back(storage::id_at<ChildId>(row, 0));
    return children;
}

std::vector<policy::Link> connect(policy::Request& asked, Transaction& transaction, const Session& session,
                                  Looked about, UtcTime now, const Known& known)
{
    auto& links = about.links;
    asked.supervised = supervised_by(transaction, session);
    asked.is_opened_with_reason = policy::Told::no;
    if (!asked.child) return std::move(links);
    const auto read = known.find(*asked.child);
    for (const auto& tie : read == known.end() ? ties_of(transaction, *asked.child) : read->second) {
        const bool is_own = !session.worker.is_none() && tie.worker == session.worker;
        if (tie.kind == Kind::allocated && is_own) links.push_back({Relationship::allocated, tie.since, tie.ended_at});
        if (tie.kind == Kind::family && is_barred(transaction, tie, session))
            links.push_back({Relationship::linked, tie.since, tie.ended_at});
        if (tie.kind == Kind::emergency && is_own && tie.proved_by == about.id)
            std::erase_if(links, [](const policy::Link& link) { return link.relationship == Relationship::enquiry; });
        if (!holds(tie, now)) continue;
        if (tie.kind == Kind::sealed) asked.is_sealed = true;
        if (tie.kind == Kind::emergency && is_own && tie.purpose == session.purpose) note_emergency(asked, tie, now);
        if (tie.kind == Kind::reasoned && is_own && tie.about == about.id)
            asked.is_opened_with_reason = policy::Told::yes;
    }
    return std::move(links);
}

void alert_keepers(Transaction& transaction, const policy::Request& asked, const Session& session, UtcTime now)
{
    const bool is_barred_here = asked.relationships.contains(Relationship::linked);
    if (!asked.child || !(asked.is_sealed || is_barred_here)) return;
    for (const auto& tie : ties_of(transaction, *asked.child)) {
        const bool is_bar = tie.kind == Kind::family && is_barred(transaction, tie, session);
        if (!holds(tie, now) || !(is_bar || tie.kind == Kind::sealed)) continue;
        const bool is_told =
            !transaction
                 .query("select 1 from keeper_alerts where proved_by = $1 and asked_by = $2 and at > $3",
                        {storage::to_value(tie.proved_by), storage::to_value(session.worker),
                         storage::to_value(now - hours{1})})
                 .empty();
        if (is_told) continue;
        transaction.execute(
            "insert into keeper_alerts (proved_by, asked_by, at) values ($1, $2, $3)",
            {storage::to_value(tie.proved_by), storage::to_value(session.worker), storage::to_value(now)});
        for (const auto role : {Role::PSTD, Role::IGOV})
            notices::store_notice(transaction, {.agency = tie.keeper, .team = tie.keeper_team}, tie.proved_by,
                                  {.code = "restriction.tried", .role = role}, "", now);
    }
}

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::ties
