#include "web/components/warning_text.h"

namespace reachable::web {

Html render(const WarningText& warning)
{
    Html out = lit("<div");
    put_classes(out, "govuk-warning-text", warning.classes);
    out << warning.attributes;
    out.lit("><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>\n"
            "<strong class=\"govuk-warning-text__text\">\n<span class=\"govuk-visually-hidden\">")
        << warning.icon_fallback_text;
    out.lit("</span>\n") << warning.text;
    out.lit("\n</strong>\n</div>");
    return out;
}

} // namespace reachable::web
