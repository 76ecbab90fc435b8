// How addresses, forms and cookies write their values: percent escapes, pairs joined by "&", cookies joined by ";".
// Every function gives clean UTF-8 or refuses; nothing is repaired by guessing.
#pragma once

#include "web/http.h"

namespace reachable::web {

constexpr std::size_t most_fields = 400;
constexpr std::size_t longest_field_name_bytes = 100;

/// What a "+" stands for: a space in forms and queries, itself in a path.
enum class Plus { is_a_space, is_itself };

/// Turns %41 into A. Refuses an escape that is cut short or not hexadecimal. The bytes it gives are not yet checked.
Result<std::string> percent_decoded(std::string_view text, Plus plus);

/// Keeps letters, digits and - . _ ~ and writes every other byte as %XX: for building a query or a piece of a path.
std::string percent_encoded(std::string_view text);

/// The pairs of a query or of a posted form, in order. Line ends in a value become a plain newline, as a person typed
/// them; so do the line and page breaks of other programs, and other control characters are left out. Refuses more than
/// `most_fields`, a name that is empty, too long or holds a control character, and any value that is not clean UTF-8.
Result<Fields> decode_pairs(std::string_view text);

/// The path of a request, decoded. Refuses anything that could mean another place than it shows: "..", ".", "//",
/// an encoded slash, a backslash, control characters, bad UTF-8.
Result<std::string> decode_path(std::string_view path);

/// Adds the pairs of one Cookie header. Pairs that are not ours to judge (no "=", odd bytes) are left out, because
/// another program on the same host may have set them.
void add_cookies(Fields& cookies, std::string_view header);

} // namespace reachable::web
