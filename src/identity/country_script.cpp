// Names in other letters: the script of origin, and plain letters for those with marks.
#include "base/text.h"
#include "identity/country_names.h"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace reachable::identity {
namespace {

struct Letter {
    std::string_view latin;
    std::string_view cyrillic;
};
/// The passport spelling of Ukraine, read backwards; longer groups first.
constexpr Letter letters[] = {
    {"shch", "щ"}, {"zh", "ж"},  {"kh", "х"},  {"ts", "ц"}, {"ch", "ч"}, {"sh", "ш"}, {"ia", "я"},  {"iu", "ю"},
    {"ie", "є"},   {"ii", "ій"}, {"yi", "ий"}, {"ya", "я"}, {"yu", "ю"}, {"ye", "є"}, {"yo", "йо"}, {"a", "а"},
    {"b", "б"},    {"v", "в"},   {"h", "г"},   {"g", "ґ"},  {"d", "д"},  {"e", "е"},  {"z", "з"},   {"y", "и"},
    {"i", "і"},    {"k", "к"},   {"l", "л"},   {"m", "м"},  {"n", "н"},  {"o", "о"},  {"p", "п"},   {"r", "р"},
    {"s", "с"},    {"t", "т"},   {"u", "у"},   {"f", "ф"},
};

std::string in_cyrillic(std::string_view word)
{
    const auto lower = to_lower_ascii(word);
    std::string written;
    for (std::size_t at = 0; at < lower.size();) {
        const auto* letter = std::ranges::find_if(
            letters, [&](const Letter& each) { return lower.compare(at, each.latin.size(), each.latin) == 0; });
        if (letter == std::end(letters)) return {};
        written += letter->cyrillic;
        at += letter->latin.size();
    }
    auto unicode = icu::UnicodeString::fromUTF8(written);
    const auto first = icu::UnicodeString(unicode, 0, 1).toUpper();
    unicode.replace(0, 1, first);
    std::string out;
    unicode.toUTF8String(out);
    return out;
}

/// "Xiaoming" as its syllables: "小明".
std::string by_syllables(const TraditionNames& names, std::string_view word)
{
    std::string written;
    for (std::size_t at = 0; at < word.size();) {
        const NameEntry* best = nullptr;
        std::size_t length = 0;
        for (std::size_t take = 1; take <= std::min<std::size_t>(6, word.size() - at); ++take) {
            std::string syllable{word.substr(at, take)};
            if (syllable.front() >= 'a' && syllable.front() <= 'z')
                syllable.front() = static_cast<char>(syllable.front() - 'a' + 'A');
            const auto* entry = names.entry(syllable);
            if (entry == nullptr || entry->script.empty()) continue;
            best = entry;
            length = take;
        }
        if (best == nullptr) return {};
        written += best->script;
        at += length;
    }
    return written;
}

std::string word_in_script(Tradition tradition, std::string_view word)
{
    const auto& names = names_of(tradition);
    if (tradition == Tradition::ukrainian) return in_cyrillic(word);
    if (const auto* entry = names.entry(word)) return std::string(entry->script);
    if (tradition == Tradition::chinese) return by_syllables(names, word);
    return {};
}

} // namespace

std::string in_script(Tradition tradition, std::string_view words)
{
    if (auto whole = word_in_script(tradition, words); !whole.empty()) return whole;
    std::string written;
    for (const auto word : split(words, ' ')) {
        const auto one = word_in_script(tradition, word);
        if (one.empty()) return {};
        if (!written.empty() && tradition != Tradition::chinese) written += ' ';
        written += one;
    }
    return written;
}

std::string without_marks(std::string_view text)
{
    if (std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80U; }))
        return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const auto* apart = icu::Normalizer2::getNFDInstance(status);
    const auto* together = icu::Normalizer2::getNFCInstance(status);
    CHECK(U_SUCCESS(status) != 0, "the normal forms of Unicode are not there");
    const auto decomposed = apart->normalize(icu::UnicodeString::fromUTF8(std::string(text)), status);
    icu::UnicodeString plain;
    bool follows_latin = false;
    for (int i = 0; i < decomposed.length(); ++i) {
        const auto unit = decomposed.charAt(i);
        if (unit >= 0x300 && unit <= 0x36F && follows_latin) continue;
        follows_latin = unit < 0x250;
        switch (unit) {
        case 0x142: plain += u'l'; break;
        case 0x141: plain += u'L'; break;
        case 0x111: plain += u'd'; break;
        case 0x110: plain += u'D'; break;
        case 0x131: plain += u'i'; break;
        default: plain += unit;
        }
    }
    std::string out;
    together->normalize(plain, status).toUTF8String(out);
    return out;
}

} // namespace reachable::identity
