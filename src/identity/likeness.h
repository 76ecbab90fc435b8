// How alike two words of a name are, from the best to the worst. What each is worth is the model's to say.
#pragma once

#include "identity/vocabulary.h"

#include <array>
#include <bit>

namespace reachable::identity {

/// In rising order of how much it speaks for one person.
enum class Likeness : std::uint8_t {
    different,
    initial, // one is the first letter of the other
    near,    // half alike: two slips in a long word, or a shared beginning
    sounds_alike,
    short_form, // Liz and Elizabeth
    one_slip,   // one letter wrong, missing, too many, or two exchanged
    spelling,   // one name in two spellings: Yusuf and Youssef, Kowalski and Kowalska
    same
};

Likeness likeness(const Vocabulary& vocabulary, WordId a, WordId b);
/// The same for words that may not be in the vocabulary.
Likeness likeness(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b);

/// Words with more letters that only one of them has are different, whatever their order: two slips change at most
/// four.
constexpr int most_letters_apart = 5;

/// Whether two words are different for sure, by their sketches alone.
inline bool are_far_apart(WordSketch a, WordSketch b)
{
    return ((a.letters | b.letters) & is_special) == 0 && a.sound != b.sound &&
           std::popcount(a.letters ^ b.letters) > most_letters_apart;
}

/// The same where the slips between the two, counted to 2, are known already.
Likeness likeness(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b, int slips);

/// Letters to insert, leave out, replace or exchange with their neighbour to make one of the other; each letter is
/// touched once (optimal string alignment). Counts to `most` and gives `most + 1` beyond it.
int slips_between(std::string_view a, std::string_view b, int most);

/// The slips between one word and many others.
class SlipsFrom {
  public:
    /// `word` must outlive this.
    explicit SlipsFrom(std::string_view word);
    int to(std::string_view other, int most) const;

  private:
    std::string_view word_;
    bool is_plain_ = false;
    std::array<std::uint64_t, 41> places_{};
};

/// 1 for equal words, 0 for words with nothing in common; matching letters in order and a common beginning count
/// (Jaro 1989, Winkler 1990).
double jaro_winkler(std::string_view a, std::string_view b);

/// Remembers what it worked out: a country has far fewer pairs of words than of records. One for each thread.
class LikenessMemory {
  public:
    explicit LikenessMemory(const Vocabulary& vocabulary, std::size_t places = std::size_t{1} << 18U);
    Likeness operator()(WordId a, WordId b)
    {
        if (a == b) return Likeness::same;
        if (are_far_apart(vocabulary_.sketch(a), vocabulary_.sketch(b))) return Likeness::different;
        const auto key = a < b ? std::uint64_t{a} << 32U | b : std::uint64_t{b} << 32U | a;
        auto& place = places_[(key * 0x9E3779B97F4A7C15U) >> shift_];
        if (place.key != key) place = {key, likeness(vocabulary_, a, b)};
        return place.likeness;
    }

  private:
    struct Place {
        std::uint64_t key = 0;
        Likeness likeness = Likeness::different;
    };
    const Vocabulary& vocabulary_;
    std::vector<Place> places_;
    unsigned shift_ = 0;
};

} // namespace reachable::identity
