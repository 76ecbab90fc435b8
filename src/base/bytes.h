// Bytes, and the few ways of writing them as text.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reachable {

using Bytes = std::vector<std::uint8_t>;

std::string to_hex(std::span<const std::uint8_t> bytes);
/// Refuses an odd length and anything but 0-9, a-f.
Result<Bytes> from_hex(std::string_view text);

/// URL-safe base64 without padding.
std::string to_base64url(std::span<const std::uint8_t> bytes);
Result<Bytes> from_base64url(std::string_view text);

/// Standard base64 with padding, as in mail and checkpoint signatures.
std::string to_base64(std::span<const std::uint8_t> bytes);
Result<Bytes> from_base64(std::string_view text);

inline std::span<const std::uint8_t> as_bytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(std::span<const std::uint8_t> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace reachable
