#include "app/audit_reach.h"

#include "casework/case_store.h"
#include "casework/search.h"
#include "storage/columns.h"

#include <algorithm>

namespace reachable::app {
namespace {

constexpr std::string_view pair_of_records = "same-person";
/// Cases of who may see a record, which anybody may open about a record that is not theirs, and what somebody is asked
/// to a meeting by, or asked for at one.
constexpr std::string_view about_access[] = {"restriction",         "emergency-access",   "opening",
                                             "immigration-request", "meeting-invitation", "meeting-action"};

bool is_about_access(std::string_view type)
{
    return std::ranges::find(about_access, type) != std::end(about_access);
}

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
    if (is_by_the_way(entry)) return takes_part(entry.child, entry.at);
    if (entry.agency == session_.agency || entry.on_behalf_of == session_.agency) return true;
    if (!entry.case_id.is_none()) return takes_part(entry.case_id);
    if (!entry.child.is_none()) return takes_part(entry.child, entry.at);
    return entry.agency.is_none();
}

bool Reach::tells_of_child(const audit::Entry& entry)
{
    if (entry.child.is_none() || is_closed_pair(entry.case_id)) return false;
    if (entry.operation != audit::Operation::refusal) return true;
    return takes_part(entry.child, entry.at) && is_open_to_them(entry.child);
}

bool Reach::tells_what_others_did(ChildId child)
{
    if (is_the_operators()) return true;
    if (!is_open_to_them(child)) return false;
    if (part_in(child).is_custodian) return true;
    if (standing_of(child).is_sealed) return false;
    const auto rows = transaction_.query(
        "select distinct type from cases where (child = $1 or other = $1) and (agency = $2 or partner = $2)",
        {storage::to_value(child), storage::to_value(session_.agency)});
    return std::ranges::any_of(rows, [](const storage::Row& row) { return !is_about_access(row.text(0)); });
}

bool Reach::accounts_for_others(ChildId child)
{
    return is_the_operators() || (is_open_to_them(child) && part_in(child).is_custodian);
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
    const auto& standing = standing_of(child);
    return !standing.is_open || (standing.is_sealed && !is_the_operators() && !takes_part(child, now_));
}

const Reach::Standing& Reach::standing_of(ChildId child)
{
    const auto [found, is_new] = standing_.try_emplace(child);
    if (!is_new) return found->second;
    const auto asked = casework::policy_request(desk_, transaction_, child, session_, "audit.read_child", now_);
    return found->second = {.is_open = desk_.policy.decide(asked).is_allowed, .is_sealed = asked.is_sealed};
}

/// Of a case about a child whose record is sealed, and of one about who may see a record, only those who hold the
/// record: who tries at it, or still works on the case, may tell where the child is.
bool Reach::takes_part(CaseId id)
{
    const auto [found, is_new] = case_.try_emplace(id, false);
    if (!is_new) return found->second;
    const auto rows =
        transaction_.query("select child, type from cases where id = $1 and (agency = $2 or partner = $2)",
                           {storage::to_value(id), storage::to_value(session_.agency)});
    if (rows.empty()) return false;
    const auto child = storage::id_at<ChildId>(rows.front(), 0);
    const bool is_closed = standing_of(child).is_sealed || is_about_access(rows.front().text(1));
    return found->second = child.is_none() || !is_closed || part_in(child).is_custodian;
}

/// Those who hold a record read who saw it and who tried, whenever that was. Others who have a case about the child
/// read what happened while they had it, and of a sealed record nothing: whoever tries at it may tell where the child
/// is.
bool Reach::takes_part(ChildId child, UtcTime at)
{
    const auto& part = part_in(child);
    if (part.is_custodian) return true;
    return !standing_of(child).is_sealed &&
           std::ranges::any_of(part.cases, [&](const auto& time) { return time.first <= at && at <= time.second; });
}

/// Holding one record of a pair is no part in the other child. Nor is restricting a record or breaking the glass for
/// it, which people may do to any: nobody opens the log of a child to themselves (P9).
const Reach::Part& Reach::part_in(ChildId child)
{
    const auto [found, is_new] = part_.try_emplace(child);
    auto& part = found->second;
    if (!is_new) return part;
    const auto rows = transaction_.query(
        "select type, opened_at, is_open, id from cases where child = $1 and "
        "(agency = $2 or partner = $2) and type <> $3",
        {storage::to_value(child), storage::to_value(session_.agency), std::string(pair_of_records)});
    for (const auto& row : rows)
        if (!is_about_access(row.text(0)))
            part.cases.emplace_back(storage::time_at(row, 1),
                                    row.integer(2) == 1 ? UtcTime::max()
                                                        : end_of(storage::id_at<CaseId>(row, 3), row.text(0)));
    part.is_custodian = !rows.empty() && holds(child);
    return part;
}

/// When a case that is over was closed: what is corrected later does not make it longer.
UtcTime Reach::end_of(CaseId id, std::string_view type)
{
    const auto* declared = desk_.find_type(type);
    CHECK(declared != nullptr, "a case of a kind that nobody declared");
    auto end = UtcTime::min();
    bool was_open = true;
    for (const auto& version : casework::load_history(transaction_, id)) {
        const auto& open = declared->open_states;
        const bool is_open = std::ranges::find(open, std::string_view(version.state)) != open.end();
        if (was_open) end = version.at;
        was_open = is_open;
    }
    return end;
}

bool Reach::holds(ChildId child)
{
    const auto stored = records::find_child(transaction_, child);
    if (!stored) return false;
    const auto custodians = records::custodians_of(stored->child);
    return std::ranges::find(custodians, session_.agency) != custodians.end();
}

} // namespace reachable::app
