#include "web/components/feedback.h"

namespace reachable::web {

Html render(const Feedback& feedback)
{
    Html out = lit("<div");
    put_classes(out, "govuk-feedback govuk-width-container", feedback.classes);
    out << feedback.attributes;
    out.lit("><div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">")
        << heading(feedback.heading_level, "govuk-feedback__title", feedback.title);
    if (!feedback.text.empty()) {
        out.lit("<div class=\"govuk-feedback__body\">");
        if (!feedback.text.is_markup()) out.lit("<p class=\"govuk-body\">");
        out << feedback.text;
        if (!feedback.text.is_markup()) out.lit("</p>");
        out.lit("</div>");
    }
    out.lit("</div></div></div>");
    return out;
}

} // namespace reachable::web
