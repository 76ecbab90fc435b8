#include "ties/tie_store.h"

#include "ties/tie_rows.h"

#include <limits>

namespace reachable::ties {
namespace {

constexpr auto not_ended = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t least_places = 16;

/// Ids are random, but whoever brings their own must not be able to choose them all alike.
std::size_t scattered(ChildId child)
{
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), child.bytes.data(), sizeof halves);
    const auto mixed = (halves[0] ^ (halves[1] * 0x9e3779b97f4a7c15U)) * 0xbf58476d1ce4e5b9U;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32U));
}

} // namespace

bool TieStore::fits(const FiledTie& filed)
{
    const auto& tie = filed.tie;
    const bool is_filed_plainly = filed.reader.is_none() || filed.reader == tie.worker;
    return is_filed_plainly && tie.characters <= UINT32_MAX &&
           !(tie.ended_at && to_seconds(*tie.ended_at) == not_ended);
}

void TieStore::add(const FiledTie& filed)
{
    const auto& tie = filed.tie;
    if (!fits(filed)) {
        strange_.insert(tie.child);
        return;
    }
    auto& place = place_for(tie.child);
    const auto common = common_of(filed);
    std::uint32_t about = none;
    if (!tie.about.is_none()) {
        about = abouts_.take();
        abouts_[about] = tie.about;
    }
    const auto number = entries_.take();
    entries_[number] = {.worker = tie.worker,
                        .proved_by = tie.proved_by,
                        .since = to_seconds(tie.since),
                        .ended_at = tie.ended_at ? to_seconds(*tie.ended_at) : not_ended,
                        .common = common,
                        .about = about,
                        .characters = static_cast<std::uint32_t>(tie.characters),
                        .next = place.first};
    place.first = number;
    tie_count_ += 1;
}

void TieStore::replace(ChildId child, std::span<const FiledTie> ties)
{
    forget(place_for(child));
    strange_.erase(child);
    for (const auto& tie : ties) add(tie);
}

bool TieStore::collect(ChildId child, WorkerId worker, std::vector<Tie>& found) const
{
    if (!strange_.empty() && strange_.contains(child)) return false;
    if (places_.empty()) return true;
    const auto& place = places_[place_of(child)];
    if (place.first == unused) return true;
    for (auto number = place.first; number != none;) {
        const auto& entry = entries_[number];
        const auto& common = commons_[entry.common];
        const bool is_own = !worker.is_none() && entry.worker == worker;
        if (common.is_for_everybody || is_own) found.push_back(tie_at(entry, common, child));
        number = entry.next;
    }
    return true;
}

Tie TieStore::tie_at(const Entry& entry, const Common& common, ChildId child) const
{
    Tie tie{.kind = common.kind,
            .child = child,
            .worker = entry.worker,
            .proved_by = entry.proved_by,
            .keeper = common.keeper,
            .keeper_team = common.keeper_team,
            .purpose = common.purpose,
            .characters = entry.characters,
            .since = from_seconds(entry.since)};
    if (entry.about != none) tie.about = abouts_[entry.about];
    if (entry.ended_at != not_ended) tie.ended_at = from_seconds(entry.ended_at);
    return tie;
}

/// Where the child stands, or where it would.
std::size_t TieStore::place_of(ChildId child) const
{
    const auto last = places_.size() - 1;
    auto at = scattered(child) & last;
    while (places_[at].first != unused && places_[at].child != child) at = (at + 1) & last;
    return at;
}

TieStore::Place& TieStore::place_for(ChildId child)
{
    if ((child_count_ + 1) * 4 > places_.size() * 3) grow();
    auto& place = places_[place_of(child)];
    if (place.first == unused) {
        place = {child, none};
        child_count_ += 1;
    }
    return place;
}

void TieStore::grow()
{
    std::vector<Place> wider(std::max(least_places, places_.size() * 2));
    wider.swap(places_);
    for (const auto& place : wider)
        if (place.first != unused) places_[place_of(place.child)] = place;
}

void TieStore::forget(Place& place)
{
    for (auto number = place.first; number != none;) {
        const auto& entry = entries_[number];
        if (entry.about != none) abouts_.give_back(entry.about);
        const auto next = entry.next;
        entries_.give_back(number);
        tie_count_ -= 1;
        number = next;
    }
    place.first = none;
}

std::uint32_t TieStore::common_of(const FiledTie& filed)
{
    const auto& tie = filed.tie;
    Common common{tie.kind, filed.reader.is_none(), tie.keeper, tie.keeper_team, tie.purpose};
    const auto [at, is_new] = common_numbers_.try_emplace(common, static_cast<std::uint32_t>(commons_.size()));
    if (is_new) commons_.push_back(std::move(common));
    return at->second;
}

std::size_t TieStore::bytes() const
{
    constexpr std::size_t node = 64; // what a tree or a list keeps beside its item, about
    return places_.capacity() * sizeof(Place) + entries_.bytes() + abouts_.bytes() +
           commons_.size() * (2 * sizeof(Common) + node) + strange_.size() * node;
}

} // namespace reachable::ties
