#include "identity/search_parts.h"

#include "identity/comparison.h"
#include "identity/folding.h"

namespace reachable::identity {
namespace {

constexpr unsigned inward_bits = 13;
constexpr std::uint32_t inward_mask = (1U << inward_bits) - 1;

std::uint32_t hash(std::string_view text)
{
    std::uint64_t sum = 0xCBF29CE484222325U;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    sum ^= sum >> 32U;
    sum *= 0x9E3779B97F4A7C15U;
    return static_cast<std::uint32_t>(sum >> 32U);
}

bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

} // namespace

BirthDate birth_date(const std::optional<PartialDate>& born)
{
    if (!born) return {};
    return {.year = static_cast<std::uint16_t>(born->year),
            .month = static_cast<std::uint8_t>(born->month.value_or(0)),
            .day = static_cast<std::uint8_t>(born->day.value_or(0))};
}

std::uint32_t born_number(const std::optional<PartialDate>& born)
{
    return born_value(birth_date(born));
}

BirthDate date_of(std::uint32_t born)
{
    if (born == 0) return {};
    const auto days = born - 1;
    return {.year = static_cast<std::uint16_t>(1850 + days / 32 / 13),
            .month = static_cast<std::uint8_t>(days / 32 % 13),
            .day = static_cast<std::uint8_t>(days % 32)};
}

std::uint32_t hash_of_value(std::string_view text)
{
    return text.empty() ? 0 : hash(text) | 1U;
}

std::uint32_t hash_of_identifier(const SourceIdentifier& identifier)
{
    auto value = fold(identifier.value);
    std::erase(value, ' ');
    return value.empty() ? 0 : hash_of_value(identifier.type + ":" + value);
}

std::string digits_only(std::string_view text)
{
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    // +44 and 0044 stand for the 0 of home.
    if (digits.starts_with("0044")) digits.replace(0, 4, "0");
    if (digits.size() == 12 && digits.starts_with("44")) digits.replace(0, 2, "0");
    return digits;
}

std::uint32_t packed_postcode(std::string_view text)
{
    auto code = fold(text);
    std::erase(code, ' ');
    if (code.size() < 3) return code.empty() ? 0 : hash(code) << inward_bits | 1U;
    const auto outward = std::string_view(code).substr(0, code.size() - 3);
    const auto inward = std::string_view(code).substr(code.size() - 3);
    std::uint32_t packed = hash(inward) & inward_mask;
    if (inward[0] >= '0' && inward[0] <= '9' && is_letter(inward[1]) && is_letter(inward[2]))
        packed = static_cast<std::uint32_t>((inward[0] - '0') * 676 + (inward[1] - 'a') * 26 + inward[2] - 'a');
    return (hash(outward) << inward_bits | packed) == 0 ? 1 : hash(outward) << inward_bits | packed;
}

std::uint8_t packed_postcode_level(std::uint32_t a, std::uint32_t b)
{
    if (a == 0 || b == 0) return level::not_known;
    if (a == b) return level::same;
    if (a >> inward_bits != b >> inward_bits) return level::different;
    return (a & inward_mask) / 676 == (b & inward_mask) / 676 ? level::nearly : level::partly;
}

} // namespace reachable::identity
