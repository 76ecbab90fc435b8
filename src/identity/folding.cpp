#include "identity/folding.h"

#include "base/result.h"
#include "identity/folding_letters.h"

#include <array>
#include <memory>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace reachable::identity {

namespace {

constexpr char divides = 0;
constexpr char joins = 1;

/// What each byte of ASCII is in a folded name: itself in lower case, nothing, or the end of a word.
constexpr auto ascii = [] {
    std::array<char, 128> table{};
    for (char digit = '0'; digit <= '9'; ++digit) table[static_cast<std::size_t>(digit)] = digit;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        table[static_cast<std::size_t>(letter)] = letter;
        table[static_cast<std::size_t>(letter - 'a' + 'A')] = letter;
    }
    table['\''] = joins;
    table['`'] = joins;
    return table;
}();

/// Folds into `out`, which has room for every byte of the text; gives the end, or null at the first byte that is not
/// ASCII.
char* fold_ascii(std::string_view text, char* out)
{
    const char* const start = out;
    bool is_divided = false;
    for (const char byte : text) {
        const auto number = static_cast<unsigned char>(byte);
        if (number >= ascii.size()) return nullptr;
        const char letter = ascii[number];
        if (letter > joins) {
            if (is_divided && out != start) *out++ = ' ';
            is_divided = false;
            *out++ = letter;
        } else if (letter == divides) {
            is_divided = true;
        }
    }
    return out;
}

/// A folded name that grows: a space is written only between words.
class Folded {
  public:
    void divide() { is_divided_ = true; }
    void put(char byte)
    {
        const char letter = ascii[static_cast<unsigned char>(byte)];
        if (letter == joins) return;
        if (letter == divides) return divide();
        if (is_divided_ && !text_.empty()) text_ += ' ';
        is_divided_ = false;
        text_ += letter;
    }
    void put(const char* letters)
    {
        for (; *letters != '\0'; ++letters) put(*letters);
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
    bool is_divided_ = false;
};

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*instance)(UErrorCode&))
{
    UErrorCode error = U_ZERO_ERROR;
    const auto* made = instance(error);
    CHECK(U_SUCCESS(error) && made != nullptr, "ICU has no data for normal forms");
    return *made;
}

/// Making one takes many milliseconds and using one is not safe from two threads: each thread has its own.
const icu::Transliterator& transliterator()
{
    thread_local const auto made = [] {
        UErrorCode error = U_ZERO_ERROR;
        auto instance = std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(
            "Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, error));
        CHECK(U_SUCCESS(error) && instance != nullptr, "ICU has no data for transliteration");
        return instance;
    }();
    return *made;
}

bool is_apostrophe(UChar32 letter)
{
    // U+02B0 to U+02FF are letters that modify: ʻ ʼ ʿ ʾ ʹ among them.
    return letter == 0x00B4 || letter == 0x2018 || letter == 0x2019 || letter == 0x201B || letter == 0x2032 ||
           letter == 0x05F3 || letter == 0xFF07 || (letter >= 0x02B0 && letter <= 0x02FF);
}

/// Marks, invisible signs and bytes that were no UTF-8 leave no trace and divide nothing.
bool is_without_trace(UChar32 letter)
{
    if (letter == 0xFFFD || letter == 0x0640 || is_apostrophe(letter)) return true;
    const auto category = u_charType(letter);
    return category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_COMBINING_SPACING_MARK ||
           category == U_FORMAT_CHAR;
}

UScriptCode script_of(UChar32 letter)
{
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(letter, &error);
}

/// A Latin letter without its marks.
void put_latin(Folded& folded, UChar32 letter)
{
    static const auto& decomposed = normalizer(icu::Normalizer2::getNFKDInstance);
    letter = u_tolower(letter);
    icu::UnicodeString pieces(letter);
    if (icu::UnicodeString parts; decomposed.getDecomposition(letter, parts)) pieces = parts;
    for (std::int32_t i = 0; i < pieces.length(); i = pieces.moveIndex32(i, 1)) {
        const UChar32 piece = u_tolower(pieces.char32At(i));
        if (piece < 0x80) {
            folded.put(static_cast<char>(piece));
        } else if (const auto* written = latin_letter(static_cast<char32_t>(piece))) {
            folded.put(written);
        }
    }
}

/// Arabic writes the article onto its word and begins many names with a consonant that Latin letters leave out. Both
/// are written as in Latin letters, so that the words and their sounds meet: "al hsn", "amr".
void write_arabic_as_latin_does(icu::UnicodeString& word, Folded& folded)
{
    constexpr char16_t alef = u'\u0627', ain = u'\u0639';
    const bool is_article = word.startsWith(u"\u0627\u0644") && word.length() >= 5 &&
                            !word.startsWith(u"\u0627\u0644\u0644\u0647") &&
                            !word.startsWith(u"\u0627\u0644\u064A\u0627");
    if (is_article) {
        folded.put("al");
        folded.divide();
        word.remove(0, 2);
    }
    if (word.charAt(0) == ain) word.setCharAt(0, alef);
}

/// A run of letters that are neither Latin nor Cyrillic.
void put_transliterated(Folded& folded, icu::UnicodeString& run)
{
    if (run.isEmpty()) return;
    static const auto& composed = normalizer(icu::Normalizer2::getNFKCInstance);
    UErrorCode error = U_ZERO_ERROR;
    auto word = composed.normalize(run, error);
    run.remove();
    for (std::int32_t i = 0; i < word.length(); ++i) word.setCharAt(i, known_letter(word.charAt(i)));
    write_arabic_as_latin_does(word, folded);
    transliterator().transliterate(word);
    for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
        const UChar32 letter = word.char32At(i);
        if (letter < 0x80) {
            folded.put(static_cast<char>(letter));
        } else if (script_of(letter) == USCRIPT_LATIN && !is_without_trace(letter)) {
            put_latin(folded, letter);
        }
    }
}

icu::UnicodeString read(std::string_view text)
{
    static const auto& composed = normalizer(icu::Normalizer2::getNFCInstance);
    UErrorCode error = U_ZERO_ERROR;
    return composed.normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))), error);
}

CyrillicCustom custom_of(const icu::UnicodeString& letters)
{
    for (std::int32_t i = 0; i < letters.length(); ++i) {
        if (is_ukrainian_letter(letters.charAt(i))) return CyrillicCustom::ukrainian;
    }
    return CyrillicCustom::russian;
}

/// A letter beyond ASCII: written at once, or left to the run it belongs to.
void put_letter(Folded& folded, icu::UnicodeString& run, UChar32 letter, CyrillicCustom custom)
{
    if (is_without_trace(letter)) {
        // Vowel signs and joiners are marks too; the script they belong to needs them.
        if (!run.isEmpty() && !is_apostrophe(letter)) run.append(letter);
        return;
    }
    if (!u_isalpha(letter)) {
        put_transliterated(folded, run);
        const auto digit = u_charDigitValue(letter);
        return digit < 0 ? folded.divide() : folded.put(static_cast<char>('0' + digit));
    }
    const auto script = script_of(letter);
    const auto* cyrillic =
        script == USCRIPT_CYRILLIC ? cyrillic_letter(static_cast<char32_t>(u_tolower(letter)), custom) : nullptr;
    if (script != USCRIPT_LATIN && cyrillic == nullptr) {
        run.append(letter);
        return;
    }
    put_transliterated(folded, run);
    if (cyrillic != nullptr) return folded.put(cyrillic);
    put_latin(folded, letter);
}

std::string fold_any(std::string_view text)
{
    const auto letters = read(text);
    const auto custom = custom_of(letters);
    Folded folded;
    icu::UnicodeString run;
    for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
        const UChar32 letter = letters.char32At(i);
        if (letter < 0x80) {
            put_transliterated(folded, run);
            folded.put(static_cast<char>(letter));
        } else {
            put_letter(folded, run, letter, custom);
        }
    }
    put_transliterated(folded, run);
    return folded.take();
}

} // namespace

std::string fold(std::string_view text)
{
    std::string folded(text.size(), '\0');
    const char* const end = fold_ascii(text, folded.data());
    if (end == nullptr) return fold_any(text);
    folded.resize(static_cast<std::size_t>(end - folded.data()));
    return folded;
}

} // namespace reachable::identity
