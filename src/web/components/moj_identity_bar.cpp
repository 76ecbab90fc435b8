#include "web/components/moj_identity_bar.h"

namespace reachable::web {

Html render(const MojIdentityBar& bar)
{
    Html out = lit("<section");
    put_classes(out, "moj-identity-bar app-identity", bar.classes);
    out.attribute("aria-label", bar.aria_label.words) << bar.attributes;
    out.lit("><p class=\"moj-identity-bar__title app-identity__title\">") << bar.title;
    out.lit("</p>");
    if (!bar.facts.empty()) {
        out.lit("<ul class=\"app-identity__facts\">");
        for (const Content& fact : bar.facts) {
            out.lit("<li>") << fact;
            out.lit("</li>");
        }
        out.lit("</ul>");
    }
    out << render(bar.flags);
    if (!bar.who_can_see.empty()) {
        out.lit("<p class=\"app-identity__note\">") << bar.who_can_see;
        out.lit("</p>");
    }
    out.lit("</section>");
    return out;
}

} // namespace reachable::web
