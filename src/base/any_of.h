// A short list in a table cell of a declaration, fixed while compiling.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace reachable {

/// At most sixteen values, in the order given. Read aloud with "or" between.
template <class T>
struct AnyOf {
    std::array<T, 16> items{};
    std::size_t count = 0;

    constexpr AnyOf() = default;
    template <class... U>
    constexpr AnyOf(U... values) : items{T(values)...}, count(sizeof...(U))
    {
    }
    constexpr bool has(const T& value) const { return std::find(begin(), end(), value) != end(); }
    constexpr const T* begin() const { return items.data(); }
    constexpr const T* end() const { return items.data() + count; }
};

} // namespace reachable
