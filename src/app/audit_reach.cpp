#include "app/audit_reach.h"

#include "casework/search.h"
#include "storage/columns.h"

#include <algorithm>

namespace reachable::app {
namespace {

constexpr std::string_view pair_of_records = "same-person";
/// Cases of who may see a record, which anybody may open about a record that is not theirs.
constexpr std::string_view about_access[] = {"restriction", "emergency-access", "opening", "immigration-request"};

/// A record that was left out of a queue or of what a search found: whoever asked did not name it.
bool is_by_the_way(const audit::Entry& entry)
{
    const bool is_left_out = entry.operation == audit::Operation::refusal && !entry.child.is_none();
    return is_left_out && (entry.action.ends_with(".queue") || entry.action == "search");
}

} // namespace

bool Reach::covers(const audit::Entry& entry)
{
    if (entry.worker == session_.worker && !is_by_the_way(entry)) return true;
    if (!entry.child.is_none() && !is_open_to_them(entry.child)) return false;
    if (is_closed_pair(entry.case_id)) return false;
    if (is_the_operators()) return true;
    // Not even to those who account for whoever asked: that a record was left out tells that there is one.
    if (is_by_the_way(entry)) return takes_part(entry.child);
    if (entry.agency == session_.agency || entry.on_behalf_of == session_.agency) return true;
    if (!entry.case_id.is_none()) return takes_part(entry.case_id);
    if (!entry.child.is_none()) return takes_part(entry.child);
    return entry.agency.is_none();
}

bool Reach::tells_of_child(const audit::Entry& entry)
{
    if (entry.child.is_none() || is_closed_pair(entry.case_id)) return false;
    if (entry.operation != audit::Operation::refusal) return true;
    return takes_part(entry.child) && is_open_to_them(entry.child);
}

/// True of a case about two children of whom one is closed to the reader, or protected and none of their agency's
/// concern: that the log of the other child speaks of such a case would tell that there is such a record.
bool Reach::is_closed_pair(CaseId id)
{
    if (id.is_none()) return false;
    const auto [found, is_new] = closed_pair_.try_emplace(id, false);
    if (!is_new) return found->second;
    const auto rows = transaction_.query("select child, other from cases where id = $1 and type = $2",
                                         {storage::to_value(id), std::string(pair_of_records)});
    if (rows.empty()) return false;
    for (const std::size_t column : {0U, 1U})
        if (is_strange(storage::id_at<ChildId>(rows.front(), column))) found->second = true;
    return found->second;
}

bool Reach::is_strange(ChildId child)
{
    if (!is_open_to_them(child)) return true;
    const auto asked = casework::policy_request(desk_, transaction_, child, session_, "audit.read_child", now_);
    return asked.is_sealed && !is_the_operators() && !takes_part(child);
}

bool Reach::is_open_to_them(ChildId child)
{
    const auto [found, is_new] = open_.try_emplace(child, false);
    if (!is_new) return found->second;
    const auto asked = casework::policy_request(desk_, transaction_, child, session_, "audit.read_child", now_);
    return found->second = desk_.policy.decide(asked).is_allowed;
}

bool Reach::takes_part(CaseId id)
{
    const auto [found, is_new] = case_.try_emplace(id, false);
    if (!is_new) return found->second;
    const auto rows = transaction_.query("select 1 from cases where id = $1 and (agency = $2 or partner = $2)",
                                         {storage::to_value(id), storage::to_value(session_.agency)});
    return found->second = !rows.empty();
}

/// Holding one record of a pair is no part in the other child. Nor is restricting a record or breaking the glass for
/// it, which people may do to any: nobody opens the log of a child to themselves (P9). Of a record that the agency
/// holds it is the custodian, and reads who tried.
bool Reach::takes_part(ChildId child)
{
    const auto [found, is_new] = child_.try_emplace(child, false);
    if (!is_new) return found->second;
    bool is_custodian = false;
    for (const auto& row : transaction_.query(
             "select distinct type from cases where child = $1 and (agency = $2 or partner = $2) and type <> $3",
             {storage::to_value(child), storage::to_value(session_.agency), std::string(pair_of_records)})) {
        if (std::ranges::find(about_access, row.text(0)) == std::end(about_access)) return found->second = true;
        is_custodian = true;
    }
    return found->second = is_custodian && holds(child);
}

bool Reach::holds(ChildId child)
{
    const auto stored = records::find_child(transaction_, child);
    if (!stored) return false;
    const auto custodians = records::custodians_of(stored->child);
    return std::ranges::find(custodians, session_.agency) != custodians.end();
}

} // namespace reachable::app
