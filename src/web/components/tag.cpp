#include "web/components/tag.h"

namespace reachable::web {

Html render(const Tag& tag)
{
    Html out = lit("<strong");
    put_classes(out, "govuk-tag", tag.classes);
    out << tag.attributes;
    out.lit(">\n") << tag.text;
    out.lit("\n</strong>\n");
    return out;
}

} // namespace reachable::web
