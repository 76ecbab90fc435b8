// Every distinct word of every name, once, with a number. Records hold numbers: comparing two words is comparing two
// numbers, and what is known of a word (its sound, its classes) is worked out once.
#pragma once

#include "identity/name_classes.h"

#include <deque>
#include <string>
#include <unordered_map>

namespace reachable::identity {

/// The number of a word; 0 stands for none.
using WordId = std::uint32_t;

/// Owns the texts of its words. Words are only ever added. Not safe to add to while others read.
class Vocabulary {
  public:
    /// `classes` must outlive this.
    explicit Vocabulary(const NameClasses& classes);

    /// The number of a folded word, a new one if it was not seen before; 0 for "".
    WordId add(std::string_view word);
    /// The number of a word that was added before, else 0.
    WordId find(std::string_view word) const;

    std::string_view text(WordId word) const { return words_[word].text; }
    /// Of words without a sound, such as digits: the word's own.
    std::uint32_t sound(WordId word) const { return words_[word].sound; }
    /// One bit for each letter that stands in the word, one for all digits and one for all else.
    std::uint32_t letters(WordId word) const { return words_[word].letters; }
    WordId ungendered(WordId word) const { return words_[word].ungendered; }
    std::span<const std::uint16_t> classes(WordId word) const { return words_[word].classes; }
    ClassKind kind_of_class(std::uint16_t number) const { return classes_.kind_of(number); }
    /// One more than the largest number given.
    std::size_t size() const { return words_.size(); }

  private:
    struct Word {
        std::string_view text;
        std::uint32_t sound = 0;
        std::uint32_t letters = 0;
        WordId ungendered = 0;
        std::span<const std::uint16_t> classes;
    };
    WordId add_alone(std::string_view word);

    const NameClasses& classes_;
    std::deque<std::string> texts_;
    std::vector<Word> words_;
    std::unordered_map<std::string_view, WordId> numbers_;
    std::unordered_map<std::string, std::uint32_t> sounds_;
};

} // namespace reachable::identity
