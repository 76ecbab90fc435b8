// How a name is written for matching: Latin letters a to z and spaces only, in lower case. What was given is kept
// elsewhere for showing. "Łukasz O'Neill-Smith" gives "lukasz oneill smith".
#pragma once

#include <string>
#include <string_view>

namespace reachable::identity {

/// Letters of any script as a to z; marks off; apostrophes join, hyphens and everything else divide; one space between
/// words. Digits stay. Plain ASCII takes a short way (nanoseconds); other scripts are transliterated.
/// Bytes that are no UTF-8 leave what remains. Arabic script parts from its article: "الحسن" gives "al hsn".
std::string fold(std::string_view text);

} // namespace reachable::identity
