// Reading whole numbers out of text.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace reachable {

/// The number that the whole of `text` spells in decimal digits, with a minus sign in front if it is negative; nothing
/// if anything else stands there, or if the number is too large for its type.
template <std::integral T>
std::optional<T> whole_number(std::string_view text)
{
    T number{};
    const auto* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, number);
    if (error != std::errc{} || end != last || text.empty()) return std::nullopt;
    return number;
}

} // namespace reachable
