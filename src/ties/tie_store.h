// Millions of ties in little memory: 64 bytes a tie, and twenty for each place in the table of children. What many ties
// have in common (kind, purpose, who keeps them) is kept once and named by a number. Not safe to share between threads.
#pragma once

#include "ties/ties.h"

#include <cstdint>
#include <memory>
#include <unordered_set>

namespace reachable::ties {

/// A tie, and with whom it is filed; none: with everybody.
struct FiledTie {
    Tie tie;
    WorkerId reader;
};

/// Items that stay where they are, named by numbers; those given back are used again.
template <class Item>
class Pool {
  public:
    std::uint32_t take()
    {
        if (!free_.empty()) {
            const auto place = free_.back();
            free_.pop_back();
            return place;
        }
        CHECK(taken_ < UINT32_MAX, "there are more ties than this program can hold in memory");
        if (taken_ % in_chunk == 0) chunks_.push_back(std::make_unique<Item[]>(in_chunk));
        return static_cast<std::uint32_t>(taken_++);
    }
    void give_back(std::uint32_t place) { free_.push_back(place); }
    Item& operator[](std::uint32_t place) { return chunks_[place / in_chunk][place % in_chunk]; }
    const Item& operator[](std::uint32_t place) const { return chunks_[place / in_chunk][place % in_chunk]; }
    std::size_t bytes() const { return chunks_.size() * in_chunk * sizeof(Item) + free_.capacity() * sizeof(free_[0]); }

  private:
    static constexpr std::size_t in_chunk = std::size_t{1} << 14;
    std::vector<std::unique_ptr<Item[]>> chunks_;
    std::vector<std::uint32_t> free_;
    std::size_t taken_ = 0;
};

class TieStore {
  public:
    void add(const FiledTie& tie);
    /// From now on the child has these and no others.
    void replace(ChildId child, std::span<const FiledTie> ties);

    /// Adds to `found` what `ties_for` gives, in no order. False: what stands in the database about this child cannot
    /// be told from here, since somebody changed the table by hand.
    bool collect(ChildId child, WorkerId worker, std::vector<Tie>& found) const;

    std::size_t tie_count() const { return tie_count_; }
    std::size_t bytes() const;

  private:
    static constexpr std::uint32_t none = UINT32_MAX;       // a child without ties; the end of a child's ties
    static constexpr std::uint32_t unused = UINT32_MAX - 1; // a place without a child

    struct Common {
        Kind kind = Kind::allocated;
        bool is_for_everybody = false; // else for the tie's worker alone
        AgencyId keeper;
        TeamId keeper_team;
        std::string purpose;
        auto operator<=>(const Common&) const = default;
    };
    /// One line of the processor's cache.
    struct alignas(64) Entry {
        WorkerId worker;
        CaseId proved_by;
        std::int64_t since;
        std::int64_t ended_at; // not_ended
        std::uint32_t common;
        std::uint32_t about; // place of the case, or none
        std::uint32_t characters;
        std::uint32_t next; // of the same child
    };
    static_assert(sizeof(Entry) == 64);
    struct Place {
        ChildId child;
        std::uint32_t first = unused;
    };

    static bool fits(const FiledTie& filed);
    std::size_t place_of(ChildId child) const;
    Place& place_for(ChildId child);
    void grow();
    void forget(Place& place);
    std::uint32_t common_of(const FiledTie& filed);
    Tie tie_at(const Entry& entry, const Common& common, ChildId child) const;

    std::vector<Place> places_; // open addressing: a power of two, never full
    std::size_t child_count_ = 0;
    std::size_t tie_count_ = 0;
    Pool<Entry> entries_;
    Pool<CaseId> abouts_;
    std::vector<Common> commons_;
    std::map<Common, std::uint32_t> common_numbers_;
    std::unordered_set<ChildId> strange_; // with a tie that does not fit
};

} // namespace reachable::ties
