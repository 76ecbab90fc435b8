#include "identity/vocabulary.h"

#include "identity/name_words.h"

#include <algorithm>

namespace reachable::identity {
namespace {

std::uint32_t letters_in(std::string_view word)
{
    std::uint32_t letters = 0;
    for (const char c : word) {
        const auto bit = c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? 26 : 27;
        letters |= 1U << static_cast<unsigned>(bit);
    }
    return letters;
}

/// How often each digit stands in a value, two bits for each.
std::uint32_t digits_in(std::string_view text)
{
    std::uint32_t digits = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') continue;
        const auto shift = 2U * static_cast<unsigned>(c - '0');
        digits = (digits & ~(3U << shift)) | (((digits >> shift) + 1U) & 3U) << shift;
    }
    return digits;
}

/// Set in the sound of a word that has none.
constexpr std::uint32_t own_sound = 0x80000000U;

} // namespace

Vocabulary::Vocabulary(const NameClasses& classes) : classes_(classes)
{
    words_.emplace_back();
    sketches_.emplace_back();
}

Vocabulary::Vocabulary(const Vocabulary& other)
    : classes_(other.classes_), words_(other.words_), sketches_(other.sketches_), numbers_(other.numbers_),
      sounds_(other.sounds_)
{
    for (auto& word : words_) word.begin = texts_.keep(word.text()).data();
}

/// What is known of the word has changed.
void Vocabulary::draw(WordId word)
{
    const auto facts = words_[word].facts();
    const auto size = facts.text.size();
    const bool is_plain = size > 1 && size < sketch_longest && facts.ungendered == word;
    const auto length = static_cast<std::uint32_t>(std::min<std::size_t>(size, sketch_longest));
    const auto sound = facts.is_name ? facts.sound * 0x9E3779B1U >> sketch_length_bits : digits_in(facts.text);
    std::uint32_t classes = 0;
    for (const auto one : facts.classes) classes |= 1U << (one & 31U);
    std::uint32_t begins = 0x811C9DC5U;
    for (const char c : facts.text.substr(0, size > 3 ? size - 3 : 0))
        begins = (begins ^ static_cast<unsigned char>(c)) * 0x01000193U;
    sketches_[word] = {.letters = facts.letters | (is_plain ? 0U : is_special),
                       .rest = sound << sketch_length_bits | length,
                       .classes = classes,
                       .begins = begins};
}

WordId Vocabulary::keep(std::string_view word)
{
    const auto number = static_cast<WordId>(words_.size());
    const auto text = texts_.keep(word);
    words_.push_back({.begin = text.data(),
                      .sound = own_sound | number,
                      .ungendered = number,
                      .letters = letters_in(text) & all_letters,
                      .length = static_cast<std::uint32_t>(text.size()) & longest});
    numbers_.add(text, number);
    sketches_.emplace_back();
    draw(number);
    return number;
}

WordId Vocabulary::add_value(std::string_view text)
{
    if (text.empty()) return 0;
    text = text.substr(0, longest);
    if (const auto known = find(text)) return known;
    return keep(text);
}

WordId Vocabulary::add_alone(std::string_view word)
{
    const auto known = find(word);
    if (known != 0 && words_[known].is_name) return known;
    const auto number = known != 0 ? known : keep(word);
    auto& kept = words_[number];
    const auto classes = classes_.of(word);
    kept.is_name = 1;
    kept.first_class = classes.data();
    kept.class_count = static_cast<std::uint32_t>(classes.size()) & most_classes;
    const auto next_sound = static_cast<std::uint32_t>(sounds_.size() + 1);
    if (const auto sound = sound_of(word); !sound.empty())
        kept.sound = sounds_.try_emplace(sound, next_sound).first->second;
    draw(number);
    return number;
}

WordId Vocabulary::add(std::string_view word)
{
    if (word.empty()) return 0;
    word = word.substr(0, longest);
    if (const auto known = find(word); known != 0 && words_[known].is_name) return known;
    const auto number = add_alone(word);
    if (const auto other = without_gender(word); other != word) words_[number].ungendered = add_alone(other);
    draw(number);
    return number;
}

std::size_t Vocabulary::bytes() const
{
    constexpr std::size_t of_a_node = 56; // of an unordered map: the pair, the hash, two pointers of the allocator
    return words_.capacity() * sizeof(Kept) + sketches_.capacity() * sizeof(WordSketch) + texts_.bytes() +
           numbers_.bytes() + sounds_.size() * of_a_node + sounds_.bucket_count() * 8;
}

WordFacts Vocabulary::look_at(std::string_view word) const
{
    if (const auto known = find(word); known != 0 && words_[known].is_name) return facts(known);
    const auto sound = sounds_.find(sound_of(word));
    const auto other = without_gender(word);
    return {.text = word,
            .sound = sound == sounds_.end() ? 0 : sound->second,
            .letters = letters_in(word),
            .ungendered = other == word ? 0 : find(other),
            .is_name = true,
            .classes = classes_.of(word)};
}

WordId Vocabulary::find(std::string_view word) const
{
    return numbers_.find(word, [&](WordId number) { return words_[number].text(); });
}

} // namespace reachable::identity
