// Lists that grow with every row, beside those that are built of all rows at once.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace reachable::identity {

/// Entries by a number. Most numbers that are asked for have none, and are told so by a few bits that stay in the
/// processor's memory.
class GrowingLists {
  public:
    void add(std::uint32_t number, std::uint64_t entry)
    {
        if (sketch_.empty()) sketch_.resize(sketch_bits / 64);
        const auto bit = bit_of(number);
        sketch_[bit / 64] |= std::uint64_t{1} << bit % 64;
        lists_[number].push_back(entry);
    }
    /// In the order in which they came, until the next `add`.
    std::span<const std::uint64_t> of(std::uint32_t number) const
    {
        const auto bit = bit_of(number);
        if (sketch_.empty() || (sketch_[bit / 64] >> bit % 64 & 1U) == 0) return {};
        const auto found = lists_.find(number);
        return found == lists_.end() ? std::span<const std::uint64_t>{} : found->second;
    }
    std::size_t bytes() const
    {
        constexpr std::size_t of_a_node = 56;
        auto sum = sketch_.capacity() * sizeof(std::uint64_t) + lists_.bucket_count() * sizeof(void*);
        for (const auto& [number, list] : lists_) sum += of_a_node + list.capacity() * sizeof(std::uint64_t);
        return sum;
    }

  private:
    static constexpr unsigned sketch_size = 20; // as a power of two: 128 kB
    static constexpr std::size_t sketch_bits = std::size_t{1} << sketch_size;
    static std::size_t bit_of(std::uint32_t number) { return number * 0x9E3779B1U >> (32U - sketch_size); }

    std::vector<std::uint64_t> sketch_;
    std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> lists_;
};

} // namespace reachable::identity
