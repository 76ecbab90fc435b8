#include "identity/vocabulary.h"

#include "identity/name_words.h"

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

} // namespace

Vocabulary::Vocabulary(const NameClasses& classes) : classes_(classes)
{
    words_.emplace_back();
}

WordId Vocabulary::add_alone(std::string_view word)
{
    const auto found = numbers_.find(word);
    if (found != numbers_.end()) return found->second;
    const auto number = static_cast<WordId>(words_.size());
    const std::string_view text = texts_.emplace_back(word);
    const auto sound = sound_of(text);
    // Words that have no sound, such as digits, sound like themselves alone.
    const auto key = sound.empty() ? "=" + std::string(text) : sound;
    const auto next_sound = static_cast<std::uint32_t>(sounds_.size() + 1);
    words_.push_back({.text = text,
                      .sound = sounds_.try_emplace(key, next_sound).first->second,
                      .letters = letters_in(text),
                      .ungendered = number,
                      .classes = classes_.of(text)});
    numbers_.emplace(text, number);
    return number;
}

WordId Vocabulary::add(std::string_view word)
{
    if (word.empty()) return 0;
    if (const auto known = find(word)) return known;
    const auto number = add_alone(word);
    if (const auto other = without_gender(word); other != word) words_[number].ungendered = add_alone(other);
    return number;
}

WordId Vocabulary::find(std::string_view word) const
{
    const auto found = numbers_.find(word);
    return found == numbers_.end() ? 0 : found->second;
}

} // namespace reachable::identity
