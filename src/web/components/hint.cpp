#include "web/components/hint.h"

namespace reachable::web {

Html render(const Hint& hint)
{
    Html out;
    out.lit("<div");
    put_if(out, "id", hint.id);
    put_classes(out, "govuk-hint", hint.classes);
    out << hint.attributes;
    out.lit(">\n") << hint.text;
    out.lit("\n</div>\n");
    return out;
}

} // namespace reachable::web
