// Numbers for millions of children, in the order in which they came: small, where a map would take more room than all
// that is searched.
#pragma once

#include "base/id.h"
#include "base/large_array.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

namespace reachable::identity {

class ChildNumbers {
  public:
    /// The child has the next number from here on. The number it had before, if it had one.
    std::optional<std::uint32_t> give_next(ChildId child)
    {
        if (places_.size() < 2 * (children_.size() + 1)) grow();
        children_.push_back(child);
        return put(static_cast<std::uint32_t>(children_.size() - 1));
    }
    ChildId child(std::uint32_t number) const { return children_[number]; }
    /// How many numbers were given.
    std::size_t size() const { return children_.size(); }

    /// Into a file, or out of it.
    template <class File>
    void pass(File& file)
    {
        file.pass(children_);
        file.pass(places_);
    }
    template <class File>
    void pass(File& file) const
    {
        file.pass(children_);
        file.pass(places_);
    }

  private:
    std::optional<std::uint32_t> put(std::uint32_t number)
    {
        const auto& child = children_[number];
        for (auto at = first_place(child);; at = (at + 1) % places_.size()) {
            const auto held = places_[at];
            if (held != 0 && children_[held - 1] != child) continue;
            places_[at] = number + 1;
            return held == 0 ? std::nullopt : std::optional(held - 1);
        }
    }
    std::size_t first_place(const ChildId& child) const
    {
        std::uint64_t some = 0;
        std::memcpy(&some, child.bytes.data(), sizeof some);
        return static_cast<std::size_t>(some * 0x9E3779B97F4A7C15U >> 20U) % places_.size();
    }
    void grow()
    {
        places_.assign(std::bit_ceil(4 * (children_.size() + 4)), 0);
        for (std::uint32_t number = 0; number < children_.size(); ++number) put(number);
    }

    LargeArray<ChildId> children_;     // by number
    LargeArray<std::uint32_t> places_; // one more than the newest number of a child; 0: free
};

} // namespace reachable::identity
