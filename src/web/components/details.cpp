#include "web/components/details.h"

namespace reachable::web {

Html render(const Details& details)
{
    Html out = lit("<details");
    put_if(out, "id", details.id);
    put_classes(out, "govuk-details", details.classes);
    out << details.attributes;
    if (details.open) out.lit(" open");
    out.lit("><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">\n")
        << details.summary;
    out.lit("\n</span>\n</summary><div class=\"govuk-details__text\">") << details.text;
    out.lit("</div></details>");
    return out;
}

} // namespace reachable::web
