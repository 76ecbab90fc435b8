// Chance that is the same again for the same seed, on any machine: the distributions of the standard library differ
// from one library to the next, so the draws are made here from whole numbers alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace reachable::identity {

/// One number from two, with every bit stirred: gives each person, household and purpose a stream of its own.
constexpr std::uint64_t stirred(std::uint64_t key, std::uint64_t number)
{
    std::uint64_t z = key + (number + 1) * 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

/// SplitMix64, whose constants are public. It starts in a nanosecond, where a Mersenne twister needs a microsecond to
/// fill its state: somebody must be made from (seed, number) alone, twelve million times.
class SplitMix64 {
  public:
    explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
    std::uint64_t operator()()
    {
        const auto drawn = stirred(state_, 0);
        state_ += 0x9E3779B97F4A7C15U;
        return drawn;
    }

  private:
    std::uint64_t state_;
};

template <class Engine>
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t next() { return engine_(); }
    /// 0 to count - 1; 0 for a count of 0 or 1. Every number is as likely to within one in four thousand million.
    std::size_t below(std::size_t count)
    {
        return static_cast<std::size_t>(((next() >> 32U) * static_cast<std::uint64_t>(count)) >> 32U);
    }
    std::size_t between(std::size_t least, std::size_t most) { return least + below(most - least + 1); }
    /// True in this share of all calls: 0.02 is one in fifty. One number is drawn whatever the share.
    bool chance(double share)
    {
        const auto drawn = static_cast<double>(next() >> 32U);
        return drawn < share * 4294967296.0;
    }
    bool one_in(std::size_t count) { return below(count) == 0; }
    bool of_thousand(unsigned part) { return below(1000) < part; }

  private:
    Engine engine_;
};

/// One long stream: errors, choices of pairs.
using Random = Draws<std::mt19937_64>;
/// Many short streams, one a person.
using QuickRandom = Draws<SplitMix64>;

} // namespace reachable::identity
