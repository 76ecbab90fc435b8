#include "capabilities/matching/sides.h"

#include "audit/log.h"
#include "casework/search.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>
#include <set>

namespace reachable::matching {
namespace {

using accounts::Role;
using storage::Transaction;

/// Who keeps an organisation's records in order, in this order.
constexpr Role keepers[] = {Role::MPC, Role::EDT, Role::LADM, Role::INSP, Role::CUST};

struct Keeper {
    Role role = Role::INSP;
    TeamId team;
};
std::optional<Keeper> keeper_at(Transaction& transaction, AgencyId agency)
{
    for (const auto role : keepers)
        if (const auto team = accounts::team_of_role(transaction, agency, role)) return Keeper{role, *team};
    return std::nullopt;
}

AgencyId holder_of(const records::Child& child)
{
    for (const auto agency : {child.source.agency, child.responsible_authority})
        if (!agency.is_none()) return agency;
    return child.host_authority;
}

std::optional<TeamId> suite_with(Transaction& transaction, ChildId child, AgencyId agency)
{
    const auto rows =
        transaction.query("select team from cases where child = $1 and agency = $2 and type = $3 and "
                          "is_open = 1 order by opened_at desc, id limit 1",
                          {storage::to_value(child), storage::to_value(agency), std::string(custody_case)});
    if (rows.empty()) return std::nullopt;
    return storage::id_at<TeamId>(rows.front(), 0);
}

/// A reader as a notice reaches them: in a team and a role, with the case that they looked at.
using Reached = std::tuple<AgencyId, TeamId, Role, CaseId>;

std::optional<TeamId> team_in(Transaction& transaction, WorkerId worker, Role role)
{
    for (const auto& post : accounts::posts_of(transaction, worker))
        if (post.role == role) return post.team;
    return std::nullopt;
}

void add_readers(Transaction& transaction, ChildId child, UtcTime since, CaseId otherwise, std::set<Reached>& reached)
{
    constexpr std::size_t entries_at_once = 500;
    std::uint64_t before = 0;
    for (;;) {
        const auto entries = audit::entries_of_child(transaction, child, entries_at_once, before);
        for (const auto& entry : entries) {
            if (entry.at < since) return;
            const auto role = accounts::role_from(entry.role);
            const bool is_look = entry.operation == audit::Operation::look && entry.outcome == "done";
            if (!is_look || entry.worker.is_none() || !role) continue;
            if (const auto team = team_in(transaction, entry.worker, *role))
                reached.emplace(entry.agency, *team, *role, entry.case_id.is_none() ? otherwise : entry.case_id);
        }
        if (entries.size() < entries_at_once || entries.back().sequence == 0) return;
        before = entries.back().sequence;
    }
}

} // namespace

notices::Addressee side_of(Transaction& transaction, const records::Child& child)
{
    const auto agency = holder_of(child);
    if (agency.is_none()) return {};
    if (const auto suite = suite_with(transaction, child.id, agency)) return {.agency = agency, .team = *suite};
    const auto keeper = keeper_at(transaction, agency);
    return {.agency = agency, .team = keeper ? keeper->team : TeamId{}};
}

void tell_keepers(Context& context, AgencyId agency, std::string_view code)
{
    const auto keeper = keeper_at(context.transaction, agency);
    if (!keeper) return;
    context.writes.push_back([keeper = *keeper, agency, code = std::string(code), id = context.case_id,
                              now = context.now](Transaction& transaction) {
        notices::store_notice(transaction, {.agency = agency, .team = keeper.team}, id,
                              {.code = code, .role = keeper.role}, "", now);
    });
}

namespace {

/// Whether the team was shown that record together with both that are parted. What is closed to it now it is told
/// nothing about, whether it was before or not.
bool was_shown_as_one(Transaction& transaction, const SamePerson& pair, ChildId looked_at, TeamId team)
{
    const auto is_open = [&](ChildId child) { return !ties::is_closed_to_team(transaction, child, team); };
    if (!is_open(pair.child) || !is_open(pair.other)) return false;
    const auto seen = identity::members_seen(transaction, pair.child, is_open);
    return std::ranges::find(seen, looked_at) != seen.end() && std::ranges::find(seen, pair.other) != seen.end();
}

} // namespace

void tell_readers(const SamePerson& pair, Context& context)
{
    std::set<Reached> reached;
    for (const auto child : identity::members_of(context.transaction, pair.child)) {
        std::set<Reached> of_child;
        add_readers(context.transaction, child, pair.decided_at.value_or(context.now), context.case_id, of_child);
        std::erase_if(of_child, [&](const Reached& one) {
            return !was_shown_as_one(context.transaction, pair, child, std::get<TeamId>(one));
        });
        reached.merge(of_child);
    }
    context.writes.push_back([reached = std::move(reached), now = context.now](Transaction& transaction) {
        for (const auto& [agency, team, role, about] : reached)
            notices::store_notice(transaction, {.agency = agency, .team = team}, about,
                                  {.code = "same-person.parted", .role = role}, "", now);
    });
}

policy::Request question_about(const casework::Desk& desk, Transaction& transaction, ChildId child,
                               const accounts::Session& session, UtcTime now)
{
    auto asked = casework::policy_request(desk, transaction, child, session, "same-person.open", now);
    asked.relationships.insert(policy::Relationship::enquiry); // what opening the question would make of them
    return asked;
}

identity::MaySee seen_by(const casework::Desk& desk, Transaction& transaction, const accounts::Session& session,
                         UtcTime now)
{
    return [&desk, &transaction, &session, now](ChildId child) {
        return desk.policy.decide(question_about(desk, transaction, child, session, now)).is_allowed;
    };
}

identity::MaySee seen_by_everybody(Transaction& transaction)
{
    return [&transaction](ChildId child) { return !ties::is_restricted(transaction, child); };
}

std::optional<OpenQuestion> open_question(storage::Transaction& transaction, ChildId one, ChildId other)
{
    const auto rows = transaction.query("select id, state from cases where type = 'same-person' and is_open = 1 and "
                                        "((child = $1 and other = $2) or (child = $2 and other = $1))",
                                        {storage::to_value(one), storage::to_value(other)});
    if (rows.empty()) return std::nullopt;
    return OpenQuestion{storage::id_at<CaseId>(rows.front(), 0), rows.front().text(1)};
}

} // namespace reachable::matching
