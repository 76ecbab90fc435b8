// Which pairs are worth comparing: those that share one of many loose keys. A pair is given once, at the first key it
// shares, so no set of pairs is ever stored. Comparing is cheap; a pair that no key proposes is lost for good.
#pragma once

#include "identity/population.h"

#include <algorithm>

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
        for (std::size_t block = part; block + 1 < starts_.size(); block += parts) {
            for_records_of(block + 4 * parts, [&](std::uint32_t record) {
                __builtin_prefetch(&keys_[record]);
                __builtin_prefetch(&keys_[record][most_keys / 2]);
                ahead.fetch_row(record);
            });
            for_records_of(block + 2 * parts, [&](std::uint32_t record) { ahead.fetch_words(record); });
            const auto begin = starts_[block];
            const auto end = starts_[block + 1];
            figures.largest_block = std::max<std::size_t>(figures.largest_block, end - begin);
            const auto own = keys_of_blocks_[block];
            if (end - begin < 2) continue;
            for (auto i = begin; i < end; ++i) {
                const auto one = records_[i];
                const auto smaller = smaller_keys(one, own);
                for (auto j = i + 1; j < std::min<std::size_t>(end, i + most_); ++j) {
                    const auto other = records_[j];
                    if (may_share(smaller, keys_[other], own) && first_shared(one, other) != own) continue;
                    figures.pairs += 1;
                    each(std::min(one, other), std::max(one, other));
                }
            }
        }
        return figures;
    }

    /// About how many pairs there are, those that share several keys counted for each.
    std::uint64_t most_pairs() const;

  private:
    struct NothingAhead {
        void fetch_row(std::uint32_t) const {}
        void fetch_words(std::uint32_t) const {}
    };
    /// The smallest key that both have.
    std::uint32_t first_shared(std::uint32_t a, std::uint32_t b) const
    {
        const auto& one = keys_[a];
        const auto& other = keys_[b];
        std::size_t i = 0;
        std::size_t j = 0;
        while (one[i] != other[j]) {
            if (one[i] < other[j])
                ++i;
            else
                ++j;
        }
        return one[i];
    }
    /// A bit for each key below `own` of a record; keys may share one.
    using KeyBits = std::array<std::uint64_t, 16>;
    static std::size_t bit_of(std::uint32_t key) { return key >> 1U & 1023U; } // the last bit of a key is always set
    KeyBits smaller_keys(std::uint32_t record, std::uint32_t own) const
    {
        KeyBits bits{};
        for (const auto key : keys_[record]) {
            if (key >= own || key == 0) break;
            bits[bit_of(key) / 64] |= std::uint64_t{1} << bit_of(key) % 64;
        }
        return bits;
    }
    static bool may_share(const KeyBits& bits, const Keys& keys, std::uint32_t own)
    {
        std::uint64_t met = 0;
        for (const auto key : keys) {
            if (key >= own) break; // the block's own stands in every record of it
            met |= bits[bit_of(key) / 64] >> bit_of(key) % 64;
        }
        return (met & 1U) != 0;
    }
    void make_keys(const Population& population);
    void divide_large(const Population& population);
    void gather();

    std::size_t most_;
    unsigned threads_;
    std::size_t parts_; // of the keys: each is sorted by itself
    LargeArray<Keys> keys_;
    std::vector<std::uint32_t> records_; // those of one block together; nobody who would stand alone
    std::vector<std::uint32_t> starts_;  // where each block starts, and the end
    std::vector<std::uint32_t> keys_of_blocks_;
};

} // namespace reachable::identity
