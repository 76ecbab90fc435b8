#include "web/components/label.h"

namespace reachable::web {

Html render(const Label& label)
{
    Html out;
    if (label.text.empty()) return out;
    if (label.is_page_heading) out.lit("<h1 class=\"govuk-label-wrapper\">\n");
    out.lit("<label");
    put_classes(out, "govuk-label", label.classes);
    out << label.attributes;
    put_if(out, "for", label.for_id);
    out.lit(">\n") << label.text;
    out.lit("\n</label>\n");
    if (label.is_page_heading) out.lit("</h1>\n");
    return out;
}

} // namespace reachable::web
