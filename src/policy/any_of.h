// A set of enumerators in one number, one bit each.
#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>

namespace reachable::policy {

template <class T>
class AnyOf {
  public:
    constexpr AnyOf() = default;
    constexpr AnyOf(T value) : bits_(bit(value)) {}
    constexpr AnyOf(std::initializer_list<T> values)
    {
        for (const T value : values) bits_ |= bit(value);
    }
    static constexpr AnyOf of_bits(std::uint64_t bits)
    {
        AnyOf set;
        set.bits_ = bits;
        return set;
    }
    constexpr std::uint64_t bits() const { return bits_; }
    constexpr bool has(T value) const { return (bits_ & bit(value)) != 0; }
    constexpr bool is_empty() const { return bits_ == 0; }
    constexpr int count() const { return std::popcount(bits_); }
    constexpr void add(T value) { bits_ |= bit(value); }
    constexpr bool operator==(const AnyOf&) const = default;

  private:
    /// No bit for a number that is no enumerator.
    static constexpr std::uint64_t bit(T value)
    {
        const auto number = static_cast<std::int64_t>(value);
        return number >= 0 && number < 64 ? std::uint64_t{1} << number : 0;
    }
    std::uint64_t bits_ = 0;
};

} // namespace reachable::policy
