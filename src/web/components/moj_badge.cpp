#include "web/components/moj_badge.h"

namespace reachable::web {

Html render(const MojBadge& badge)
{
    Html out = lit("<span");
    put_classes(out, "moj-badge", badge.classes);
    out << badge.attributes;
    out.lit(">");
    if (!badge.visually_hidden_text.empty()) {
        out.lit("<span class=\"govuk-visually-hidden\">") << badge.visually_hidden_text;
        out.lit(" </span>");
    }
    out << badge.text;
    out.lit("</span>");
    return out;
}

} // namespace reachable::web
