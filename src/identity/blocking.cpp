#include "identity/blocking.h"

#include "base/share_out.h"

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
void sort_by_key(LargeArray<std::uint64_t>& list)
{
    constexpr unsigned digit_bits = 11;
    constexpr std::size_t digits = std::size_t{1} << digit_bits;
    LargeArray<std::uint64_t> other(list.size());
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
void for_each_key(const KeyLists& keys, std::size_t part, std::size_t parts, Each each)
{
    const auto part_of = [&](std::uint32_t key) { return std::uint64_t{key} * parts >> 32U; };
    LargeArray<std::uint64_t> entries;
    entries.reserve(keys.key_count() / parts + keys.key_count() / parts / 16);
    for (std::uint32_t i = 0; i < keys.size(); ++i)
        for (const auto key : keys.of(i)) {
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

/// Keys that are looked for millions of times: open addressing in one array.
class SetOfKeys {
  public:
    explicit SetOfKeys(std::size_t most) : places_(std::bit_ceil(2 * most + 1)) {}
    void add(std::uint32_t key) { places_[place_of(key)] = key; }
    bool contains(std::uint32_t key) const { return places_[place_of(key)] == key; }

  private:
    std::size_t place_of(std::uint32_t key) const
    {
        const auto last = places_.size() - 1;
        std::size_t at = key * 0x9E3779B1U >> 7U & last;
        while (places_[at] != 0 && places_[at] != key) at = (at + 1) & last;
        return at;
    }
    LargeArray<std::uint32_t> places_; // 0: free
};

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

void BitRow::add(std::uint64_t bits, std::size_t count)
{
    if (count == 0) return;
    const auto shift = size_ % 64;
    if (shift == 0)
        words_.push_back(bits);
    else
        words_.back() |= bits << shift;
    if (shift != 0 && shift + count > 64) words_.push_back(bits >> (64 - shift));
    size_ += count;
}

void BitRow::add(const BitRow& others)
{
    for (std::uint64_t at = 0; at < others.size_; at += 64) {
        const auto count = std::min<std::uint64_t>(64, others.size_ - at);
        add(others.read(at, count), count);
    }
}

KeyLists::KeyLists(const Population& population, KeySet set, unsigned threads)
{
    // Some thousands of records at once on one thread, and their lists one behind the other when all are there.
    constexpr std::size_t at_once = 65'536;
    const auto count = population.size();
    std::vector<LargeArray<std::uint32_t>> gathered((count + at_once - 1) / at_once);
    starts_.resize(count + 1);
    share_out(threads, gathered.size(), [&](std::size_t part) {
        gathered[part].reserve(std::min(at_once, count - part * at_once) * 16);
        for (auto i = part * at_once; i < std::min(count, (part + 1) * at_once); ++i) {
            const auto keys = keys_of(population.row(static_cast<std::uint32_t>(i)), population.vocabulary(), set);
            const auto end = std::ranges::find(keys, 0U);
            gathered[part].insert(gathered[part].end(), keys.begin(), end);
            starts_[i + 1] = static_cast<std::uint32_t>(end - keys.begin());
        }
    });
    for (std::size_t i = 0; i < count; ++i) starts_[i + 1] += starts_[i];
    keys_.reserve(starts_.back());
    for (auto& part : gathered) {
        keys_.insert(keys_.end(), part.begin(), part.end());
        part = {};
    }
}

/// A part of the blocks while they are made.
struct Blocks::Part {
    LargeArray<std::uint32_t> records;
    LargeArray<std::uint32_t> starts{0};
    LargeArray<std::uint32_t> keys;
    BitRow is_given;

    /// Asks for memory that is read soon, when the records behind the one at that place come.
    void fetch_keys(const KeyLists& of, std::size_t at) const
    {
        constexpr std::size_t ahead = 12;
        if (at + 2 * ahead >= records.size()) return;
        of.fetch_start(records[at + 2 * ahead]);
        of.fetch(records[at + ahead]);
    }
};

Blocks::Blocks(const Population& population, std::size_t most, unsigned threads)
    : most_(most == 0 ? afforded_by(population) : most), threads_(threads), parts_(population.size() <= many ? 1 : 32)
{
    std::vector<Part> parts(parts_);
    {
        KeyLists keys(population, population.size() <= many ? KeySet::all : KeySet::of_many, threads_);
        divide_large(population, keys);
        share_out(threads_, parts_, [&](std::size_t number) {
            parts[number] = gather(keys, number);
            mark_given(keys, parts[number]);
        });
    }
    join(parts);
}

void Blocks::divide_large(const Population& population, KeyLists& keys) const
{
    struct Found {
        std::vector<std::uint32_t> large;       // keys of blocks that are too large
        std::vector<std::uint32_t> still_large; // keys of their parts that are
    };
    const auto facts = dividing_facts(population);
    std::vector<Found> found(parts_);
    share_out(threads_, parts_, [&](std::size_t part) {
        std::unordered_map<std::uint32_t, std::size_t> sizes;
        for_each_key(keys, part, parts_, [&](const Sharing& block) {
            if (block.entries.size() <= most_) return;
            found[part].large.push_back(block.key);
            sizes.clear();
            for (const auto entry : block.entries)
                sizes[key_of_part(block.key, facts[static_cast<std::uint32_t>(entry)])] += 1;
            for (const auto& [key, size] : sizes)
                if (size > most_) found[part].still_large.push_back(key);
        });
    });
    std::size_t large_count = 0;
    std::size_t still_large_count = 0;
    for (const auto& one : found) {
        large_count += one.large.size();
        still_large_count += one.still_large.size();
    }
    SetOfKeys large(large_count);
    SetOfKeys still_large(still_large_count);
    for (const auto& one : found) {
        for (const auto key : one.large) large.add(key);
        for (const auto key : one.still_large) still_large.add(key);
    }
    share_out_records(threads_, large_count == 0 ? 0 : keys.size(), [&](std::size_t i) {
        const auto own = keys.of(i);
        const auto end = std::ranges::find(own, 0U);
        bool is_changed = false;
        for (auto at = own.begin(); at != end; ++at) {
            if (!large.contains(*at)) continue;
            const auto divided = key_of_part(*at, facts[i]);
            *at = still_large.contains(divided) ? divided | first_of_too_large : divided;
            is_changed = true;
        }
        if (!is_changed) return;
        std::sort(own.begin(), end);
        std::fill(std::unique(own.begin(), end), own.end(), 0U);
    });
}

Blocks::Part Blocks::gather(const KeyLists& keys, std::size_t number) const
{
    Part part;
    // Arrays that grow here leave holes where small pieces are kept.
    part.records.reserve(keys.key_count() / parts_);
    part.starts.reserve(keys.key_count() / parts_ / 3);
    part.keys.reserve(keys.key_count() / parts_ / 3);
    for_each_key(keys, number, parts_, [&](const Sharing& block) {
        if (block.entries.size() < 2) return;
        part.keys.push_back(block.key);
        for (const auto entry : block.entries) part.records.push_back(static_cast<std::uint32_t>(entry));
        part.starts.push_back(static_cast<std::uint32_t>(part.records.size()));
    });
    return part;
}

namespace {

/// The smallest key that both have; there is one.
std::uint32_t first_shared(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other)
{
    const auto* a = one.data();
    const auto* b = other.data();
    while (*a != *b) ++(*a < *b ? a : b);
    return *a;
}

/// Of the records of a block those that may share a key smaller than the block's, by a bit for each of the first 64.
/// Keys may share a place: who only may is looked at. One for many blocks.
class SmallerKeys {
  public:
    /// Those before the record of that number, which joins them.
    std::uint64_t met_by(std::size_t number, std::span<const std::uint32_t> keys, std::uint32_t own)
    {
        std::uint64_t met = 0;
        for (const auto key : keys) {
            if (key >= own || key == 0) break;
            auto& place = place_of(key);
            met |= place;
            place |= std::uint64_t{1} << number;
        }
        return met;
    }
    /// Before the next block.
    void forget(std::span<const std::uint32_t> keys, std::uint32_t own)
    {
        for (const auto key : keys) {
            if (key >= own || key == 0) break;
            place_of(key) = 0;
        }
    }

  private:
    std::uint64_t& place_of(std::uint32_t key) { return places_[key >> 1U & (places_.size() - 1)]; } // the last is set
    std::array<std::uint64_t, 1024> places_{};
};

} // namespace

void Blocks::mark_given(const KeyLists& keys, Part& part) const
{
    constexpr std::size_t at_once = 64;
    SmallerKeys smaller;
    for (std::size_t block = 0; block < part.keys.size(); ++block) {
        const auto own = part.keys[block];
        const std::size_t begin = part.starts[block];
        const auto* records = part.records.data() + begin;
        const auto size = part.starts[block + 1] - begin;
        const bool is_small = size <= at_once;
        for (std::size_t j = 0; j < size; ++j) {
            part.fetch_keys(keys, begin + j);
            const auto of_other = keys.of(records[j]);
            const auto met = is_small ? smaller.met_by(j, of_other, own) : ~std::uint64_t{0};
            for (auto i = j < most_ ? 0 : j + 1 - most_; i < j; i += at_once) {
                const auto width = std::min(at_once, j - i);
                auto given = lowest_bits(width);
                for (auto may_share = (is_small ? met >> i : met) & given; may_share != 0; may_share &= may_share - 1) {
                    const auto bit = static_cast<std::size_t>(std::countr_zero(may_share));
                    if (first_shared(keys.of(records[i + bit]), of_other) != own) given &= ~(std::uint64_t{1} << bit);
                }
                part.is_given.add(given, width);
            }
        }
        for (std::size_t j = 0; is_small && j < size; ++j) smaller.forget(keys.of(records[j]), own);
    }
}

void Blocks::join(std::vector<Part>& parts)
{
    std::size_t record_count = 0;
    std::size_t block_count = 0;
    for (const auto& part : parts) {
        record_count += part.records.size();
        block_count += part.keys.size();
    }
    records_.reserve(record_count);
    starts_.reserve(block_count + 1);
    starts_.push_back(0);
    for (auto& part : parts) {
        const auto before = static_cast<std::uint32_t>(records_.size());
        for (std::size_t i = 1; i < part.starts.size(); ++i) starts_.push_back(before + part.starts[i]);
        records_.insert(records_.end(), part.records.begin(), part.records.end());
        is_given_.add(part.is_given);
        part = {};
    }
    for (std::size_t i = 1; i < starts_.size(); ++i) pairs_met_ += pairs_met_in(starts_[i] - starts_[i - 1]);
}

} // namespace reachable::identity
