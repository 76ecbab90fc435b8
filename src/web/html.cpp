#include "web/html.h"

#include <array>

namespace reachable::web {
namespace {

/// One table and one pass: a page is mostly such texts, and hardly any of them has a letter to escape.
constexpr auto escaped = [] {
    std::array<bool, 256> table{};
    for (const unsigned char letter : {'&', '<', '>', '"', '\''}) table[letter] = true;
    return table;
}();

std::size_t next_escaped(std::string_view words, std::size_t from)
{
    while (from < words.size() && !escaped[static_cast<unsigned char>(words[from])]) ++from;
    return from;
}

} // namespace

Html& Html::operator<<(const Text& text)
{
    const std::string_view words = text.words;
    std::size_t from = 0;
    for (;;) {
        const auto at = next_escaped(words, from);
        markup_ += words.substr(from, at - from);
        if (at == words.size()) return *this;
        switch (words[at]) {
        case '&': markup_ += "&amp;"; break;
        case '<': markup_ += "&lt;"; break;
        case '>': markup_ += "&gt;"; break;
        case '"': markup_ += "&quot;"; break;
        default: markup_ += "&#39;"; break;
        }
        from = at + 1;
    }
}

Html html(const Text& text)
{
    Html out;
    out << text;
    return out;
}

} // namespace reachable::web
