#include "web/components/skip_link.h"

#include "web/components/link_address.h"

namespace reachable::web {

Html render(const SkipLink& link)
{
    Html out = lit("<a");
    put_href(out, link.href);
    put_classes(out, "govuk-skip-link", link.classes);
    out << link.attributes;
    out.lit(" data-module=\"govuk-skip-link\">") << link.text;
    out.lit("</a>");
    return out;
}

} // namespace reachable::web
