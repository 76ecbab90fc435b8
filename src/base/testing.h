// What tests ask about how they were compiled.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#define REACHABLE_IS_WATCHED                                                                                           \
    (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer)) // clang's way to say so
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define REACHABLE_IS_WATCHED 1
#else
#define REACHABLE_IS_WATCHED 0
#endif

namespace reachable::testing {

/// A sanitizer watches: everything takes ten times as long and more, and a fault of memory shows as well in a part of
/// it.
inline constexpr bool is_watched = REACHABLE_IS_WATCHED;

/// How often a long test does what it does: the whole, or under a sanitizer the part.
constexpr std::size_t times(std::size_t whole, std::size_t part_if_watched)
{
    return is_watched ? part_if_watched : whole;
}

} // namespace reachable::testing
