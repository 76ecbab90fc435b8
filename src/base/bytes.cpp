#include "base/bytes.h"

#include <array>

namespace reachable {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view standard_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::span<const std::uint8_t> bytes, std::string_view alphabet)
{
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t held = 0;
    int held_bits = 0;
    for (const auto byte : bytes) {
        held = (held << 8U) | byte;
        held_bits += 8;
        while (held_bits >= 6) {
            held_bits -= 6;
            text += alphabet[(held >> static_cast<unsigned>(held_bits)) & 63U];
        }
    }
    if (held_bits > 0) text += alphabet[(held << static_cast<unsigned>(6 - held_bits)) & 63U];
    return text;
}

Result<Bytes> decode(std::string_view text, std::string_view alphabet)
{
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t held = 0;
    int held_bits = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return refuse(ProblemKind::malformed, "That is not base64 text");
        held = (held << 6U) | static_cast<std::uint32_t>(value);
        held_bits += 6;
        if (held_bits >= 8) {
            held_bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>((held >> static_cast<unsigned>(held_bits)) & 255U));
        }
    }
    const bool has_stray_bits = held_bits >= 6 || (held & ((1U << static_cast<unsigned>(held_bits)) - 1U)) != 0;
    if (has_stray_bits) return refuse(ProblemKind::malformed, "That base64 text is cut short");
    return bytes;
}

} // namespace

std::string to_hex(std::span<const std::uint8_t> bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 15U];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return refuse(ProblemKind::malformed, "Hexadecimal text has an even length");
    Bytes bytes(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit = hex_digits.find(text[i]);
        if (digit == std::string_view::npos) return refuse(ProblemKind::malformed, "That is not hexadecimal text");
        bytes[i / 2] = static_cast<std::uint8_t>((bytes[i / 2] << 4U) | digit);
    }
    return bytes;
}

std::string to_base64url(std::span<const std::uint8_t> bytes)
{
    return encode(bytes, url_alphabet);
}
Result<Bytes> from_base64url(std::string_view text)
{
    return decode(text, url_alphabet);
}

std::string to_base64(std::span<const std::uint8_t> bytes)
{
    auto text = encode(bytes, standard_alphabet);
    while (text.size() % 4 != 0) text += '=';
    return text;
}

Result<Bytes> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0) return refuse(ProblemKind::malformed, "That base64 text is cut short");
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return decode(text, standard_alphabet);
}

} // namespace reachable
