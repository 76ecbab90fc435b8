#include "identity/near_words.h"

#include <algorithm>
#include <bit>
#include <string>

namespace reachable::identity {
namespace {

// An entry: what its bucket does not say of the hash, the letters of the word, its number.
constexpr unsigned bucket_bits = 20;
constexpr unsigned rest_bits = 32 - bucket_bits;
constexpr unsigned letter_bits = 28;
constexpr unsigned word_bits = 24;
static_assert(rest_bits + letter_bits + word_bits == 64);
constexpr std::uint32_t rest_mask = (1U << rest_bits) - 1;
constexpr std::uint64_t letter_mask = (1U << letter_bits) - 1;
constexpr std::uint64_t word_mask = (1U << word_bits) - 1;
constexpr std::size_t most_words = std::size_t{1} << word_bits;

constexpr std::uint64_t packed_entry(std::uint32_t hash, WordId word, std::uint32_t letters)
{
    return std::uint64_t{hash & rest_mask} << (64U - rest_bits) | std::uint64_t{letters} << word_bits | word;
}

/// Slips behind these letters are found by what stands before them, and checked letter by letter then.
constexpr std::size_t compared_letters = 7;
constexpr std::size_t shortest_for_two_slips = 6;
constexpr int most_slips = 2;

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

NearWords::NearWords(const Vocabulary& vocabulary, std::span<const WordId> words)
{
    CHECK(vocabulary.size() <= most_words, "more words than an entry has bits for");
    const auto each_entry = [&](auto note) {
        for (const auto word : words) {
            const auto facts = vocabulary.facts(word);
            each_shortened(facts.text, [&](std::string_view text) { note(hash_of(text, by_letters), word, facts); });
            note(hash_of_number(facts.sound, by_sound), word, facts);
            for (const auto number : facts.classes) note(hash_of_number(number, by_class), word, facts);
            note(hash_of_number(facts.ungendered, by_gender), word, facts);
        }
    };
    buckets_.assign((std::size_t{1} << bucket_bits) + 1, 0);
    each_entry([&](std::uint32_t hash, WordId, const WordFacts&) { buckets_[(hash >> rest_bits) + 1] += 1; });
    for (std::size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
    entries_.resize(buckets_.back());
    auto next = buckets_;
    each_entry([&](std::uint32_t hash, WordId word, const WordFacts& facts) {
        entries_[next[hash >> rest_bits]++] = packed_entry(hash, word, facts.letters);
    });
}

template <class Each>
void NearWords::each_with(std::uint32_t hash, Each each) const
{
    if (buckets_.empty()) return;
    const auto bucket = hash >> rest_bits;
    for (auto i = buckets_[bucket]; i < buckets_[bucket + 1]; ++i)
        if (entries_[i] >> (64U - rest_bits) == (hash & rest_mask))
            each(static_cast<WordId>(entries_[i] & word_mask),
                 static_cast<std::uint32_t>(entries_[i] >> word_bits & letter_mask));
}

namespace {

/// In the order in which they first came.
void keep_each_once(std::vector<WordId>& words)
{
    std::vector<WordId> seen(std::bit_ceil(2 * words.size() + 1)); // 0: free
    const auto is_seen = [&](WordId word) {
        for (auto at = word * 0x9E3779B1U;; ++at) {
            auto& place = seen[at & (seen.size() - 1)];
            if (place == word) return true;
            if (place != 0) continue;
            place = word;
            return false;
        }
    };
    std::erase_if(words, is_seen);
}

} // namespace

/// All buckets are asked for from memory, and then what stands in them, before the first is looked at.
std::vector<std::uint32_t> NearWords::hashes_on_their_way(std::string_view word) const
{
    std::vector<std::uint32_t> hashes;
    if (buckets_.empty()) return hashes;
    hashes.reserve(32);
    each_shortened(word, [&](std::string_view text) {
        hashes.push_back(hash_of(text, by_letters));
        __builtin_prefetch(&buckets_[hashes.back() >> rest_bits]);
    });
    for (const auto hash : hashes) __builtin_prefetch(entries_.data() + buckets_[hash >> rest_bits]);
    return hashes;
}

std::vector<NearWord> NearWords::near(const Vocabulary& vocabulary, std::string_view word, std::size_t most,
                                      std::span<const Commonness> common) const
{
    // The word itself may be new to the country: what is known of it is worked out beside the vocabulary.
    const auto looked = vocabulary.look_at(word);
    std::vector<WordId> by_slips;
    for (const auto hash : hashes_on_their_way(word))
        each_with(hash, [&](WordId one, std::uint32_t letters) {
            const auto apart = letters_apart(letters, looked.letters);
            if (apart.only_in_one <= most_slips && apart.only_in_other <= most_slips) by_slips.push_back(one);
        });
    keep_each_once(by_slips);
    std::vector<WordId> proposed;
    const auto take = [&](WordId one, std::uint32_t) { proposed.push_back(one); };
    if (looked.sound != 0) each_with(hash_of_number(looked.sound, by_sound), take);
    for (const auto number : looked.classes) each_with(hash_of_number(number, by_class), take);
    if (looked.ungendered != 0) each_with(hash_of_number(looked.ungendered, by_gender), take);
    keep_each_once(proposed);
    std::ranges::sort(proposed);

    // Nearest first, commoner ones first among equals: one number says it all.
    std::vector<std::uint64_t> found;
    const auto note = [&](WordId one, Likeness alike) {
        const auto borne = one < common.size() ? common[one].borne : 0;
        found.push_back(std::uint64_t{static_cast<std::uint8_t>(alike)} << 56U | std::uint64_t{borne} << word_bits |
                        one);
    };
    const SlipsFrom slips(word);
    const auto meet = [&](WordId one, bool is_by_slips) {
        const auto facts = vocabulary.facts(one);
        const auto apart = slips.to(facts.text, most_slips);
        if (is_by_slips && apart > most_slips) return;
        if (const auto alike = identity::likeness(vocabulary, looked, facts, apart); alike > Likeness::initial)
            note(one, alike);
    };
    constexpr std::size_t ahead = 6;
    for (std::size_t i = 0; i < by_slips.size(); ++i) {
        if (i + 2 * ahead < by_slips.size()) vocabulary.fetch_facts(by_slips[i + 2 * ahead]);
        if (i + ahead < by_slips.size()) {
            const auto soon = by_slips[i + ahead];
            __builtin_prefetch(vocabulary.text(soon).data());
            if (soon < common.size()) __builtin_prefetch(&common[soon]);
        }
        if (!std::ranges::binary_search(proposed, by_slips[i])) meet(by_slips[i], true);
    }
    for (const auto one : proposed) meet(one, false);
    if (const auto letter = vocabulary.find(word.substr(0, 1)); letter != 0 && word.size() > 1)
        note(letter, Likeness::initial);
    std::ranges::sort(found, std::greater{});
    std::vector<NearWord> nearest;
    for (const auto one : found) {
        if (nearest.size() == most) break;
        nearest.push_back({static_cast<WordId>(one & word_mask), static_cast<Likeness>(one >> 56U)});
    }
    return nearest;
}

} // namespace reachable::identity
