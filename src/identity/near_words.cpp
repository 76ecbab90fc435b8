#include "identity/near_words.h"

#include <algorithm>
#include <string>

namespace reachable::identity {
namespace {

constexpr unsigned bucket_bits = 20;
/// Slips behind these letters are found by what stands before them, and checked letter by letter then.
constexpr std::size_t compared_letters = 7;
constexpr std::size_t shortest_for_two_slips = 5;

std::uint32_t hash_of(std::string_view text, std::uint32_t kind)
{
    std::uint64_t hash = 0xCBF29CE484222325U ^ kind;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    hash ^= hash >> 32U;
    hash *= 0x9E3779B97F4A7C15U;
    return static_cast<std::uint32_t>(hash >> 32U);
}

enum : std::uint32_t { by_letters = 1, by_sound = 2, by_class = 3, by_gender = 4 };

std::uint32_t hash_of_number(std::uint32_t number, std::uint32_t kind)
{
    std::uint64_t hash = (std::uint64_t{kind} << 32U | number) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29U;
    hash *= 0xBF58476D1CE4E5B9U;
    return static_cast<std::uint32_t>(hash >> 32U);
}

/// The beginning of the word, and it without each letter, and without each two in longer words.
template <class Each>
void each_shortened(std::string_view word, Each each)
{
    const auto begins = word.substr(0, compared_letters);
    each(begins);
    if (begins.size() < 2) return;
    std::string shorter;
    for (std::size_t i = 0; i < begins.size(); ++i) {
        shorter.assign(begins);
        shorter.erase(i, 1);
        each(std::string_view(shorter));
        if (word.size() < shortest_for_two_slips) continue;
        for (std::size_t j = i; j < shorter.size(); ++j) {
            auto twice = shorter;
            twice.erase(j, 1);
            each(std::string_view(twice));
        }
    }
}

} // namespace

NearWords::NearWords(const Vocabulary& vocabulary, const std::function<bool(WordId)>& is_wanted)
{
    for (WordId word = 1; word < vocabulary.size(); ++word) {
        if (!is_wanted(word)) continue;
        each_shortened(vocabulary.text(word), [&](std::string_view text) { note(hash_of(text, by_letters), word); });
        note(hash_of_number(vocabulary.sound(word), by_sound), word);
        for (const auto number : vocabulary.classes(word)) note(hash_of_number(number, by_class), word);
        note(hash_of_number(vocabulary.ungendered(word), by_gender), word);
    }
    sort();
}

void NearWords::sort()
{
    std::ranges::sort(entries_);
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    entries_.shrink_to_fit();
    buckets_.assign((std::size_t{1} << bucket_bits) + 1, 0);
    for (const auto entry : entries_) buckets_[(entry >> (64U - bucket_bits)) + 1] += 1;
    for (std::size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
}

template <class Each>
void NearWords::each_with(std::uint32_t hash, Each each) const
{
    if (buckets_.empty()) return;
    const auto bucket = hash >> (32U - bucket_bits);
    for (auto i = buckets_[bucket]; i < buckets_[bucket + 1]; ++i)
        if (static_cast<std::uint32_t>(entries_[i] >> 32U) == hash) each(static_cast<WordId>(entries_[i]));
}

std::vector<NearWord> NearWords::near(const Vocabulary& vocabulary, std::string_view word, std::size_t most,
                                      const std::function<std::uint32_t(WordId)>& count) const
{
    std::vector<WordId> proposed;
    const auto take = [&](WordId one) { proposed.push_back(one); };
    each_shortened(word, [&](std::string_view text) { each_with(hash_of(text, by_letters), take); });
    // The word itself may be new to the country: what is known of it is worked out beside the vocabulary.
    const auto looked = vocabulary.look_at(word);
    if (looked.sound != 0) each_with(hash_of_number(looked.sound, by_sound), take);
    for (const auto number : looked.classes) each_with(hash_of_number(number, by_class), take);
    if (looked.ungendered != 0) each_with(hash_of_number(looked.ungendered, by_gender), take);
    std::ranges::sort(proposed);
    proposed.erase(std::unique(proposed.begin(), proposed.end()), proposed.end());

    std::vector<NearWord> found;
    for (const auto one : proposed)
        if (const auto alike = identity::likeness(vocabulary, looked, vocabulary.facts(one)); alike > Likeness::initial)
            found.push_back({one, alike});
    if (const auto letter = vocabulary.find(word.substr(0, 1)); letter != 0 && word.size() > 1)
        found.push_back({letter, Likeness::initial});
    std::ranges::sort(found, [&](const NearWord& a, const NearWord& b) {
        return a.likeness != b.likeness ? a.likeness > b.likeness : count(a.word) > count(b.word);
    });
    if (found.size() > most) found.resize(most);
    return found;
}

} // namespace reachable::identity
