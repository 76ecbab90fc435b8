// How alike two words of a name are, from the best to the worst. What each is worth is the model's to say.
#pragma once

#include "base/large_array.h"
#include "identity/vocabulary.h"

#include <algorithm>
#include <array>

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

/// Whether both words stand in one class of that kind.
bool share_a_class(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b, ClassKind kind);

/// Words with more letters that only one of them has are different, whatever their order: two slips change at most
/// four.
constexpr int most_letters_apart = 5;

/// How many letters stand in the one word alone, and how many in the other. Written out, because the standard's count
/// is a call where the machine is not known.
struct LettersApart {
    int only_in_one = 0;
    int only_in_other = 0;
};
constexpr LettersApart letters_apart(std::uint32_t one, std::uint32_t other)
{
    auto bits = std::uint64_t{one & ~other} << 32U | (other & ~one);
    bits -= bits >> 1U & 0x5555555555555555U;
    bits = (bits & 0x3333333333333333U) + (bits >> 2U & 0x3333333333333333U);
    bits = (bits + (bits >> 4U)) & 0x0F0F0F0F0F0F0F0FU;
    bits += bits >> 8U;
    bits += bits >> 16U;
    return {static_cast<int>(bits >> 32U & 0x3FU), static_cast<int>(bits & 0x3FU)};
}

/// How many digits stand in the one value oftener than in the other. A slip changes two at most.
inline int digits_apart(WordSketch a, WordSketch b)
{
    const auto other = (a.rest ^ b.rest) >> sketch_length_bits;
    auto bits = (other | other >> 1U) & 0x55555U;
    bits = (bits & 0x33333U) + (bits >> 2U & 0x33333U);
    bits = (bits + (bits >> 4U)) & 0xF0F0FU;
    return static_cast<int>((bits + (bits >> 8U) + (bits >> 16U)) & 0x1FU);
}

constexpr bool has_two_bits(std::uint32_t bits)
{
    return (bits & (bits - 1U)) != 0;
}

inline bool sound_apart(WordSketch a, WordSketch b)
{
    return (a.rest ^ b.rest) > sketch_longest;
}

/// Whether two texts are different for sure by their letters, if they do not sound alike.
inline bool have_unlike_letters(WordSketch a, WordSketch b)
{
    if (((a.letters | b.letters) & is_special) != 0 || (a.classes & b.classes) != 0) return false;
    const auto [only_in_one, only_in_other] = letters_apart(a.letters, b.letters);
    if (only_in_one + only_in_other > most_letters_apart) return true;
    if (only_in_one == 0 || only_in_other == 0) return false; // one may begin with the other
    const auto one = static_cast<int>(a.rest & sketch_longest);
    const auto other = static_cast<int>(b.rest & sketch_longest);
    // A slip changes a letter of each at most, and makes one longer than the other by one at most.
    const auto slips = std::max({only_in_one, only_in_other, one - other, other - one});
    if (slips < 2 || (slips == 2 && std::min(one, other) >= 5)) return false;
    // With m letters in common Jaro and Winkler give less than 0.85 below m/one + m/other = 1.25.
    const auto in_common = std::min(one - only_in_one, other - only_in_other);
    return 4 * in_common * (one + other) < 5 * one * other;
}

/// Whether two values are more than a slip apart for sure: a slip takes one letter away and brings one in.
inline bool are_beyond_a_letter(WordSketch a, WordSketch b)
{
    return has_two_bits(a.letters & ~b.letters) || has_two_bits(b.letters & ~a.letters) || digits_apart(a, b) > 2;
}

/// Whether two words are different for sure, by their sketches alone.
inline bool are_far_apart(WordSketch a, WordSketch b)
{
    return sound_apart(a, b) && have_unlike_letters(a, b);
}

/// Whether two different words are less alike than `one_slip` for sure, by their sketches alone: a slip changes a
/// letter of each at most, and makes one longer than the other by one at most.
inline bool are_beyond_a_slip(WordSketch a, WordSketch b)
{
    if (((a.letters | b.letters) & is_special) != 0 || (a.classes & b.classes) != 0) return false;
    if (has_two_bits(a.letters & ~b.letters) || has_two_bits(b.letters & ~a.letters)) return true;
    const auto one = static_cast<int>(a.rest & sketch_longest);
    const auto other = static_cast<int>(b.rest & sketch_longest);
    return one - other > 1 || other - one > 1;
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

/// What sketches alone say: words that are said to be unlike are unlike, but not all of those.
class LikenessAtAGlance {
  public:
    explicit LikenessAtAGlance(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}
    bool are_different(WordId a, WordId b) const
    {
        return a != b && are_far_apart(vocabulary_.sketch(a), vocabulary_.sketch(b));
    }
    template <Likeness least>
    bool are_at_least(WordId a, WordId b) const
    {
        static_assert(least == Likeness::sounds_alike || least == Likeness::one_slip);
        if (a == b) return true;
        const auto one = vocabulary_.sketch(a);
        const auto other = vocabulary_.sketch(b);
        return !are_beyond_a_slip(one, other) || (least == Likeness::sounds_alike && !sound_apart(one, other));
    }

  private:
    const Vocabulary& vocabulary_;
};

/// Remembers what it worked out: a country has far fewer pairs of words than of records. One for each thread.
class LikenessMemory {
  public:
    explicit LikenessMemory(const Vocabulary& vocabulary, std::size_t places = std::size_t{1} << 18U);
    Likeness operator()(WordId a, WordId b)
    {
        if (a == b) return Likeness::same;
        if (are_far_apart(vocabulary_.sketch(a), vocabulary_.sketch(b))) return Likeness::different;
        return remembered(a, b);
    }
    bool are_different(WordId a, WordId b) { return (*this)(a, b) == Likeness::different; }
    /// The same as `(*this)(a, b) >= least`, of which most are found without knowing how alike they are.
    template <Likeness least>
    bool are_at_least(WordId a, WordId b)
    {
        return LikenessAtAGlance(vocabulary_).are_at_least<least>(a, b) && (*this)(a, b) >= least;
    }
    /// Asks for memory that is read soon.
    void fetch(WordId a, WordId b) const { __builtin_prefetch(&places_[place_of(key_of(a, b))]); }

  private:
    static constexpr unsigned likeness_bits = 3;
    static std::uint64_t key_of(WordId a, WordId b)
    {
        return (std::uint64_t{std::min(a, b)} << 32U | std::max(a, b)) << likeness_bits;
    }
    std::size_t place_of(std::uint64_t key) const { return (key * 0x9E3779B97F4A7C15U) >> shift_; }
    Likeness remembered(WordId a, WordId b);

    const Vocabulary& vocabulary_;
    LargeArray<std::uint64_t> places_; // two words, and their likeness below
    unsigned shift_ = 0;
};

} // namespace reachable::identity
