// From a word that somebody typed to the words of the country that may be meant: slips, sounds, short forms, other
// spellings, joined and divided names. Deletion neighbourhoods (Garbe 2012) over distinct words only.
#pragma once

#include "identity/likeness.h"

#include <span>

namespace reachable::identity {

struct NearWord {
    WordId word = 0;
    Likeness likeness = Likeness::different;
    bool operator==(const NearWord&) const = default;
};

/// How many bear a word, and what agreeing on it is worth.
struct Commonness {
    std::uint32_t borne = 0;
    float rarity = 0;
};

/// Frozen over some words of a vocabulary; at most 16 million. 8 bytes for each of about 25 ways
/// to shorten a word.
class NearWords {
  public:
    NearWords() = default;
    NearWords(const Vocabulary& vocabulary, std::span<const WordId> words);

    /// Words near that folded word, the nearest first; at most `most`, commoner ones first among equals. `common`: by
    /// word; those that do not stand there are borne by nobody.
    std::vector<NearWord> near(const Vocabulary& vocabulary, std::string_view word, std::size_t most,
                               std::span<const Commonness> common) const;

    bool is_empty() const { return entries_.empty(); }
    /// Into a file, or out of it.
    template <class File>
    void pass(File& file)
    {
        file.pass(entries_);
        file.pass(buckets_);
    }
    template <class File>
    void pass(File& file) const
    {
        file.pass(entries_);
        file.pass(buckets_);
    }
    std::size_t bytes() const
    {
        return entries_.capacity() * sizeof(std::uint64_t) + buckets_.capacity() * sizeof(std::uint32_t);
    }

  private:
    std::vector<std::uint32_t> hashes_on_their_way(std::string_view word) const;
    template <class Each>
    void each_with(std::uint32_t hash, Each each) const;

    /// The rest of the hash, the letters of the word and its number in one: most entries are passed over without
    /// looking at the word itself.
    LargeArray<std::uint64_t> entries_;
    LargeArray<std::uint32_t> buckets_; // where the entries start whose hashes begin with so many bits
};

} // namespace reachable::identity
