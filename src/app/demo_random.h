// Numbers and ids that are the same again for the same seed, on any machine.
#pragma once

#include "base/crypto.h"
#include "base/id.h"

#include <fmt/format.h>

namespace reachable::app {

/// A stream of 64-bit numbers: SplitMix64, whose constants are public.
class DemoRandom {
  public:
    explicit DemoRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next()
    {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }

  private:
    std::uint64_t state_;
};

/// The id of the thing of that name in the world of that seed.
template <class Any>
Any demo_id(std::uint64_t seed, std::string_view name)
{
    const auto hash = sha256(as_bytes(fmt::format("reachable demo {} {}", seed, name)));
    Any id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

} // namespace reachable::app
