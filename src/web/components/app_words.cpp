#include "web/components/app_words.h"

#include "base/text.h"

namespace reachable::web {

namespace {

/// Each line that is not blank stands as a paragraph, so that nothing of how they were said is lost.
void put_paragraphs(Html& out, const Text& words)
{
    for (const std::string_view line : split(words.words, '\n')) {
        if (trim(line).empty()) continue;
        out.lit("<p>") << Text(trim(line));
        out.lit("</p>");
    }
}

void put_caption_line(Html& out, const Text& line)
{
    if (line.empty()) return;
    out.lit("<span>") << line;
    out.lit("</span> ");
}

} // namespace

Html render(const AppWords& words)
{
    Html out;
    if (trim(words.words.words).empty()) {
        out.lit("<p class=\"app-words app-words--none\">") << words.not_given_text;
        return out.lit("</p>");
    }
    out.lit("<figure class=\"app-words\"><blockquote");
    put_if(out, "lang", words.lang);
    out.lit(">");
    put_paragraphs(out, words.words);
    out.lit("</blockquote>");
    if (!words.written_by.empty() || !words.who_can_see.empty()) {
        out.lit("<figcaption>");
        put_caption_line(out, words.written_by);
        put_caption_line(out, words.who_can_see);
        out.lit("</figcaption>");
    }
    return out.lit("</figure>");
}

} // namespace reachable::web
