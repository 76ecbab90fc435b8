#include "capabilities/missing/triggers.h"

#include "base/text.h"
#include "capabilities/missing/absences.h"
#include "capabilities/missing/missing.h"
#include "casework/case_store.h"
#include "identity/people.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

using storage::Transaction;

constexpr auto repeat_window = hours{24 * 90};
constexpr std::size_t repeats = 3;
constexpr auto long_absence = hours{24};

bool has(const std::vector<std::string>& codes, std::string_view code)
{
    return std::ranges::find(codes, code) != codes.end();
}

int height_of(std::string_view level)
{
    return level == "high" ? 3 : level == "medium" ? 2 : level == "low" ? 1 : 0;
}

/// "3 episodes in 90 days", this one among them; episodes that nobody reported count.
bool is_third_in_90_days(std::span<const Absence> absences)
{
    const auto newest = began_at(absences.front().episode());
    const auto within = std::ranges::count_if(
        absences, [&](const Absence& one) { return newest - began_at(one.episode()) <= repeat_window; });
    return static_cast<std::size_t>(within) >= repeats;
}

/// "any 2 with the same companion": the same child, or the same name or description, written alike.
bool is_with_the_same_again(std::span<const Absence> absences)
{
    for (const auto& one : absences.front().episode().linked)
        for (const auto& other : absences.subspan(1))
            if (std::ranges::find(other.episode().linked, one.child, &Linked::child) != other.episode().linked.end())
                return true;
    for (const auto& one : absences.front().episode().companions)
        for (const auto& other : absences.subspan(1))
            for (const auto& theirs : other.episode().companions)
                if (to_lower_ascii(trim(one.who)) == to_lower_ascii(trim(theirs.who))) return true;
    return false;
}

bool is_over_a_day(const Episode& episode, UtcTime now)
{
    return episode.returned_at.value_or(now) - began_at(episode) > long_absence;
}

bool is_with_an_unrelated_adult(const Episode& episode)
{
    return std::ranges::any_of(episode.companions,
                               [](const Companion& one) { return one.age == "adult" && one.relation == "unrelated"; });
}

/// "found over 50 km or in another force area"
bool is_found_far(const Episode& episode)
{
    constexpr std::int64_t far_km = 50;
    const auto area_of = [&](std::string_view role) {
        const auto place = std::ranges::find(episode.places, role, &Whereabouts::role);
        return place == episode.places.end() ? AgencyId{} : place->area;
    };
    const auto from = area_of("from"), found = area_of("found");
    const bool is_elsewhere = !from.is_none() && !found.is_none() && from != found;
    return episode.found_distance == "over_50" || episode.distance_km > far_km || is_elsewhere ||
           episode.located_how == "other_area";
}

bool is_found_with_goods(const Episode& episode)
{
    return has(episode.found_with, "drugs") || has(episode.found_with, "phones") || has(episode.found_with, "cash");
}

} // namespace

UtcTime began_at(const Episode& episode)
{
    return episode.last_seen_at ? *episode.last_seen_at : episode.reported_at.value_or(UtcTime{});
}

std::vector<ChildId> records_seen(Transaction& transaction, ChildId child, const accounts::Session& session,
                                  UtcTime now)
{
    const auto is_seen = [&](ChildId record) {
        return record == child ||
               (!ties::is_sealed(transaction, record) && !ties::is_closed_to(transaction, record, session, now));
    };
    return identity::members_seen(transaction, child, is_seen);
}

std::vector<Absence> absences_of(Transaction& transaction, std::span<const ChildId> records, std::size_t most)
{
    std::vector<Absence> absences;
    for (const auto id : newest_absences(transaction, records, most)) {
        auto loaded = casework::load_case(transaction, episode_type(), id);
        if (loaded && loaded->head.state != reclassified)
            absences.push_back({loaded->head.id, loaded->head.state,
                                std::static_pointer_cast<const Episode>(std::move(loaded->facts))});
    }
    std::ranges::stable_sort(absences, std::ranges::greater{},
                             [](const Absence& one) { return began_at(one.episode()); });
    return absences;
}

std::vector<std::string_view> triggers_of(std::span<const Absence> absences, UtcTime now)
{
    if (absences.empty()) return {};
    const auto& newest = absences.front().episode();
    std::vector<std::string_view> codes;
    if (is_third_in_90_days(absences)) codes.emplace_back("third_in_90_days");
    if (is_with_the_same_again(absences)) codes.emplace_back("same_companion");
    if (is_over_a_day(newest, now)) codes.emplace_back("over_24_hours");
    if (is_found_far(newest)) codes.emplace_back("found_far");
    if (is_with_an_unrelated_adult(newest)) codes.emplace_back("with_an_adult");
    if (is_found_with_goods(newest)) codes.emplace_back("goods");
    return codes;
}

std::vector<std::string_view> stands_out(Transaction& transaction, ChildId child, UtcTime now)
{
    return triggers_of(absences_of(transaction, std::span(&child, 1), 50), now);
}

bool is_lower_than_the_last(std::span<const Absence> before, const Graded& graded)
{
    const auto last = std::ranges::find_if(before, [](const Absence& one) { return !one.episode().grades.empty(); });
    if (last == before.end()) return false;
    const auto& then = last->episode().grades.back();
    const bool is_all_so_again =
        std::ranges::all_of(then.considered, [&](const std::string& code) { return has(graded.considered, code); });
    return is_all_so_again && height_of(graded.level) < height_of(then.level);
}

} // namespace reachable::missing
