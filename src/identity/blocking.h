// Which pairs are worth comparing: those that share one of many loose keys. A pair is given once, at the first key it
// shares, so no set of pairs is ever stored. Comparing is cheap; a pair that no key proposes is lost for good.
#pragma once

#include "identity/population.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

namespace reachable::identity {

/// A record has at most so many keys: facts alone, and facts two together. They are hashes, sorted, unused ones 0 and
/// last: records with different facts may share one by accident, which costs a comparison.
constexpr std::size_t most_keys = 24;
using Keys = std::array<std::uint32_t, most_keys>;
/// Of many records, keys that propose many pairs and hardly ever one that no other key proposes are left out.
enum class KeySet : bool { all, of_many };
Keys keys_of(const Row& row, const Vocabulary& vocabulary, KeySet set = KeySet::all);

struct BlockingFigures {
    std::uint64_t pairs = 0;
    std::size_t largest_block = 0;
};

/// So many bits set, 64 at most.
constexpr std::uint64_t lowest_bits(std::size_t count)
{
    return count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Bits in a row, written at the end and read a few at once.
class BitRow {
  public:
    /// The lower `count` of the bits, 64 at most; those above are 0.
    void add(std::uint64_t bits, std::size_t count);
    void add(const BitRow& others);
    std::uint64_t size() const { return size_; }
    std::uint64_t read(std::uint64_t at, std::size_t count) const
    {
        const auto* word = words_.data() + at / 64;
        const auto shift = at % 64;
        auto bits = word[0] >> shift;
        if (shift + count > 64) bits |= word[1] << (64 - shift);
        return bits & lowest_bits(count);
    }

  private:
    LargeArray<std::uint64_t> words_;
    std::uint64_t size_ = 0;
};

/// The keys of many records, one list after another. What a list has too many room for is 0, and last.
class KeyLists {
  public:
    KeyLists(const Population& population, KeySet set, unsigned threads);

    std::size_t size() const { return starts_.size() - 1; }
    std::size_t key_count() const { return keys_.size(); }
    std::span<const std::uint32_t> of(std::size_t record) const
    {
        return {keys_.data() + starts_[record], keys_.data() + starts_[record + 1]};
    }
    std::span<std::uint32_t> of(std::size_t record)
    {
        return {keys_.data() + starts_[record], keys_.data() + starts_[record + 1]};
    }
    // Memory that is read soon is asked for early.
    void fetch_start(std::size_t record) const { __builtin_prefetch(&starts_[record]); }
    void fetch(std::size_t record) const
    {
        __builtin_prefetch(keys_.data() + starts_[record]);
        __builtin_prefetch(keys_.data() + starts_[record] + 8);
    }

  private:
    LargeArray<std::uint32_t> keys_;
    LargeArray<std::uint32_t> starts_{0};
};

/// All pairs of a population, each once, smaller number first.
class Blocks {
  public:
    /// `most` records stand in one block. A larger one is divided by further facts; in what is then still too large
    /// each record meets the next `most` in the order of their numbers. 0: as many as the population affords.
    explicit Blocks(const Population& population, std::size_t most = 0, unsigned threads = 2);

    /// Calls `each(a, b)`. `part` of `parts` divides the work: every pair comes in one part alone.
    template <class Each>
    BlockingFigures walk(std::size_t part, std::size_t parts, Each each) const
    {
        return walk(part, parts, each, NothingAhead{});
    }
    /// The same, telling `ahead` of the records that come soon: of each `fetch_row` some blocks before its own, and
    /// nearer to it `fetch_words`.
    template <class Each, class Ahead>
    BlockingFigures walk(std::size_t part, std::size_t parts, Each each, const Ahead& ahead) const
    {
        const auto for_records_of = [&](std::size_t block, auto what) {
            if (block + 1 >= starts_.size()) return;
            for (auto i = starts_[block]; i < starts_[block + 1]; ++i) what(records_[i]);
        };
        BlockingFigures figures;
        std::uint64_t met = 0; // pairs of the blocks before, those that other blocks give among them
        for (std::size_t block = 0; block + 1 < starts_.size(); ++block) {
            const std::size_t size = starts_[block + 1] - starts_[block];
            const auto first_met = std::exchange(met, met + pairs_met_in(size));
            if (block % parts != part) continue;
            for_records_of(block + 4 * parts, [&](std::uint32_t record) { ahead.fetch_row(record); });
            for_records_of(block + 2 * parts, [&](std::uint32_t record) { ahead.fetch_words(record); });
            figures.largest_block = std::max(figures.largest_block, size);
            figures.pairs += give(block, first_met, each);
        }
        return figures;
    }

    /// About how many pairs there are, those that share several keys counted for each.
    std::uint64_t most_pairs() const { return pairs_met_; }

  private:
    struct NothingAhead {
        void fetch_row(std::uint32_t) const {}
        void fetch_words(std::uint32_t) const {}
    };
    struct Part;
    /// Of a block of so many records: each meets those before it, but no more than `most_` less one.
    std::uint64_t pairs_met_in(std::uint64_t size) const
    {
        const auto whole = std::min<std::uint64_t>(size, most_);
        return whole * (whole - 1) / 2 + (size - whole) * (whole - 1);
    }
    /// Calls `each` with the pairs of a block that no block before it gives, and counts them.
    template <class Each>
    std::uint64_t give(std::size_t block, std::uint64_t first_met, Each& each) const
    {
        std::uint64_t count = 0;
        const auto* records = records_.data() + starts_[block];
        const std::size_t size = starts_[block + 1] - starts_[block];
        auto row = first_met;
        for (std::size_t j = 1; j < size; ++j) {
            const auto first = j < most_ ? 0 : j + 1 - most_;
            for (auto i = first; i < j; i += 64) {
                const auto width = std::min<std::size_t>(64, j - i);
                for (auto bits = is_given_.read(row, width); bits != 0; bits &= bits - 1) {
                    each(records[i + static_cast<std::size_t>(std::countr_zero(bits))], records[j]);
                    count += 1;
                }
                row += width;
            }
        }
        return count;
    }
    void divide_large(const Population& population, KeyLists& keys) const;
    Part gather(const KeyLists& keys, std::size_t number) const;
    void mark_given(const KeyLists& keys, Part& part) const;
    void join(std::vector<Part>& parts);

    std::size_t most_;
    unsigned threads_;
    std::size_t parts_;                 // of the keys: each is sorted by itself
    LargeArray<std::uint32_t> records_; // those of one block together, rising; nobody who would stand alone
    LargeArray<std::uint32_t> starts_;  // where each block starts, and the end
    BitRow is_given_;                   // of every pair that a block holds, in order: no block before has it
    std::uint64_t pairs_met_ = 0;
};

} // namespace reachable::identity
