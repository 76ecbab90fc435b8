// Several rows of one look in one entry, and one by one again.
#include "audit/log.h"

#include <algorithm>
#include <tuple>

namespace reachable::audit {
namespace {

constexpr std::size_t most_beside = 255;

/// All that an entry says, but of whom.
auto said_by(const Entry& entry)
{
    return std::tie(entry.sequence, entry.at, entry.clock_health, entry.operation, entry.action, entry.worker,
                    entry.agency, entry.on_behalf_of, entry.role, entry.purpose, entry.reason_code, entry.categories,
                    entry.view, entry.recipients, entry.rules, entry.policy_hash, entry.request, entry.outcome,
                    entry.question, entry.commitments);
}

} // namespace

void gather(std::vector<Entry>& entries, Entry entry)
{
    const bool is_about_somebody = !entry.child.is_none() || !entry.case_id.is_none();
    const auto like_it = std::ranges::find_if(entries, [&](const Entry& one) {
        return is_about_somebody && one.also.size() < most_beside && said_by(one) == said_by(entry);
    });
    if (like_it == entries.end()) return entries.push_back(std::move(entry));
    like_it->also.push_back({entry.child, entry.case_id});
}

std::vector<Entry> each_of(Entry entry)
{
    const auto also = std::exchange(entry.also, {});
    std::vector<Entry> each{std::move(entry)};
    for (const auto& beside : also) {
        each.push_back(each.front());
        each.back().child = beside.child;
        each.back().case_id = beside.case_id;
    }
    return each;
}

void for_each_looked_at(const Entry& entry, const std::function<void(ChildId, AgencyId)>& note)
{
    const auto of_child = [&](ChildId child) {
        if (child.is_none()) return;
        note(child, entry.agency);
        if (!entry.on_behalf_of.is_none()) note(child, entry.on_behalf_of);
    };
    of_child(entry.child);
    for (const auto& beside : entry.also) of_child(beside.child);
}

std::optional<ChildId> only_child(const Entry& entry)
{
    if (entry.child.is_none() || !entry.also.empty()) return std::nullopt;
    return entry.child;
}

} // namespace reachable::audit
