#include "identity/blocking.h"

#include <algorithm>
#include <unordered_map>

namespace reachable::identity {
namespace {

/// Keys from here on are of blocks too large to be walked whole. They are the greatest, because a pair is given at its
/// smallest key: what a small block proposes must not be left to a large one, where the two may stand far apart.
constexpr std::uint32_t first_of_too_large = 0xFF000000U;

/// Spreads up to three facts over 32 bits; 0 if one of them is missing.
std::uint32_t key(std::uint32_t kind, std::uint64_t a, std::uint64_t b, std::uint64_t c = 1)
{
    if (a == 0 || b == 0 || c == 0) return 0;
    auto x = a * 0x9E3779B97F4A7C15U ^ (b + kind) * 0xC2B2AE3D27D4EB4FU ^ c * 0x165667B19E3779F9U;
    x ^= x >> 29U;
    x *= 0xBF58476D1CE4E5B9U;
    x ^= x >> 32U;
    const auto spread = static_cast<std::uint32_t>(x) | 1U;
    return spread < first_of_too_large ? spread : spread ^ 0x80000000U;
}

/// The first letters of a word as a number; 0 for none.
std::uint32_t beginning(const Vocabulary& vocabulary, WordId word, std::size_t letters)
{
    std::uint32_t number = 0;
    for (const char c : vocabulary.text(word).substr(0, letters))
        number = number * 256U + static_cast<unsigned char>(c);
    return number;
}

/// The last letters of a word as a number: a slip at the beginning leaves them.
std::uint32_t ending(const Vocabulary& vocabulary, WordId word, std::size_t letters)
{
    const auto text = vocabulary.text(word);
    std::uint32_t number = 0;
    for (const char c : text.substr(text.size() > letters ? text.size() - letters : 0))
        number = number * 256U + static_cast<unsigned char>(c);
    return number;
}

/// Equal for spellings and short forms of one name, else the sound.
std::uint32_t name_class(const Vocabulary& vocabulary, WordId word)
{
    if (word == 0) return 0;
    const auto classes = vocabulary.classes(vocabulary.ungendered(word));
    if (!classes.empty()) return 0x80000000U | classes.front();
    return vocabulary.sound(vocabulary.ungendered(word));
}

/// The same for both orders of two facts.
std::uint64_t unordered(std::uint64_t a, std::uint64_t b)
{
    return a == 0 || b == 0 ? 0 : std::min(a, b) << 32U | std::max(a, b);
}

/// Gathers the keys of one record; what is missing gives none.
struct Gathered {
    Keys keys{};
    std::size_t count = 0;

    void add(std::uint32_t kind, std::uint64_t a, std::uint64_t b = 1, std::uint64_t c = 1)
    {
        const auto one = key(kind, a, b, c);
        if (one != 0 && count < most_keys) keys[count++] = one;
    }
    /// Sorted, none twice, unused ones behind.
    Keys sorted()
    {
        const auto end = keys.begin() + static_cast<std::ptrdiff_t>(count);
        std::sort(keys.begin(), end);
        std::fill(std::unique(keys.begin(), end), keys.end(), 0U);
        return keys;
    }
};

constexpr std::uint32_t word_kind = 1;

} // namespace

Keys keys_of(const Row& row, const Vocabulary& vocabulary)
{
    Gathered gathered;
    const auto given = row.name.given[0];
    const auto family = row.name.family[0];
    const auto given_class = name_class(vocabulary, given);
    const auto family_class = name_class(vocabulary, family);
    const auto& born = row.born;
    const bool has_day = born.day != 0;
    const std::uint64_t year = born.year;
    gathered.add(2, row.identifier);
    gathered.add(3, row.email);
    gathered.add(4, row.mailbox);
    gathered.add(5, row.phone);
    gathered.add(6, row.address);
    // One word alone, in either box: a name whose boxes were exchanged, or with one of them blank.
    for (const auto word : row.name.given) gathered.add(word_kind, name_class(vocabulary, word));
    for (const auto word : row.name.family) gathered.add(word_kind, name_class(vocabulary, word));
    gathered.add(7, beginning(vocabulary, family, 3), beginning(vocabulary, given, 1));
    gathered.add(8, ending(vocabulary, family, 3), beginning(vocabulary, given, 1));
    gathered.add(9, unordered(given_class, family_class));
    if (has_day) {
        gathered.add(10, born.number());
        gathered.add(11, unordered(born.month, born.day), year);
        gathered.add(12, born.month * 32U + born.day, given_class);
        gathered.add(13, born.month * 32U + born.day, family_class);
        gathered.add(14, year * 32U + born.day, beginning(vocabulary, given, 1), beginning(vocabulary, family, 1));
    }
    if (born.month != 0) gathered.add(15, year * 13U + born.month, beginning(vocabulary, given, 2));
    if (born.month != 0) gathered.add(16, year * 13U + born.month, beginning(vocabulary, family, 2));
    gathered.add(17, row.postcode, given_class);
    gathered.add(18, row.postcode, year);
    gathered.add(19, row.place, given_class);
    gathered.add(20, row.place, family_class);
    return gathered.sorted();
}

namespace {

/// In a large population blocks of 150 propose twice as many pairs as those of 60, and among them none that is one
/// person's (bench/link).
std::size_t afforded_by(const Population& population)
{
    return population.size() <= 100'000 ? 150 : 60;
}

} // namespace

Blocks::Blocks(const Population& population, std::size_t most) : most_(most == 0 ? afforded_by(population) : most)
{
    keys_.reserve(population.size());
    for (std::uint32_t i = 0; i < population.size(); ++i)
        keys_.push_back(keys_of(population.row(i), population.vocabulary()));
    sort();
    divide_large(population, most_);
}

namespace {

/// By their upper halves; equal ones keep their order. Digits of so many bits, the lowest first.
void sort_by_key(std::vector<std::uint64_t>& list)
{
    constexpr unsigned digit_bits = 11;
    constexpr std::size_t digits = std::size_t{1} << digit_bits;
    std::vector<std::uint64_t> other(list.size());
    for (unsigned shift = 32; shift < 64; shift += digit_bits) {
        std::vector<std::size_t> starts(digits + 1, 0);
        for (const auto one : list) starts[(one >> shift & (digits - 1)) + 1] += 1;
        for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
        for (const auto one : list) other[starts[one >> shift & (digits - 1)]++] = one;
        list.swap(other);
    }
}

} // namespace

std::uint64_t Blocks::most_pairs() const
{
    std::uint64_t pairs = 0;
    for (std::size_t block = 0; block + 1 < starts_.size(); ++block) {
        const std::uint64_t size = starts_[block + 1] - starts_[block];
        pairs += size <= most_ ? size * (size - 1) / 2 : size * most_;
    }
    return pairs;
}

void Blocks::sort()
{
    std::vector<std::uint64_t> sorted;
    std::size_t count = 0;
    for (const auto& keys : keys_) count += static_cast<std::size_t>(std::ranges::find(keys, 0U) - keys.begin());
    sorted.reserve(count);
    for (std::uint32_t i = 0; i < keys_.size(); ++i)
        for (const auto key : keys_[i])
            if (key != 0) sorted.push_back(std::uint64_t{key} << 32U | i);
    sort_by_key(sorted);
    records_.resize(sorted.size());
    starts_.clear();
    keys_of_blocks_.clear();
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        records_[i] = static_cast<std::uint32_t>(sorted[i]);
        const auto key = static_cast<std::uint32_t>(sorted[i] >> 32U);
        if (!keys_of_blocks_.empty() && keys_of_blocks_.back() == key) continue;
        starts_.push_back(static_cast<std::uint32_t>(i));
        keys_of_blocks_.push_back(key);
    }
    starts_.push_back(static_cast<std::uint32_t>(sorted.size()));
}

void Blocks::divide_large(const Population& population, std::size_t most)
{
    const auto& vocabulary = population.vocabulary();
    bool is_changed = false;
    std::vector<std::uint32_t> parts;
    std::unordered_map<std::uint32_t, std::size_t> sizes;
    for (std::size_t block = 0; block + 1 < starts_.size(); ++block) {
        if (starts_[block + 1] - starts_[block] <= most) continue;
        is_changed = true;
        parts.clear();
        sizes.clear();
        for (auto i = starts_[block]; i < starts_[block + 1]; ++i) {
            const auto& row = population.row(records_[i]);
            const auto names = std::uint64_t{beginning(vocabulary, row.name.given[0], 1)} << 8U |
                               beginning(vocabulary, row.name.family[0], 1);
            parts.push_back(key(100, keys_of_blocks_[block], names + 1, std::uint64_t{row.born.year} + 1));
            sizes[parts.back()] += 1;
        }
        for (std::size_t i = 0; i < parts.size(); ++i)
            *std::ranges::find(keys_[records_[starts_[block] + i]], keys_of_blocks_[block]) =
                sizes[parts[i]] > most ? parts[i] | first_of_too_large : parts[i];
    }
    if (!is_changed) return;
    for (auto& keys : keys_) {
        const auto end = std::ranges::find(keys, 0U);
        std::sort(keys.begin(), end);
        std::fill(std::unique(keys.begin(), end), keys.end(), 0U);
    }
    sort();
}

} // namespace reachable::identity
