// From a word that somebody typed to the words of the country that may be meant: slips, sounds, short forms, other
// spellings, joined and divided names. Deletion neighbourhoods (Garbe 2012) over distinct words only.
#pragma once

#include "identity/likeness.h"

#include <functional>

namespace reachable::identity {

struct NearWord {
    WordId word = 0;
    Likeness likeness = Likeness::different;
    bool operator==(const NearWord&) const = default;
};

/// Frozen over the words that a vocabulary had when it was built. About 20 bytes for each kind of slip of a word.
class NearWords {
  public:
    NearWords() = default;
    /// `is_wanted`: whether a word stands in a name at all.
    NearWords(const Vocabulary& vocabulary, const std::function<bool(WordId)>& is_wanted);

    /// Words near that folded word, the nearest first; at most `most`, commoner ones first among equals.
    std::vector<NearWord> near(const Vocabulary& vocabulary, std::string_view word, std::size_t most,
                               const std::function<std::uint32_t(WordId)>& count) const;

    std::size_t bytes() const
    {
        return entries_.capacity() * sizeof(std::uint64_t) + buckets_.capacity() * sizeof(std::uint32_t);
    }

  private:
    template <class Each>
    void each_with(std::uint32_t hash, Each each) const;
    void note(std::uint32_t hash, WordId word) { entries_.push_back(std::uint64_t{hash} << 32U | word); }
    void sort();

    std::vector<std::uint64_t> entries_; // hash above, word below; sorted
    std::vector<std::uint32_t> buckets_; // where the hashes that begin with so many bits start
};

} // namespace reachable::identity
