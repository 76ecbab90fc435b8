// When a place is named (R-B-09).
#include "capabilities/patterns/patterns.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::patterns {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr std::size_t most_spots = 40;
constexpr std::size_t told_from = 5; // counts below it are not told one by one

struct Visitors {
    std::set<ChildId> children;
    std::map<ChildId, UtcTime> last; // of each of them
};

/// The places that may be named, with all children who were there, or those whose episodes that force leads; nothing of
/// other places is read.
std::map<PlaceId, Visitors> visitors_of(Transaction& transaction, std::span<const PlaceId> spots,
                                        std::optional<AgencyId> led_by, UtcTime now)
{
    auto values = storage::to_values(spots);
    values.push_back(to_value(now - named_within));
    const auto led = led_by ? fmt::format("and force = ${} ", values.size() + 1) : std::string();
    if (led_by) values.push_back(to_value(*led_by));
    std::map<PlaceId, Visitors> visitors;
    for (const auto& row : transaction.recall(
             fmt::format("select place, child, max(began) from patterns_visits where place in ({}) and began >= ${} {}"
                         "group by place, child",
                         storage::places(spots.size()), spots.size() + 1, led),
             values)) {
        auto& of_place = visitors[storage::id_at<PlaceId>(row, 0)];
        const auto child = storage::id_at<ChildId>(row, 1);
        of_place.children.insert(child);
        of_place.last[child] = storage::time_at(row, 2);
    }
    return visitors;
}

/// R-P-07: of a protected record nothing is told, a count neither.
std::set<ChildId> protected_of(Transaction& transaction, const std::map<PlaceId, Visitors>& visitors)
{
    std::vector<ChildId> all;
    for (const auto& [place, of_place] : visitors)
        all.insert(all.end(), of_place.children.begin(), of_place.children.end());
    std::set<ChildId> sealed;
    const auto seals = [](const ties::Tie& tie) { return tie.kind == ties::Kind::sealed && !tie.ended_at; };
    for (const auto& [child, known] : ties::ties_for(transaction, all, {}))
        if (std::ranges::any_of(known, seals)) sealed.insert(child);
    return sealed;
}

/// "minimum 3 different children": records that people joined are one. A join by way of a protected record is none.
std::size_t different(Transaction& transaction, const std::set<ChildId>& children, const std::set<ChildId>& sealed)
{
    std::vector<ChildId> seen;
    std::ranges::copy_if(children, std::back_inserter(seen), [&](ChildId child) { return !sealed.contains(child); });
    const auto people = identity::people_of(transaction, seen);
    std::set<ChildId> leads, persons;
    const auto may_see = [&](ChildId record) { return !ties::is_sealed(transaction, record); };
    for (const auto child : seen) {
        const auto lead = people.contains(child) ? people.at(child) : child;
        const bool is_first = leads.insert(lead).second;
        const bool is_lead_itself = is_first && lead == child;
        persons.insert(is_lead_itself ? child : identity::members_seen(transaction, child, may_see).front());
    }
    return persons.size();
}

/// When somebody of whom it may be told was there last.
UtcTime last_told(const Visitors& visitors, const std::set<ChildId>& sealed)
{
    UtcTime last{};
    for (const auto& [child, at] : visitors.last)
        if (!sealed.contains(child)) last = std::max(last, at);
    return last;
}

/// What the list of kinds says of a kind: "place", "reports" or "never".
std::string told_as(const lists::DatedLists& lists, std::string_view kind, CivilDate day)
{
    for (const auto* code : lists.codes_on("missing.place_kinds", day))
        if (code->code == kind) return std::string(code->column("told"));
    return "place";
}

/// Of these rows (place, name, kind, area) the places that are named.
std::vector<Spot> named(const lists::DatedLists& lists, Transaction& transaction, const auto& rows,
                        std::optional<AgencyId> led_by, UtcTime now)
{
    if (rows.empty()) return {};
    const auto day = clocks::london_day(now);
    const auto places = storage::ids_at<PlaceId>(rows, 0);
    const auto visitors = visitors_of(transaction, places, led_by, now);
    const auto sealed = protected_of(transaction, visitors);
    std::vector<Spot> spots;
    for (const auto& row : rows) {
        const auto of_place = visitors.find(storage::id_at<PlaceId>(row, 0));
        const auto told = told_as(lists, row.text(2), day);
        if (of_place == visitors.end() || told == "never") continue;
        const auto count = different(transaction, of_place->second.children, sealed);
        if (count < named_from) continue;
        spots.push_back({.name = row.text(1),
                         .kind = row.text(2),
                         .area = storage::id_at<AgencyId>(row, 3),
                         .is_home_that_reports = told == "reports",
                         .children = count,
                         .last = last_told(of_place->second, sealed)});
    }
    return spots;
}

} // namespace

std::vector<Spot> spots_in(const lists::DatedLists& lists, Transaction& transaction, AgencyId area, UtcTime now)
{
    const auto rows = transaction.recall(
        fmt::format("select place, name, kind, area from patterns_places where area = $1 and third_at >= $2 "
                    "order by third_at desc, name_key limit {}",
                    most_spots),
        {to_value(area), to_value(now - named_within)});
    return named(lists, transaction, rows, std::nullopt, now);
}

std::vector<Spot> spots_elsewhere(const lists::DatedLists& lists, Transaction& transaction, AgencyId force, UtcTime now)
{
    const auto rows = transaction.recall(
        fmt::format("select p.place, p.name, p.kind, p.area from patterns_led l join patterns_places p "
                    "on p.place = l.place where l.force = $1 and l.third_at >= $2 and p.area <> $1 "
                    "order by l.third_at desc, p.name_key limit {}",
                    most_spots),
        {to_value(force), to_value(now - named_within)});
    return named(lists, transaction, rows, force, now);
}

std::string count_words(std::size_t children)
{
    return children < told_from ? std::string("3 or 4") : std::to_string(children);
}

} // namespace reachable::patterns
