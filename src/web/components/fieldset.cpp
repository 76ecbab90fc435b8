#include "web/components/fieldset.h"

namespace reachable::web {

namespace {

Html render_legend(const Legend& legend)
{
    Html out;
    if (legend.text.empty()) return out;
    out.lit("<legend");
    put_classes(out, "govuk-fieldset__legend", legend.classes);
    out.lit(">\n");
    if (legend.is_page_heading)
        out << heading(1, "govuk-fieldset__heading", legend.text);
    else
        out << legend.text;
    out.lit("\n</legend>\n");
    return out;
}

} // namespace

Html render(const Fieldset& fieldset)
{
    Html out;
    out.lit("<fieldset");
    put_classes(out, "govuk-fieldset", fieldset.classes);
    put_if(out, "role", fieldset.role);
    put_if(out, "aria-describedby", fieldset.described_by);
    out << fieldset.attributes;
    out.lit(">\n") << render_legend(fieldset.legend) << fieldset.html;
    out.lit("</fieldset>\n");
    return out;
}

} // namespace reachable::web
