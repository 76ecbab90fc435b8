// Every distinct word of every name, once, with a number. Records hold numbers: comparing two words is comparing two
// numbers, and what is known of a word (its sound, its classes) is worked out once.
#pragma once

#include "base/large_array.h"
#include "identity/name_classes.h"
#include "identity/texts.h"

#include <string>
#include <unordered_map>

namespace reachable::identity {

/// The number of a word; 0 stands for none.
using WordId = std::uint32_t;

/// What is known of a word by itself.
struct WordFacts {
    std::string_view text;
    /// Equal for words that sound alike; a word without a sound has one of its own. 0: no word sounds like it.
    std::uint32_t sound = 0;
    /// One bit for each letter that stands in the word, one for all digits and one for all else.
    std::uint32_t letters = 0;
    /// The family name of the other gender, or the word itself; 0: no word of the vocabulary.
    WordId ungendered = 0;
    bool is_name = false;
    std::span<const std::uint32_t> classes = {};
};

/// The little of a text that tells most texts apart. One cache line holds those of four.
struct WordSketch {
    std::uint32_t letters = 0; // as of WordFacts, and `is_special`
    std::uint32_t rest = 0;    // its length; above it a hash of its sound, or how often each digit stands in it
    std::uint32_t classes = 0; // a bit for each class, which classes share
    std::uint32_t begins = 0;  // a hash of all but the last three letters: the outward part of a postcode
};
/// In the letters of a sketch: the word is a single letter or has another gender, so that the rest does not say it all.
constexpr std::uint32_t is_special = 0x80000000U;
constexpr unsigned sketch_length_bits = 6;
constexpr std::uint32_t sketch_longest = (1U << sketch_length_bits) - 1;

/// Owns the texts of its words. Words are only ever added. Not safe to add to while others read.
class Vocabulary {
  public:
    /// `classes` must outlive this.
    explicit Vocabulary(const NameClasses& classes);
    Vocabulary(const Vocabulary& other);
    Vocabulary(Vocabulary&& other) = default;
    Vocabulary& operator=(const Vocabulary&) = delete;
    ~Vocabulary() = default;

    /// The number of a folded word, a new one if it was not seen before; 0 for "".
    WordId add(std::string_view word);
    /// The same for a text that is no word of a name, such as a town or an address: it has no sound and no classes.
    WordId add_value(std::string_view text);
    /// The number of a word that was added before, else 0.
    WordId find(std::string_view word) const;
    /// What can be said of a word that may not be in the vocabulary, without adding it. `word` must outlive the answer.
    WordFacts look_at(std::string_view word) const;

    /// Whether the list of names has it, whoever bears it.
    bool is_on_list(std::string_view word) const { return !classes_.of(word).empty(); }

    WordFacts facts(WordId word) const { return words_[word].facts(); }
    /// Asks for memory that is read soon.
    void fetch_facts(WordId word) const { __builtin_prefetch(&words_[word]); }
    WordSketch sketch(WordId word) const { return sketches_[word]; }
    /// Asks for memory that is read soon.
    void fetch(WordId word) const { __builtin_prefetch(&sketches_[word]); }
    std::string_view text(WordId word) const { return words_[word].text(); }
    std::uint32_t sound(WordId word) const { return words_[word].sound; }
    WordId ungendered(WordId word) const { return words_[word].ungendered; }
    std::span<const std::uint32_t> classes(WordId word) const { return words_[word].classes(); }
    ClassKind kind_of_class(std::uint32_t number) const { return classes_.kind_of(number); }
    /// Whether brothers and sisters may share the word before their own names.
    bool is_leading(WordId word) const
    {
        for (const auto one : classes(word))
            if (kind_of_class(one) == ClassKind::leading) return true;
        return false;
    }
    /// About how much memory it takes, its maps included.
    std::size_t bytes() const;
    /// One more than the largest number given.
    std::size_t size() const { return words_.size(); }

  private:
    /// The facts of a word in half a cache line. Longer texts than fit are cut; no name has more classes than fit.
    struct Kept {
        const char* begin = nullptr;
        const std::uint32_t* first_class = nullptr;
        std::uint32_t sound = 0;
        WordId ungendered = 0;
        std::uint32_t letters : 31 = 0;
        std::uint32_t is_name : 1 = 0;
        std::uint32_t length : 24 = 0;
        std::uint32_t class_count : 8 = 0;

        std::string_view text() const { return {begin, length}; }
        std::span<const std::uint32_t> classes() const { return {first_class, class_count}; }
        WordFacts facts() const { return {text(), sound, letters, ungendered, is_name != 0, classes()}; }
    };
    static_assert(sizeof(Kept) == 32);
    static constexpr std::uint32_t all_letters = (1U << 31U) - 1;
    static constexpr std::uint32_t longest = (1U << 24U) - 1;
    static constexpr std::uint32_t most_classes = 255;

    void draw(WordId word);
    WordId keep(std::string_view word);
    WordId add_alone(std::string_view word);

    const NameClasses& classes_;
    TextArena texts_;
    LargeArray<Kept> words_;
    LargeArray<WordSketch> sketches_;
    TextNumbers numbers_;
    std::unordered_map<std::string, std::uint32_t> sounds_;
};

} // namespace reachable::identity
