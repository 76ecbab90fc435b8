#include "web/components/phase_banner.h"

namespace reachable::web {

Html render(const PhaseBanner& banner)
{
    Classes tag_classes = "govuk-phase-banner__content__tag";
    tag_classes.add(banner.tag.classes);

    Html out = lit("<div");
    put_classes(out, "govuk-phase-banner govuk-width-container", banner.classes);
    out << banner.attributes;
    out.lit("><p class=\"govuk-phase-banner__content\">") << render(Tag{banner.tag.text, tag_classes, {}});
    out.lit("<span class=\"govuk-phase-banner__text\">\n") << banner.text;
    out.lit("\n</span>\n</p></div>");
    return out;
}

} // namespace reachable::web
