#include "identity/blocking.h"

#include "base/share_out.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

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

Keys keys_of(const Row& row, const Vocabulary& vocabulary, KeySet set)
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
    gathered.add(9, unordered(given_class, family_class));
    if (set == KeySet::of_many && has_day) {
        gathered.add(21, born.number(), beginning(vocabulary, given, 1));
        gathered.add(22, born.number(), beginning(vocabulary, family, 1));
    }
    if (set == KeySet::all) {
        gathered.add(7, beginning(vocabulary, family, 3), beginning(vocabulary, given, 1));
        gathered.add(8, ending(vocabulary, family, 3), beginning(vocabulary, given, 1));
        if (has_day) gathered.add(10, born.number());
        if (has_day) gathered.add(11, unordered(born.month, born.day), year);
        if (born.month != 0) gathered.add(15, year * 13U + born.month, beginning(vocabulary, given, 2));
        if (born.month != 0) gathered.add(16, year * 13U + born.month, beginning(vocabulary, family, 2));
    }
    if (has_day) {
        gathered.add(12, born.month * 32U + born.day, given_class);
        gathered.add(13, born.month * 32U + born.day, family_class);
        gathered.add(14, year * 32U + born.day, beginning(vocabulary, given, 1), beginning(vocabulary, family, 1));
    }
    gathered.add(17, row.postcode, given_class);
    gathered.add(18, row.postcode, year);
    gathered.add(19, row.place, given_class);
    gathered.add(20, row.place, family_class);
    return gathered.sorted();
}

namespace {

constexpr std::size_t many = 100'000;

/// Of two systems with 200,000 people, all keys and blocks of 60 propose 26 million pairs and all but 0.05% of those
/// that are one person's; the keys of many and blocks of 20 propose 6.5 million and all but 0.18% (bench/link).
std::size_t afforded_by(const Population& population)
{
    return population.size() <= many ? 150 : 20;
}

/// Calls `work` with each record, some thousands at once on one thread.
template <class Work>
void share_out_records(unsigned threads, std::size_t count, Work work)
{
    constexpr std::size_t at_once = 8192;
    share_out(threads, (count + at_once - 1) / at_once, [&](std::size_t part) {
        for (auto i = part * at_once; i < std::min(count, (part + 1) * at_once); ++i) work(i);
    });
}

/// By their upper halves; equal ones keep their order. Digits of so many bits, the lowest first.
void sort_by_key(std::vector<std::uint64_t>& list)
{
    constexpr unsigned digit_bits = 11;
    constexpr std::size_t digits = std::size_t{1} << digit_bits;
    std::vector<std::uint64_t> other(list.size());
    for (unsigned shift = 32; shift < 64; shift += digit_bits) {
        std::array<std::size_t, digits + 1> starts{};
        for (const auto one : list) starts[(one >> shift & (digits - 1)) + 1] += 1;
        for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
        for (const auto one : list) other[starts[one >> shift & (digits - 1)]++] = one;
        list.swap(other);
    }
}

/// Those who share a key, in the order of their numbers.
struct Sharing {
    std::uint32_t key = 0;
    std::span<const std::uint64_t> entries; // the record is the lower half
};

/// Calls `each` for every key of one of the parts of all keys, in rising order.
template <class Each>
void for_each_key(const LargeArray<Keys>& keys, std::size_t part, std::size_t parts, Each each)
{
    const auto part_of = [&](std::uint32_t key) { return std::uint64_t{key} * parts >> 32U; };
    std::vector<std::uint64_t> entries;
    for (std::uint32_t i = 0; i < keys.size(); ++i)
        for (const auto key : keys[i]) {
            if (key == 0 || part_of(key) > part) break; // they are sorted
            if (part_of(key) == part) entries.push_back(std::uint64_t{key} << 32U | i);
        }
    sort_by_key(entries);
    for (auto begin = entries.begin(); begin != entries.end();) {
        const auto key = static_cast<std::uint32_t>(*begin >> 32U);
        const auto end = std::find_if(begin, entries.end(), [&](std::uint64_t one) { return one >> 32U != key; });
        each(Sharing{key, std::span(begin, end)});
        begin = end;
    }
}

/// What divides a block that is too large: the first letters of the names, and the year of birth.
std::vector<std::uint32_t> dividing_facts(const Population& population)
{
    std::vector<std::uint32_t> facts;
    facts.reserve(population.size());
    for (std::uint32_t i = 0; i < population.size(); ++i) {
        const auto& row = population.row(i);
        const auto& vocabulary = population.vocabulary();
        facts.push_back(beginning(vocabulary, row.name.given[0], 1) << 24U |
                        beginning(vocabulary, row.name.family[0], 1) << 16U | row.born.year);
    }
    return facts;
}

std::uint32_t key_of_part(std::uint32_t key_of_block, std::uint32_t facts)
{
    return key(100, key_of_block, (facts >> 16U) + 1U, std::uint64_t{facts & 0xFFFFU} + 1);
}

} // namespace

Blocks::Blocks(const Population& population, std::size_t most, unsigned threads)
    : most_(most == 0 ? afforded_by(population) : most), threads_(threads), parts_(population.size() <= many ? 1 : 16)
{
    make_keys(population);
    divide_large(population);
    gather();
}

void Blocks::make_keys(const Population& population)
{
    const auto set = population.size() <= many ? KeySet::all : KeySet::of_many;
    keys_.resize(population.size());
    share_out_records(threads_, keys_.size(), [&](std::size_t i) {
        keys_[i] = keys_of(population.row(static_cast<std::uint32_t>(i)), population.vocabulary(), set);
    });
}

std::uint64_t Blocks::most_pairs() const
{
    std::uint64_t pairs = 0;
    for (std::size_t block = 0; block + 1 < starts_.size(); ++block) {
        const std::uint64_t size = starts_[block + 1] - starts_[block];
        pairs += size <= most_ ? size * (size - 1) / 2 : size * most_;
    }
    return pairs;
}

void Blocks::divide_large(const Population& population)
{
    struct Found {
        std::vector<std::uint32_t> large;       // keys of blocks that are too large
        std::vector<std::uint32_t> still_large; // keys of their parts that are
    };
    const auto facts = dividing_facts(population);
    std::vector<Found> found(parts_);
    share_out(threads_, parts_, [&](std::size_t part) {
        std::unordered_map<std::uint32_t, std::size_t> sizes;
        for_each_key(keys_, part, parts_, [&](const Sharing& block) {
            if (block.entries.size() <= most_) return;
            found[part].large.push_back(block.key);
            sizes.clear();
            for (const auto entry : block.entries)
                sizes[key_of_part(block.key, facts[static_cast<std::uint32_t>(entry)])] += 1;
            for (const auto& [key, size] : sizes)
                if (size > most_) found[part].still_large.push_back(key);
        });
    });
    std::unordered_set<std::uint32_t> large;
    std::unordered_set<std::uint32_t> still_large;
    for (const auto& one : found) {
        large.insert(one.large.begin(), one.large.end());
        still_large.insert(one.still_large.begin(), one.still_large.end());
    }
    share_out_records(threads_, large.empty() ? 0 : keys_.size(), [&](std::size_t i) {
        auto& keys = keys_[i];
        const auto end = std::ranges::find(keys, 0U);
        bool is_changed = false;
        for (auto at = keys.begin(); at != end; ++at) {
            if (!large.contains(*at)) continue;
            const auto divided = key_of_part(*at, facts[i]);
            *at = still_large.contains(divided) ? divided | first_of_too_large : divided;
            is_changed = true;
        }
        if (!is_changed) return;
        std::sort(keys.begin(), end);
        std::fill(std::unique(keys.begin(), end), keys.end(), 0U);
    });
}

void Blocks::gather()
{
    struct Part {
        std::vector<std::uint32_t> records;
        std::vector<std::uint32_t> starts;
        std::vector<std::uint32_t> keys;
    };
    std::vector<Part> gathered(parts_);
    share_out(threads_, parts_, [&](std::size_t number) {
        auto& part = gathered[number];
        for_each_key(keys_, number, parts_, [&](const Sharing& block) {
            if (block.entries.size() < 2) return;
            part.starts.push_back(static_cast<std::uint32_t>(part.records.size()));
            part.keys.push_back(block.key);
            for (const auto entry : block.entries) part.records.push_back(static_cast<std::uint32_t>(entry));
        });
    });
    std::size_t record_count = 0;
    std::size_t block_count = 0;
    for (const auto& part : gathered) {
        record_count += part.records.size();
        block_count += part.keys.size();
    }
    records_.reserve(record_count);
    starts_.reserve(block_count + 1);
    keys_of_blocks_.reserve(block_count);
    for (auto& part : gathered) {
        for (const auto start : part.starts) starts_.push_back(static_cast<std::uint32_t>(records_.size()) + start);
        records_.insert(records_.end(), part.records.begin(), part.records.end());
        keys_of_blocks_.insert(keys_of_blocks_.end(), part.keys.begin(), part.keys.end());
        part = {};
    }
    starts_.push_back(static_cast<std::uint32_t>(records_.size()));
}

} // namespace reachable::identity
