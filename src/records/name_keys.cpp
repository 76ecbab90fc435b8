#include "records/name.h"

namespace reachable::records {
namespace {

/// Letters that are one plain letter, or two, with a mark on it: what is left when the mark goes.
struct Fold {
    char32_t first;
    char32_t last;
    std::string_view plain;
};

// Sorted. Latin-1 and Latin Extended-A whole; of the later blocks the letters of Vietnamese, Romanian, Welsh and
// Pinyin.
constexpr Fold folds[] = {
    {0xC0, 0xC5, "a"},     {0xC6, 0xC6, "ae"},    {0xC7, 0xC7, "c"},     {0xC8, 0xCB, "e"},     {0xCC, 0xCF, "i"},
    {0xD0, 0xD0, "d"},     {0xD1, 0xD1, "n"},     {0xD2, 0xD6, "o"},     {0xD8, 0xD8, "o"},     {0xD9, 0xDC, "u"},
    {0xDD, 0xDD, "y"},     {0xDE, 0xDE, "th"},    {0xDF, 0xDF, "ss"},    {0xE0, 0xE5, "a"},     {0xE6, 0xE6, "ae"},
    {0xE7, 0xE7, "c"},     {0xE8, 0xEB, "e"},     {0xEC, 0xEF, "i"},     {0xF0, 0xF0, "d"},     {0xF1, 0xF1, "n"},
    {0xF2, 0xF6, "o"},     {0xF8, 0xF8, "o"},     {0xF9, 0xFC, "u"},     {0xFD, 0xFD, "y"},     {0xFE, 0xFE, "th"},
    {0xFF, 0xFF, "y"},     {0x100, 0x105, "a"},   {0x106, 0x10D, "c"},   {0x10E, 0x111, "d"},   {0x112, 0x11B, "e"},
    {0x11C, 0x123, "g"},   {0x124, 0x127, "h"},   {0x128, 0x131, "i"},   {0x132, 0x133, "ij"},  {0x134, 0x135, "j"},
    {0x136, 0x138, "k"},   {0x139, 0x142, "l"},   {0x143, 0x14B, "n"},   {0x14C, 0x151, "o"},   {0x152, 0x153, "oe"},
    {0x154, 0x159, "r"},   {0x15A, 0x161, "s"},   {0x162, 0x167, "t"},   {0x168, 0x173, "u"},   {0x174, 0x175, "w"},
    {0x176, 0x178, "y"},   {0x179, 0x17E, "z"},   {0x17F, 0x17F, "s"},   {0x1A0, 0x1A1, "o"},   {0x1AF, 0x1B0, "u"},
    {0x1CD, 0x1CE, "a"},   {0x1CF, 0x1D0, "i"},   {0x1D1, 0x1D2, "o"},   {0x1D3, 0x1DC, "u"},   {0x218, 0x219, "s"},
    {0x21A, 0x21B, "t"},   {0x1E80, 0x1E85, "w"}, {0x1EA0, 0x1EB7, "a"}, {0x1EB8, 0x1EC7, "e"}, {0x1EC8, 0x1ECB, "i"},
    {0x1ECC, 0x1EE3, "o"}, {0x1EE4, 0x1EF1, "u"}, {0x1EF2, 0x1EF9, "y"},
};

/// Combining marks, and the signs that people put for an apostrophe, leave nothing.
bool is_dropped(char32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || c == 0xB4 || c == 0x2BB || c == 0x2BC || c == 0x2018 || c == 0x2019 ||
           c == 0x200B;
}

/// Spaces, hyphens and dashes.
bool divides(char32_t c)
{
    if (c < 0x80) return c <= ' ' || c == '-' || c == ',' || c == ';' || c == '/';
    return c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x2015 && c != 0x200B) || c == 0x3000 || c == 0x30FB;
}

bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

struct Decoded {
    char32_t c = 0;
    std::size_t size = 1;
};

/// The character that `text` starts with; 0 for bytes that are not UTF-8.
Decoded decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC0 || lead >= 0xF8 || text.size() < size) return {};
    char32_t c = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        c = (c << 6U) | (byte(i) & 0x3FU);
    }
    return {c, size};
}

void append_plain(std::string& key, char32_t c, std::string_view as_written)
{
    if (c < 0x80) {
        const auto lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if (is_letter_or_digit(lower)) key += lower;
        return;
    }
    if (is_dropped(c)) return;
    for (const auto& fold : folds)
        if (c >= fold.first && c <= fold.last) {
            key += fold.plain;
            return;
        }
    key += as_written;
}

} // namespace

std::vector<std::string> keys_of(std::string_view text)
{
    std::vector<std::string> keys;
    std::string key;
    const auto finish = [&] {
        if (!key.empty()) keys.push_back(std::move(key));
        key.clear();
    };
    while (!text.empty()) {
        const auto [c, size] = decode(text);
        if (c != 0 && divides(c))
            finish();
        else if (c != 0)
            append_plain(key, c, text.substr(0, size));
        text.remove_prefix(size);
    }
    finish();
    return keys;
}

} // namespace reachable::records
