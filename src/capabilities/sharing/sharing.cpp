#include "capabilities/sharing/sharing.h"

#include "capabilities/sharing/pages.h"
#include "capabilities/sharing/records.h"
#include "clocks/london.h"
#include "storage/columns.h"

#include <fmt/format.h>
#include <map>

namespace reachable::sharing {
namespace {

constexpr lists::ListFile list_files[] = {
    {"sharing.emergency_reasons", "sharing/emergency_reasons.csv"},
    {"sharing.review_findings", "sharing/review_findings.csv"},
    {"sharing.restriction_kinds", "sharing/restriction_kinds.csv"},
    {"sharing.enforcement_wants", "sharing/enforcement_wants.csv"},
};

constexpr std::string_view clocks_of_sharing[] = {"sharing/clocks.csv"};

std::string quarter_of(UtcTime time)
{
    const auto day = reachable::clocks::london_day(time);
    return fmt::format("{} Q{}", static_cast<int>(day.year()), (static_cast<unsigned>(day.month()) + 2) / 3);
}

} // namespace

std::vector<const casework::CaseType*> types()
{
    return {&emergency_type(), &restriction_type(), &allocation_type(), &opening_type(), &enforcement_type()};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}
std::span<const std::string_view> clock_files()
{
    return clocks_of_sharing;
}

std::vector<EnforcementCount> enforcement_counts(storage::Transaction& transaction)
{
    std::map<std::string, EnforcementCount, std::greater<>> by_quarter;
    for (const auto& row : transaction.query("select opened_at, state from cases where type = $1",
                                             {std::string(enforcement_type().name)})) {
        auto& count = by_quarter[quarter_of(storage::time_at(row, 0))];
        count.quarter = quarter_of(storage::time_at(row, 0));
        count.received += 1;
        if (row.text(1) == refused || row.text(1) == chief_told) count.refused += 1;
    }
    std::vector<EnforcementCount> counts;
    for (auto& [quarter, count] : by_quarter) counts.push_back(std::move(count));
    return counts;
}

void add_pages(web::Router& router, const derived::Site& site, ProveAgain prove_again)
{
    add_emergency_pages(router, site, std::move(prove_again));
    add_desk_pages(router, site);
}

} // namespace reachable::sharing
