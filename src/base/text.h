// Small helpers over text that several rooms need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reachable {

std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
/// Pieces between separators; an empty text has one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& pieces, std::string_view between);
/// "an inspector", "a custody sergeant".
std::string with_article(std::string_view noun);
/// True for well-formed UTF-8 with no control characters but tab, newline and carriage return.
bool is_clean_utf8(std::string_view text);
/// True if a character stands in it that turns the direction of the text around it (U+202A to U+202E, U+2066 to
/// U+2069): with these a name can be made to look like another one.
bool turns_direction(std::string_view text);

} // namespace reachable
