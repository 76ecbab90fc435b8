#include "capabilities/sharing/sharing.h"

#include "capabilities/sharing/pages.h"
#include "capabilities/sharing/records.h"
#include "clocks/london.h"
#include "storage/columns.h"

#include <fmt/format.h>
#include <map>
#include <utility>

namespace reachable::sharing {
namespace {

constexpr lists::ListFile list_files[] = {
    {"sharing.emergency_reasons", "sharing/emergency_reasons.csv"},
    {"sharing.review_findings", "sharing/review_findings.csv"},
    {"sharing.restriction_kinds", "sharing/restriction_kinds.csv"},
    {"sharing.enforcement_wants", "sharing/enforcement_wants.csv"},
    {"search.limits", "sharing/search_limits.csv"},
};

constexpr std::string_view clocks_of_sharing[] = {"sharing/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_log[] = {
    {"emergency-access.open", "opened the record in an emergency, with a reason"},
    {"emergency-access.end_now", "ended their emergency access"},
    {"emergency-access.review", "reviewed an emergency access"},
    {"restriction.restrict", "restricted the record"},
    {"restriction.ask_to_lift", "asked for a restriction to be lifted"},
    {"restriction.lift", "lifted a restriction of the record"},
    {"restriction.keep", "kept a restriction of the record"},
    {"allocation.allocate", "put the child on a worker's list"},
    {"allocation.end", "took the child off a worker's list"},
    {"opening.say_why", "opened a whole case, with a reason"},
    {"immigration-request.record", "recorded and refused a request for immigration enforcement"},
    {"immigration-request.tell_chief", "recorded that a chief officer was told of such a request"},
    {"look:child.emergency", "read a record opened in an emergency"},
    {"look:child.list", "saw the child on a worker's list"},
    {"look:emergency-access.queue", "saw an emergency access in a list"},
    {"look:emergency-access.notice", "was told of an emergency access"},
    {"look:emergency-access.form", "opened a form about an emergency access"},
    {"look:emergency-access.record", "read what is recorded of an emergency access"},
    {"look:restriction.queue", "saw a restriction in a list"},
    {"look:restriction.notice", "was told of a restriction"},
    {"look:restriction.form", "opened a form about a restriction"},
    {"look:restriction.record", "read what is recorded of a restriction"},
    {"look:allocation.queue", "saw an allocation in a list"},
    {"look:allocation.record", "read what is recorded of an allocation"},
    {"look:allocation.form", "opened a form about an allocation"},
    {"look:opening.record", "read why a case was opened whole"},
    {"look:immigration-request.notice", "was told of a request for immigration enforcement"},
    {"look:immigration-request.record", "read what is recorded of a request for immigration enforcement"},
    {"look:immigration-request.form", "opened a form about a request for immigration enforcement"},
};

/// The card of the emergency asks for the reason of whoever is not connected with the child yet, so that this refusal
/// is the way in and no misdeed.
constexpr std::pair<std::string_view, std::string_view> words_of_refusals[] = {
    {"look:child.emergency", "see the record without a reason, as the first step of opening it in an emergency,"},
    {"look:child.list", "see the child on a worker's list"},
    {"emergency-access.open", "open the record in an emergency"},
    {"restriction.restrict", "restrict the record"},
};

std::string_view words_in(std::span<const std::pair<std::string_view, std::string_view>> table, std::string_view code)
{
    for (const auto& [its_code, words] : table)
        if (its_code == code) return words;
    return {};
}

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

bool may_begin(std::string_view type, accounts::Role role)
{
    for (const auto* one : types())
        for (const auto& action : one->actions)
            if (one->name == type && action.opens() && action.who.has(role)) return true;
    return false;
}

std::string_view log_words(std::string_view action)
{
    return words_in(words_of_log, action);
}

std::string_view log_words_refused(std::string_view action)
{
    return words_in(words_of_refusals, action);
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
    add_heads(site);
}

} // namespace reachable::sharing
