// Millions of short texts, each kept once: their letters lie one after another, and a table leads from a text to its
// number. A text takes its letters and about twelve bytes.
#pragma once

#include "base/arena.h"

#include <cstdint>
#include <string_view>

namespace reachable::identity {

/// Keeps the letters of texts. What was kept stays where it is.
class TextArena {
  public:
    std::string_view keep(std::string_view text)
    {
        const auto kept = letters_.keep(std::span(text.data(), text.size()));
        return {kept.data(), kept.size()};
    }
    std::size_t bytes() const { return letters_.bytes(); }

  private:
    Arena<char> letters_;
};

/// From texts to numbers. Holds no texts: whoever owns them says which text has a number.
class TextNumbers {
  public:
    /// The number of that text, or 0.
    template <class TextOf>
    std::uint32_t find(std::string_view text, TextOf text_of) const
    {
        if (places_.empty()) return 0;
        const auto hash = hash_of(text);
        for (auto at = first_place(hash);; at = next_place(at)) {
            const auto place = places_[at];
            if (place == 0) return 0;
            const auto number = static_cast<std::uint32_t>(place);
            if (place >> 32U == hash && text_of(number) == text) return number;
        }
    }
    /// Of a text that was not added yet. `number` is not 0.
    void add(std::string_view text, std::uint32_t number);
    std::size_t bytes() const { return places_.capacity() * sizeof(std::uint64_t); }

  private:
    static std::uint32_t hash_of(std::string_view text);
    std::size_t first_place(std::uint32_t hash) const { return hash * std::uint64_t{places_.size()} >> 32U; }
    std::size_t next_place(std::size_t at) const { return at + 1 == places_.size() ? 0 : at + 1; }
    void put(std::uint64_t place);

    LargeArray<std::uint64_t> places_; // a hash, and the number below; 0: free
    std::size_t count_ = 0;
};

} // namespace reachable::identity
