// The pieces of a policy text: words, quoted sentences and signs, each with its line.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace reachable::policy {

enum class TokenKind { word, sentence, sign, comment };

struct Token {
    TokenKind kind = TokenKind::word;
    std::string text; // of a sentence: what stands between the quotation marks
    int line = 1;
    bool begins_statement = false; // stands at the very left of its line
    std::size_t at = 0;            // where it stands in the text, in bytes, and how long it is there
    std::size_t length = 0;
};

/// Words hold letters, digits and - _ . and nothing else; signs are , ; and <; # begins a comment up to the end of the
/// line.
Result<std::vector<Token>> tokens_of(std::string_view text);

} // namespace reachable::policy
