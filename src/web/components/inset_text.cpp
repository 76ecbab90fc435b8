#include "web/components/inset_text.h"

namespace reachable::web {

Html render(const InsetText& inset)
{
    Html out = lit("<div");
    put_if(out, "id", inset.id);
    put_classes(out, "govuk-inset-text", inset.classes);
    out << inset.attributes;
    out.lit(">") << inset.text;
    out.lit("</div>");
    return out;
}

} // namespace reachable::web
