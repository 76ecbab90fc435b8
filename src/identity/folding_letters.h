// The letters that Unicode's decomposition leaves as they are, and those a name is better written with than ICU does.
#pragma once

#include <cstdint>
#include <string_view>

namespace reachable::identity {

/// Latin letters that are no base letter with a mark: "l" for ł, "ss" for ß, "th" for þ. Null for every other letter.
/// Takes lower case.
const char* latin_letter(char32_t letter);

/// How passports and their holders write a Cyrillic letter: "sh" for ш, "yu" for ю. Ukrainian reads two letters its own
/// way. Null for a letter of no Cyrillic alphabet known here. Takes lower case.
enum class CyrillicCustom : std::uint8_t { russian, ukrainian };
const char* cyrillic_letter(char32_t letter, CyrillicCustom custom);

/// True for the letters that only Ukrainian has among the languages usual here.
bool is_ukrainian_letter(char32_t letter);

/// Letters of Persian, Urdu, Kurdish, Panjabi and Greek as the nearest one that ICU writes as their speakers do; any
/// other as it is.
char16_t known_letter(char16_t letter);

} // namespace reachable::identity
