// Millions of small pieces, kept one after another in large chunks.
#pragma once

#include "base/large_array.h"

#include <algorithm>
#include <deque>
#include <span>

namespace reachable {

/// Owns what it keeps, which stays where it is until the arena goes.
template <class T>
class Arena {
  public:
    std::span<const T> keep(std::span<const T> items)
    {
        if (chunks_.empty() || chunks_.back().capacity() - chunks_.back().size() < items.size()) {
            const auto usual = (chunks_.empty() ? first_chunk : further_chunk) / sizeof(T);
            chunks_.emplace_back().reserve(std::max(items.size(), usual));
            bytes_ += chunks_.back().capacity() * sizeof(T);
        }
        auto& chunk = chunks_.back();
        const auto begin = chunk.size();
        chunk.insert(chunk.end(), items.begin(), items.end());
        return std::span<const T>(chunk).subspan(begin);
    }
    /// What it takes, the room that is still free included.
    std::size_t bytes() const { return bytes_; }

  private:
    static constexpr std::size_t first_chunk = std::size_t{1} << 14U; // most are of a test, or a small feed
    static constexpr std::size_t further_chunk = std::size_t{2} << 20U;

    std::deque<LargeArray<T>> chunks_;
    std::size_t bytes_ = 0;
};

} // namespace reachable
