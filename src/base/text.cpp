#include "base/text.h"

#include <algorithm>
#include <cstdint>

namespace reachable {
namespace {

constexpr std::string_view white_space = " \t\r\n\f\v";

/// Characters beyond ASCII that show nothing: spaces of every width, and what only joins other letters. Not the signs
/// that turn the direction of reading: where those may not stand they are to be found, not cut off.
struct Blanks {
    std::uint32_t first;
    std::uint32_t last;
};
constexpr Blanks blanks[] = {{0x85, 0x85},     {0xA0, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},   {0x115F, 0x1160},
                             {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x200D}, {0x2028, 0x2029}, {0x202F, 0x202F},
                             {0x205F, 0x2065}, {0x206A, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
                             {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}};

bool is_blank(std::uint32_t character)
{
    return std::ranges::any_of(
        blanks, [&](const Blanks& range) { return range.first <= character && character <= range.last; });
}

/// What two or three bytes stand for, if they are one character so written.
std::uint32_t character_of(std::string_view bytes)
{
    const auto low = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
    for (std::size_t i = 1; i < bytes.size(); ++i)
        if ((low(i) & 0xC0U) != 0x80U) return 0;
    if (bytes.size() == 2 && (low(0) & 0xE0U) == 0xC0U) return ((low(0) & 0x1FU) << 6U) | (low(1) & 0x3FU);
    if (bytes.size() == 3 && (low(0) & 0xF0U) == 0xE0U)
        return ((low(0) & 0x0FU) << 12U) | ((low(1) & 0x3FU) << 6U) | (low(2) & 0x3FU);
    return 0;
}

bool is_ascii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// How many bytes the blank takes with which the text begins; 0 if it begins with none.
std::size_t blank_at_start(std::string_view text)
{
    if (text.empty()) return 0;
    if (is_ascii(text.front())) return white_space.find(text.front()) == std::string_view::npos ? 0 : 1;
    for (const std::size_t length : {2U, 3U})
        if (text.size() >= length && is_blank(character_of(text.substr(0, length)))) return length;
    return 0;
}

std::size_t blank_at_end(std::string_view text)
{
    if (text.empty()) return 0;
    if (is_ascii(text.back())) return white_space.find(text.back()) == std::string_view::npos ? 0 : 1;
    for (const std::size_t length : {2U, 3U})
        if (text.size() >= length && is_blank(character_of(text.substr(text.size() - length)))) return length;
    return 0;
}

/// The length of the UTF-8 sequence that starts `text`, or 0 if it is not well formed.
std::size_t sequence_length(std::string_view text)
{
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto follows = [&](std::size_t i) { return i < text.size() && (at(i) & 0xC0U) == 0x80U; };
    const auto lead = at(0);
    if (lead < 0x80U) return 1;
    if (lead >= 0xC2U && lead <= 0xDFU) return follows(1) ? 2 : 0;
    if (lead >= 0xE0U && lead <= 0xEFU) {
        if (!follows(1) || !follows(2)) return 0;
        const bool is_overlong = lead == 0xE0U && at(1) < 0xA0U;
        const bool is_surrogate = lead == 0xEDU && at(1) >= 0xA0U;
        return is_overlong || is_surrogate ? 0 : 3;
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        if (!follows(1) || !follows(2) || !follows(3)) return 0;
        const bool is_overlong = lead == 0xF0U && at(1) < 0x90U;
        const bool is_too_high = lead == 0xF4U && at(1) >= 0x90U;
        return is_overlong || is_too_high ? 0 : 4;
    }
    return 0;
}

bool is_control(char c)
{
    const auto byte = static_cast<std::uint8_t>(c);
    return (byte < 0x20U && c != '\t' && c != '\n' && c != '\r') || byte == 0x7FU;
}

} // namespace

/// In any script: a text of spaces that do not break is empty.
std::string_view trim(std::string_view text)
{
    for (std::size_t blank = 0; (blank = blank_at_start(text)) > 0;) text.remove_prefix(blank);
    for (std::size_t blank = 0; (blank = blank_at_end(text)) > 0;) text.remove_suffix(blank);
    return text;
}

std::string to_lower_ascii(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> pieces;
    for (;;) {
        const auto end = text.find(separator);
        pieces.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& pieces, std::string_view between)
{
    std::string all;
    for (const auto& piece : pieces) {
        if (!all.empty()) all += between;
        all += piece;
    }
    return all;
}

std::string with_article(std::string_view noun)
{
    const bool begins_with_vowel = !noun.empty() && std::string_view("aeiouAEIOU").find(noun.front()) != noun.npos;
    return (begins_with_vowel ? "an " : "a ") + std::string(noun);
}

bool is_clean_utf8(std::string_view text)
{
    while (!text.empty()) {
        const auto length = sequence_length(text);
        if (length == 0 || is_control(text.front())) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool turns_direction(std::string_view text)
{
    for (auto at = text.find("\xE2"); at != std::string_view::npos; at = text.find("\xE2", at + 1)) {
        const auto rest = text.substr(at + 1, 2);
        if (rest >= "\x80\xAA" && rest <= "\x80\xAE") return true;
        if (rest >= "\x81\xA6" && rest <= "\x81\xA9") return true;
    }
    return false;
}

} // namespace reachable
