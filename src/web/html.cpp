#include "web/html.h"

namespace reachable::web {

Html& Html::operator<<(const Text& text)
{
    const std::string_view words = text.words;
    std::size_t from = 0;
    for (;;) {
        const auto at = words.find_first_of("&<>\"'", from);
        markup_ += words.substr(from, at - from);
        if (at == std::string_view::npos) return *this;
        switch (words[at]) {
        case '&':
            markup_ += "&amp;";
            break;
        case '<':
            markup_ += "&lt;";
            break;
        case '>':
            markup_ += "&gt;";
            break;
        case '"':
            markup_ += "&quot;";
            break;
        default:
            markup_ += "&#39;";
            break;
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
