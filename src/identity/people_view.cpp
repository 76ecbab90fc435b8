#include "identity/people_view.h"

#include "identity/people.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::identity {
namespace {

using storage::id_at;
using storage::to_value;
using storage::Transaction;

/// Groups of records, each a tree whose root is the record that leads.
class Groups {
  public:
    void join(const Join& join)
    {
        const auto one = root_of(add(join.one, join.one_recorded_at));
        const auto other = root_of(add(join.other, join.other_recorded_at));
        if (one == other) return;
        if (is_before(one, other))
            nodes_.at(other).above = one;
        else
            nodes_.at(one).above = other;
    }
    Leads leads()
    {
        Leads leads;
        for (const auto& [child, node] : nodes_) leads.emplace(child, root_of(child));
        return leads;
    }

  private:
    struct Node {
        ChildId above;
        UtcTime recorded_at{};
    };

    ChildId add(ChildId child, UtcTime recorded_at)
    {
        nodes_.try_emplace(child, Node{child, recorded_at});
        return child;
    }
    ChildId root_of(ChildId child)
    {
        auto* node = &nodes_.at(child);
        while (node->above != child) {
            node->above = nodes_.at(node->above).above; // halves the way for the next one
            child = node->above;
            node = &nodes_.at(child);
        }
        return child;
    }
    bool is_before(ChildId one, ChildId other) const
    {
        return std::pair(nodes_.at(one).recorded_at, one) < std::pair(nodes_.at(other).recorded_at, other);
    }

    std::map<ChildId, Node> nodes_;
};

void set_lead(Transaction& transaction, ChildId child, ChildId leads_to)
{
    transaction.execute("insert into same_person (child, leads_to) values ($1, $2) "
                        "on conflict (child) do update set leads_to = excluded.leads_to",
                        {to_value(child), to_value(leads_to)});
}

void forget_lead(Transaction& transaction, ChildId child)
{
    transaction.execute("delete from same_person where child = $1", {to_value(child)});
}

/// Makes the rows read as they should, and gives the number of records that were wrong.
std::size_t correct(Transaction& transaction, const Leads& stored, const Leads& right)
{
    std::size_t wrong = 0;
    for (const auto& [child, leads_to] : stored) {
        if (right.contains(child)) continue;
        forget_lead(transaction, child);
        ++wrong;
    }
    for (const auto& [child, leads_to] : right) {
        const auto found = stored.find(child);
        if (found != stored.end() && found->second == leads_to) continue;
        set_lead(transaction, child, leads_to);
        ++wrong;
    }
    return wrong;
}

Leads read_leads(const storage::Rows& rows)
{
    Leads leads;
    for (const auto& row : rows) leads.emplace(id_at<ChildId>(row, 0), id_at<ChildId>(row, 1));
    return leads;
}

Leads stored_leads(Transaction& transaction, std::span<const ChildId> children)
{
    return read_leads(transaction.query(
        fmt::format("select child, leads_to from same_person where child in ({})", storage::places(children.size())),
        storage::to_values(children)));
}

std::vector<Join> all_joins(Transaction& transaction)
{
    std::vector<Join> joins;
    for (const auto& row :
         transaction.query("select d.one, d.other, d.one_recorded_at, d.other_recorded_at from identity_decisions d "
                           "where d.kind = 'same' and d.is_sealed = 0 and not exists "
                           "(select 1 from identity_decisions u where u.undoes = d.sequence)"))
        joins.push_back({.one = id_at<ChildId>(row, 0),
                         .other = id_at<ChildId>(row, 1),
                         .one_recorded_at = storage::time_at(row, 2),
                         .other_recorded_at = storage::time_at(row, 3)});
    return joins;
}

std::vector<Join> joins_in(std::span<const Decision> standing_ones)
{
    std::vector<Join> joins;
    for (const auto& decision : standing_ones)
        if (is_open_join(decision)) joins.push_back(join_of(decision));
    return joins;
}

/// The leading one first, then by id.
void put_in_order(std::vector<ChildId>& members, ChildId lead)
{
    std::ranges::sort(members, {}, [&](ChildId member) { return std::pair(member != lead, member); });
}

/// These records and all that the joins reach from them, each once.
std::vector<ChildId> with_ends_of(std::span<const Join> joins, std::vector<ChildId> members)
{
    for (const auto& join : joins) members.insert(members.end(), {join.one, join.other});
    std::ranges::sort(members);
    members.erase(std::ranges::unique(members).begin(), members.end());
    return members;
}

} // namespace

bool is_open_join(const Decision& decision)
{
    return decision.judged.kind == DecisionKind::same && !decision.judged.is_sealed;
}

Join join_of(const Decision& decision)
{
    return {.one = decision.judged.one,
            .other = decision.judged.other,
            .one_recorded_at = decision.one_recorded_at,
            .other_recorded_at = decision.other_recorded_at};
}

Leads leads_of(std::span<const Join> joins)
{
    Groups groups;
    for (const auto& join : joins) groups.join(join);
    return groups.leads();
}

void refresh(Transaction& transaction, std::span<const ChildId> members)
{
    const auto joins = joins_in(standing_about(transaction, members));
    correct(transaction, stored_leads(transaction, members), leads_of(joins));
}

ChildId person_of(Transaction& transaction, ChildId child)
{
    const auto rows = transaction.recall("select leads_to from same_person where child = $1", {to_value(child)});
    return rows.empty() ? child : id_at<ChildId>(rows.front(), 0);
}

std::map<ChildId, ChildId> people_of(Transaction& transaction, std::span<const ChildId> children)
{
    if (children.empty()) return {};
    auto leads = stored_leads(transaction, children);
    for (const auto child : children) leads.try_emplace(child, child);
    return leads;
}

std::vector<ChildId> members_of(Transaction& transaction, ChildId child)
{
    const auto lead = person_of(transaction, child);
    auto members = storage::ids_at<ChildId>(
        transaction.recall("select child from same_person where leads_to = $1", {to_value(lead)}), 0);
    if (members.empty()) members.push_back(child);
    put_in_order(members, lead);
    return members;
}

std::vector<ChildId> as_of(Transaction& transaction, ChildId child, UtcTime instant)
{
    std::vector<ChildId> members{child};
    for (;;) {
        const auto joins = joins_in(standing_about(transaction, members, instant));
        auto reached = with_ends_of(joins, members);
        if (reached.size() > members.size()) {
            members = std::move(reached);
            continue;
        }
        const auto leads = leads_of(joins);
        put_in_order(members, leads.empty() ? child : leads.at(child));
        return members;
    }
}

std::map<ChildId, ChildId> people_in(std::span<const Decision> log)
{
    return leads_of(joins_in(standing(log)));
}

std::size_t rebuild(Transaction& transaction)
{
    const auto stored = read_leads(transaction.query("select child, leads_to from same_person"));
    return correct(transaction, stored, leads_of(all_joins(transaction)));
}

} // namespace reachable::identity
