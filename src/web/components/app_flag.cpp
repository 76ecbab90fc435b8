#include "web/components/app_flag.h"

#include <algorithm>

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

void put_words(Html& out, const AppFlag& flag)
{
    if (flag.is_urgent) {
        out.lit("<strong>") << flag.urgent_text;
        out.lit("</strong> ");
    }
    if (flag.href.empty()) {
        out << flag.text;
        return;
    }
    out.lit("<a class=\"govuk-link govuk-link--no-visited-state\"");
    put_href(out, flag.href);
    out.lit(">") << flag.text;
    out.lit("</a>");
}

void put_more(Html& out, const AppFlags& flags, std::size_t count)
{
    const Text words = flags.more_text.empty() ? Text("and " + std::to_string(count) + " more") : flags.more_text;
    out.lit("<li class=\"app-flags__more\">");
    if (!flags.more_href.empty()) {
        out.lit("<a class=\"govuk-link govuk-link--no-visited-state\"");
        put_href(out, flags.more_href);
        out.lit(">");
    }
    out << words;
    if (!flags.more_href.empty()) out.lit("</a>");
    out.lit("</li>");
}

} // namespace

Html render(const AppFlag& flag)
{
    Html out = lit("<span");
    put_classes(out, "app-flag", flag.is_urgent ? "app-flag--urgent" : "");
    out.lit(">");
    put_words(out, flag);
    if (!flag.note.empty()) {
        out.lit("<span class=\"app-flag__note\">") << flag.note;
        out.lit("</span>");
    }
    out.lit("</span>");
    return out;
}

Html render(const AppFlags& flags)
{
    Html out;
    if (flags.flags.empty()) return out;
    const std::size_t shown = std::min(flags.at_most, flags.flags.size());
    out.lit("<ul class=\"app-flags\"").attribute("aria-label", flags.label.words).lit(">");
    for (std::size_t index = 0; index < shown; ++index) {
        out.lit("<li>") << render(flags.flags[index]);
        out.lit("</li>");
    }
    if (shown < flags.flags.size()) put_more(out, flags, flags.flags.size() - shown);
    out.lit("</ul>");
    return out;
}

} // namespace reachable::web
