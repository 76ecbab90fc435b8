#include "identity/folding_letters.h"

#include <algorithm>
#include <array>

namespace reachable::identity {

namespace {

struct Letter {
    char32_t letter;
    const char* written;
};

constexpr bool before(const Letter& one, const Letter& other)
{
    return one.letter < other.letter;
}

constexpr auto latin_letters = [] {
    auto letters = std::to_array<Letter>({
        {U'ß', "ss"}, {U'æ', "ae"}, {U'ð', "d"},  {U'ø', "o"},  {U'þ', "th"}, {U'đ', "d"},  {U'ħ', "h"},
        {U'ı', "i"},  {U'ĸ', "k"},  {U'ł', "l"},  {U'ŋ', "ng"}, {U'œ', "oe"}, {U'ŧ', "t"},  {U'ƀ', "b"},
        {U'ƒ', "f"},  {U'ƙ', "k"},  {U'ƴ', "y"},  {U'ƶ', "z"},  {U'ǝ', "e"},  {U'ȷ', "j"},  {U'ɓ', "b"},
        {U'ɔ', "o"},  {U'ɖ', "d"},  {U'ɗ', "d"},  {U'ə', "a"},  {U'ɛ', "e"},  {U'ɣ', "g"},  {U'ɨ', "i"},
        {U'ɩ', "i"},  {U'ɫ', "l"},  {U'ʃ', "sh"}, {U'ʉ', "u"},  {U'ʋ', "v"},  {U'ẞ', "ss"},
    });
    std::sort(letters.begin(), letters.end(), before);
    return letters;
}();

constexpr auto cyrillic_letters = [] {
    auto letters = std::to_array<Letter>({
        {U'а', "a"},  {U'б', "b"},  {U'в', "v"},  {U'г', "g"},  {U'д', "d"},  {U'е', "e"},    {U'ё', "e"},
        {U'ж', "zh"}, {U'з', "z"},  {U'и', "i"},  {U'й', "y"},  {U'к', "k"},  {U'л', "l"},    {U'м', "m"},
        {U'н', "n"},  {U'о', "o"},  {U'п', "p"},  {U'р', "r"},  {U'с', "s"},  {U'т', "t"},    {U'у', "u"},
        {U'ф', "f"},  {U'х', "kh"}, {U'ц', "ts"}, {U'ч', "ch"}, {U'ш', "sh"}, {U'щ', "shch"}, {U'ъ', ""},
        {U'ы', "y"},  {U'ь', ""},   {U'э', "e"},  {U'ю', "yu"}, {U'я', "ya"}, {U'є', "ye"},   {U'і', "i"},
        {U'ї', "yi"}, {U'ґ', "g"},  {U'ў', "u"},  {U'ђ', "dj"}, {U'ј', "j"},  {U'љ', "lj"},   {U'њ', "nj"},
        {U'ћ', "c"},  {U'џ', "dz"}, {U'ѓ', "gj"}, {U'ќ', "kj"}, {U'ѕ', "dz"}, {U'ә', "a"},    {U'ғ', "g"},
        {U'қ', "k"},  {U'ң', "n"},  {U'ө', "o"},  {U'ұ', "u"},  {U'ү', "u"},  {U'һ', "h"},
    });
    std::sort(letters.begin(), letters.end(), before);
    return letters;
}();

template <std::size_t count>
const char* find(const std::array<Letter, count>& letters, char32_t letter)
{
    const auto at = std::lower_bound(letters.begin(), letters.end(), Letter{letter, ""}, before);
    return at != letters.end() && at->letter == letter ? at->written : nullptr;
}

} // namespace

const char* latin_letter(char32_t letter)
{
    return find(latin_letters, letter);
}

const char* cyrillic_letter(char32_t letter, CyrillicCustom custom)
{
    if (custom == CyrillicCustom::ukrainian) {
        if (letter == U'г') return "h";
        if (letter == U'и') return "y";
    }
    return find(cyrillic_letters, letter);
}

bool is_ukrainian_letter(char32_t letter)
{
    return letter == U'і' || letter == U'ї' || letter == U'є' || letter == U'ґ' || letter == U'І' || letter == U'Ї' ||
           letter == U'Є' || letter == U'Ґ';
}

char16_t known_letter(char16_t letter)
{
    switch (letter) {
    case u'\u06C1': // Urdu's h, alone and behind another letter
    case u'\u06BE': return u'\u0647';
    case u'\u06D2': return u'\u064A'; // Urdu's last y
    case u'\u06CE': return u'\u064A'; // Kurdish e
    case u'\u06C6': return u'\u0648'; // Kurdish o
    case u'\u06BA': return u'\u0646'; // Urdu's n through the nose
    case u'\u0695': return u'\u0631'; // Kurdish r
    case u'\u06B5': return u'\u0644'; // Kurdish l
    case u'\u0629':                   // the feminine ending, written a in Latin letters
    case u'\u06C3':
    case u'\u06D5': return u'\u0627';
    case u'\u0A70': return u'\u0A28'; // Panjabi's n through the nose, which would be lost as a mark
    case u'\u0392':                   // Greek b and long e have long been v and i
    case u'\u03B2': return u'v';
    case u'\u0397':
    case u'\u0389':
    case u'\u03AE':
    case u'\u03B7': return u'i';
    default: return letter;
    }
}

} // namespace reachable::identity
