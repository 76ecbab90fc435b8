// A text as words: what is compared with the patterns of the list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reachable::language {

/// A word in lower case, without an "'s" at its end, and where it stands in the text, in bytes.
struct Word {
    std::string letters = {};
    std::size_t begin = 0;
    std::size_t end = 0;
    bool is_apart = false; // a full stop, a comma or a quotation stands before it: no phrase goes on here
};

/// The words of a text in UTF-8. Hyphens and white space stand between words; every shape of an apostrophe is one.
/// Whatever stands between double quotation marks on one line is left out.
std::vector<Word> words_of(std::string_view text);

} // namespace reachable::language
