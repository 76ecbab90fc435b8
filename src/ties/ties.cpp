#include "ties/ties.h"

#include "base/text.h"
#include "notices/notices.h"
#include "records/child.h"
#include "storage/columns.h"
#include "ties/memory.h"
#include "ties/tie_rows.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <set>

namespace reachable::ties {
namespace {

using accounts::Role;
using accounts::Session;
using policy::Relationship;
using storage::Transaction;

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

/// The none id stands in `about` of every tie that concerns everybody, so it need not be written out, which the two
/// databases do in two ways.
constexpr std::string_view add_readers = R"sql(
create table ties_with_readers (
    child bytea not null, reader bytea not null, kind text not null, worker bytea not null, proved_by bytea not null,
    about bytea not null, keeper bytea not null, keeper_team bytea not null, purpose text not null,
    characters bigint not null, since bigint not null, ended_at bigint);
insert into ties_with_readers (
    child, reader, kind, worker, proved_by, about, keeper, keeper_team, purpose, characters, since, ended_at)
    select child, case when kind in ('family', 'sealed') then about else worker end, kind, worker, proved_by, about,
        keeper, keeper_team, purpose, characters, since, ended_at
    from ties;
drop table ties;
alter table ties_with_readers rename to ties;
create index ties_of_child on ties (child, reader);
create index ties_of_proof on ties (proved_by);
create index ties_of_worker on ties (worker, kind, since);
)sql";

/// What stood before has changed in no epoch, so the index need not hold it.
constexpr std::string_view add_clock = R"sql(
create table ties_clock (id bigint primary key, epoch bigint not null);
insert into ties_clock (id, epoch) values (1, 0);
alter table ties add column changed_in bigint not null default 0;
create index ties_changed on ties (changed_in) where changed_in > 0;
)sql";

/// Few among many: whoever works by what is restricted need not walk through all that connects.
constexpr std::string_view index_restrictions = R"sql(
create index ties_that_restrict on ties (child) where kind in ('family', 'sealed') and ended_at is null;
)sql";

/// And what is closed beside them.
constexpr std::string_view index_joined_family = R"sql(
drop index ties_that_restrict;
create index ties_that_restrict on ties (child) where kind in ('family', 'joined_family', 'sealed') and ended_at is null;
)sql";

/// Those who look for missing children ask at every look at their board.
constexpr std::string_view index_searches = R"sql(
create index ties_of_searches on ties (keeper) where kind = 'searching' and ended_at is null;
)sql";

constexpr storage::Migration all[] = {{"ties", 1, "what connects people with a child, or bars them", create},
                                      {"ties", 2, "whose decisions a tie can change", add_readers},
                                      {"ties", 3, "when the ties changed, counted in changes", add_clock},
                                      {"ties", 4, "which records are restricted", index_restrictions},
                                      {"ties", 5, "which are closed beside them", index_joined_family},
                                      {"ties", 6, "which force looks for whom", index_searches}};

/// The ties of each child among the rows, and nothing for a child that has none.
Known read_known(std::span<const ChildId> children, const storage::Rows& rows)
{
    Known known;
    for (const auto child : children) known.try_emplace(child);
    for (const auto& row : rows) {
        auto tie = read_tie(row);
        known.at(tie.child).push_back(std::move(tie));
    }
    for (auto& ties : std::views::values(known)) put_in_order(ties);
    return known;
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

/// "SUPV inherits the columns of the role supervised, for own unit". In a suite or at a desk that is the role that such
/// a team is there for; elsewhere `note_supervised` finds it.
std::optional<Role> supervised_by(Transaction& transaction, const Session& session)
{
    if (session.role != Role::SUPV) return std::nullopt;
    const auto team = accounts::find_team(transaction, session.team);
    if (team && team->kind == "custody-suite") return Role::CUST;
    if (team && team->kind == "duty-desk") return Role::EDT;
    return std::nullopt;
}

/// In an office: where the child stands on the list of somebody of the supervisor's own team, that is their work as
/// well. Of a sealed child it is not: F3 lets in whoever is allocated, and nobody by them.
void note_supervised(policy::Request& asked, Transaction& transaction, const Session& session,
                     std::vector<policy::Link>& links, UtcTime now)
{
    if (session.role != Role::SUPV || asked.supervised || asked.is_sealed) return;
    static const std::string on_a_list = fmt::format("{}where child = $1 and kind = 'allocated'", select_ties);
    std::vector<Tie> ties;
    for (const auto& row : transaction.query(on_a_list, {storage::to_value(*asked.child)}))
        ties.push_back(read_tie(row));
    put_in_order(ties);
    std::ranges::stable_partition(ties, [&](const Tie& tie) { return holds(tie, now); });
    for (const auto& tie : ties)
        for (const auto& post : accounts::posts_of(transaction, tie.worker)) {
            if (post.team != session.team || post.role == Role::SUPV) continue;
            links.push_back({Relationship::allocated, tie.since, tie.ended_at});
            if (!asked.supervised) asked.supervised = post.role;
        }
}

/// The latest that was broken counts: its reason, and since when.
void note_emergency(policy::Request& asked, const Tie& tie, UtcTime now)
{
    const auto ago = now - tie.since;
    if (asked.break_glass && asked.break_glass->opened_ago <= ago) return;
    asked.break_glass = policy::BreakGlass{.reason_characters = tie.characters, .opened_ago = ago};
}

/// Who came by a one-time link has no name here: a reason is theirs if their desk gave it about the one case they may
/// see. The request may have gone on to another desk since.
bool gave_the_reason(const Tie& tie, const Session& session)
{
    if (tie.kind != Kind::reasoned || tie.worker != session.worker) return false;
    return !session.worker.is_none() ||
           (!tie.about.is_none() && tie.about == session.only_case && tie.keeper_team == session.team);
}

/// As `connect`, of the one child whom the question names.
std::vector<policy::Link> connect_with_one(policy::Request& asked, Transaction& transaction, const Session& session,
                                           Looked about, UtcTime now, const Known& known, Memory* memory)
{
    auto& links = about.links;
    asked.supervised = supervised_by(transaction, session);
    asked.is_opened_with_reason = policy::Told::no;
    if (!asked.child) return std::move(links);
    const auto found = known.find(*asked.child);
    std::vector<Tie> read;
    bool has_a_reason = false; // for any case of the child
    if (found == known.end()) read = ties_for(transaction, *asked.child, session.worker, memory);
    for (const auto& tie : found == known.end() ? read : found->second) {
        const bool is_own = !session.worker.is_none() && tie.worker == session.worker;
        if (tie.kind == Kind::allocated && is_own) links.push_back({Relationship::allocated, tie.since, tie.ended_at});
        if (tie.kind == Kind::searching && tie.keeper == session.agency)
            links.push_back({Relationship::searching, tie.since, tie.ended_at});
        if (is_family(tie) && is_barred(transaction, tie, session))
            links.push_back({Relationship::linked, tie.since, tie.ended_at});
        if (tie.kind == Kind::emergency && is_own && tie.proved_by == about.id)
            std::erase_if(links, [](const policy::Link& link) { return link.relationship == Relationship::enquiry; });
        if (!holds(tie, now)) continue;
        if (tie.kind == Kind::sealed) asked.is_sealed = true;
        if (tie.kind == Kind::emergency && is_own && tie.purpose == session.purpose) note_emergency(asked, tie, now);
        if (!gave_the_reason(tie, session)) continue;
        has_a_reason = true;
        if (tie.about == about.id) asked.is_opened_with_reason = policy::Told::yes;
    }
    if (asked.is_sealed && about.id.is_none() && has_a_reason) asked.is_opened_with_reason = policy::Told::yes;
    note_supervised(asked, transaction, session, links, now);
    return std::move(links);
}

/// What restricts the record now: whatever seals it, or else what closes it to somebody as family.
template <class ClosesAsFamily>
std::vector<Tie> restrictions_among(const std::vector<Tie>& ties, UtcTime now, ClosesAsFamily closes_as_family)
{
    std::vector<Tie> seals;
    std::vector<Tie> family;
    for (const auto& tie : ties) {
        if (!holds(tie, now)) continue;
        if (tie.kind == Kind::sealed) seals.push_back(tie);
        if (is_family(tie) && closes_as_family(tie)) family.push_back(tie);
    }
    return seals.empty() ? family : seals;
}

/// What bars the session from the child.
std::vector<Tie> bars_among(Transaction& transaction, const std::vector<Tie>& ties, const Session& session, UtcTime now)
{
    return restrictions_among(ties, now, [&](const Tie& tie) { return is_barred(transaction, tie, session); });
}

std::vector<Tie> bars_of(Transaction& transaction, ChildId child, const Session& session, UtcTime now)
{
    return bars_among(transaction, ties_for(transaction, child, {}), session, now);
}

/// Whoever came by a one-time link has no account: then the desk asks.
storage::Value asker(const Session& session)
{
    return session.worker.is_none() ? storage::to_value(session.team) : storage::to_value(session.worker);
}

/// The same person about the same child, within the hour.
bool are_told(Transaction& transaction, const std::vector<Tie>& bars, const Session& session, UtcTime now)
{
    return std::ranges::any_of(bars, [&](const Tie& tie) {
        return !transaction
                    .query("select 1 from keeper_alerts where proved_by = $1 and asked_by = $2 and at > $3",
                           {storage::to_value(tie.proved_by), asker(session), storage::to_value(now - hours{1})})
                    .empty();
    });
}

/// Somebody to be told of a try, and the restriction they may open; none where others set it.
struct Told {
    notices::Addressee to;
    CaseId restriction;
};

/// R-P-07, "custodian silently alerted": those who hold a sealed record. Of a record that is not sealed, whoever set
/// the restriction that bars their own staff from it.
std::vector<Told> told_of_tries(Transaction& transaction, const std::vector<Tie>& bars)
{
    std::vector<Told> told;
    const auto tell_keeper = [&](const Tie& tie) {
        told.push_back({{.agency = tie.keeper, .team = tie.keeper_team}, tie.proved_by});
    };
    if (is_family(bars.front())) {
        std::ranges::for_each(bars, tell_keeper);
        return told;
    }
    const auto stored = records::find_child(transaction, bars.front().child);
    if (!stored) return told;
    for (const auto agency : records::custodians_of(stored->child)) {
        const auto own = std::ranges::find(bars, agency, &Tie::keeper);
        if (own != bars.end())
            tell_keeper(*own);
        else
            told.push_back({{.agency = agency, .team = {}}, {}});
    }
    return told;
}

/// Who hears of tries at an organisation: professional standards and governance; where it has neither, whoever answers
/// for its work, so that somebody does.
std::vector<Role> keepers_at(Transaction& transaction, AgencyId agency)
{
    const auto is_there = [&](Role role) { return accounts::team_of_role(transaction, agency, role).has_value(); };
    if (is_there(Role::PSTD) || is_there(Role::IGOV)) return {Role::PSTD, Role::IGOV};
    return {Role::LADM, Role::INSP};
}

bool bars(const policy::Link& link)
{
    return link.relationship == Relationship::linked;
}

bool stands_in_the_way(const policy::Request& asked, const std::vector<policy::Link>& links)
{
    return asked.is_sealed || std::ranges::any_of(links, bars);
}

/// What connects with both of two children, as long as it connects with both.
std::vector<policy::Link> of_both(const std::vector<policy::Link>& links, const std::vector<policy::Link>& others)
{
    const auto end = [](const policy::Link& link) { return link.ended_at.value_or(UtcTime::max()); };
    std::vector<policy::Link> both;
    for (const auto& one : links)
        for (const auto& other : others)
            if (one.relationship == other.relationship && !bars(one))
                both.push_back({one.relationship, std::max(one.since, other.since),
                                end(one) < end(other) ? one.ended_at : other.ended_at});
    for (const auto* bar : {&links, &others}) std::ranges::copy_if(*bar, std::back_inserter(both), bars);
    return both;
}

} // namespace

void add_tie(Transaction& transaction, const Tie& tie)
{
    using storage::to_value;
    begin_epoch(transaction);
    transaction.execute(
        "insert into ties (child, reader, kind, worker, proved_by, about, keeper, keeper_team, purpose, characters, "
        "since, ended_at, changed_in) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "(select epoch from ties_clock))",
        {to_value(tie.child), to_value(reader_of(tie)), std::string(code_of(tie.kind)), to_value(tie.worker),
         to_value(tie.proved_by), to_value(tie.about), to_value(tie.keeper), to_value(tie.keeper_team), tie.purpose,
         static_cast<std::int64_t>(tie.characters), to_value(tie.since), to_value(tie.ended_at)});
}

std::vector<Tie> ties_of(Transaction& transaction, ChildId child)
{
    static const std::string sql = fmt::format("{}where child = $1", select_ties);
    std::vector<Tie> ties;
    for (const auto& row : transaction.query(sql, {storage::to_value(child)})) ties.push_back(read_tie(row));
    put_in_order(ties);
    return ties;
}

std::vector<Tie> ties_for(Transaction& transaction, ChildId child, WorkerId worker, Memory* memory)
{
    if (memory != nullptr) return memory->find(transaction, child, worker);
    // Two questions of one reader each are two steps down the index; SQLite makes a table of its own for an `in`.
    static const std::string of_one = fmt::format("{}where child = $1 and reader = $2", select_ties);
    static const std::string of_both =
        fmt::format("{} union all {}where child = $1 and reader = $3", of_one, select_ties);
    storage::Values asked{storage::to_value(child), storage::to_value(WorkerId{})};
    if (!worker.is_none()) asked.push_back(storage::to_value(worker));
    std::vector<Tie> ties;
    for (const auto& row : transaction.query(worker.is_none() ? of_one : of_both, asked)) ties.push_back(read_tie(row));
    put_in_order(ties);
    return ties;
}

Known ties_for(Transaction& transaction, std::span<const ChildId> children, WorkerId worker, Memory* memory)
{
    if (memory != nullptr) return memory->find(transaction, children, worker);
    const std::set<ChildId> once(children.begin(), children.end());
    if (once.empty()) return {};
    auto asked = storage::to_values(once);
    asked.push_back(storage::to_value(WorkerId{}));
    asked.push_back(storage::to_value(worker));
    const auto sql = fmt::format("{}where child in ({}) and reader in (${}, ${})", select_ties,
                                 storage::places(once.size()), once.size() + 1, once.size() + 2);
    return read_known(children, transaction.query(sql, asked));
}

std::size_t misfiled_ties(Transaction& transaction)
{
    const auto rows = transaction.query(
        "select count(*) from ties where reader <> "
        "case when kind in ('family', 'joined_family', 'sealed', 'searching') then $1 else worker end",
        {storage::to_value(WorkerId{})});
    return static_cast<std::size_t>(rows.front().integer(0));
}

std::vector<ChildId> list_of(Transaction& transaction, WorkerId worker, UtcTime now)
{
    return storage::ids_at<ChildId>(
        transaction.query("select child from ties where worker = $1 and kind = 'allocated' and since <= $2 and "
                          "(ended_at is null or ended_at > $2) order by since, child",
                          {storage::to_value(worker), storage::to_value(now)}),
        0);
}

std::vector<CaseId> searches_of(Transaction& transaction, AgencyId force)
{
    return storage::ids_at<CaseId>(
        transaction.recall("select proved_by from ties where keeper = $1 and kind = 'searching' and ended_at is null "
                           "order by since, proved_by",
                           {storage::to_value(force)}),
        0);
}

bool is_restricted(Transaction& transaction, ChildId child)
{
    return std::ranges::any_of(ties_for(transaction, child, {}), [](const Tie& tie) {
        return (tie.kind == Kind::sealed || is_family(tie)) && !tie.ended_at;
    });
}

bool is_sealed(Transaction& transaction, ChildId child)
{
    return std::ranges::any_of(ties_for(transaction, child, {}),
                               [](const Tie& tie) { return tie.kind == Kind::sealed && !tie.ended_at; });
}

bool is_closed_to_team(Transaction& transaction, ChildId child, TeamId team)
{
    return std::ranges::any_of(ties_for(transaction, child, {}), [&](const Tie& tie) {
        const bool closes = tie.kind == Kind::sealed || (is_family(tie) && works_in(transaction, tie.worker, team));
        return closes && !tie.ended_at;
    });
}

bool is_closed_to(Transaction& transaction, ChildId child, const Session& session, UtcTime now)
{
    return !bars_of(transaction, child, session, now).empty();
}

std::set<ChildId> closed_to(Transaction& transaction, std::span<const ChildId> children, const Session& session,
                            UtcTime now, Memory* memory)
{
    std::set<ChildId> closed;
    for (const auto& [child, ties] : ties_for(transaction, children, {}, memory))
        if (!bars_among(transaction, ties, session, now).empty()) closed.insert(child);
    return closed;
}

std::vector<Opened> opened_by(Transaction& transaction, WorkerId worker, UtcTime after)
{
    std::vector<Opened> opened;
    for (const auto& row :
         transaction.query("select child, max(since) from ties where worker = $1 and kind = 'emergency' and since > $2 "
                           "and ended_at is null group by child order by 2 desc, 1",
                           {storage::to_value(worker), storage::to_value(after)}))
        opened.push_back({storage::id_at<ChildId>(row, 0), storage::time_at(row, 1)});
    return opened;
}

std::vector<policy::Link> connect(policy::Request& asked, Transaction& transaction, const Session& session,
                                  Looked about, UtcTime now, const Known& known, Memory* memory)
{
    if (about.other.is_none() || !asked.child)
        return connect_with_one(asked, transaction, session, std::move(about), now, known, memory);
    auto of_other = asked;
    of_other.child = about.other;
    const auto links = connect_with_one(asked, transaction, session, {.id = about.id}, now, known, memory);
    const auto others = connect_with_one(of_other, transaction, session, {.id = about.id}, now, known, memory);
    if (!stands_in_the_way(asked, links) && stands_in_the_way(of_other, others)) asked.child = about.other;
    asked.is_sealed = asked.is_sealed || of_other.is_sealed;
    if (!of_other.break_glass) asked.break_glass.reset();
    auto both = of_both(links, others);
    if (!asked.is_sealed) both.insert(both.end(), about.links.begin(), about.links.end());
    return both;
}

void alert_keepers(Transaction& transaction, const policy::Request& asked, const Session& session, UtcTime now)
{
    const bool is_barred_here = asked.relationships.contains(Relationship::linked);
    const bool is_somebody = session.role != Role::system; // clocks ring and pairs are looked for by themselves
    if (!is_somebody || !asked.child || !(asked.is_sealed || is_barred_here)) return;
    const auto bars = bars_of(transaction, *asked.child, session, now);
    if (bars.empty() || are_told(transaction, bars, session, now)) return;
    transaction.execute("insert into keeper_alerts (proved_by, asked_by, at) values ($1, $2, $3)",
                        {storage::to_value(bars.front().proved_by), asker(session), storage::to_value(now)});
    for (const auto& told : told_of_tries(transaction, bars))
        for (const auto role : keepers_at(transaction, told.to.agency))
            notices::store_notice(transaction, told.to, told.restriction, {.code = "restriction.tried", .role = role},
                                  "", now);
}

void tell_of_joining(Transaction& transaction, std::span<const ChildId> records, UtcTime now)
{
    for (const auto record : records) {
        // What is closed beside a restricted record has the same keepers, who are told of that one.
        const auto is_own = [](const Tie& tie) { return tie.kind == Kind::family; };
        const auto bars = restrictions_among(ties_for(transaction, record, {}), now, is_own);
        if (bars.empty()) continue;
        for (const auto& told : told_of_tries(transaction, bars))
            for (const auto role : keepers_at(transaction, told.to.agency))
                notices::store_notice(transaction, told.to, told.restriction,
                                      {.code = "restriction.joined", .role = role}, "", now);
    }
}

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::ties
