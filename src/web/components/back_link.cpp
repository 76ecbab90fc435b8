#include "web/components/back_link.h"

#include "web/components/link_address.h"

namespace reachable::web {

Html render(const BackLink& link)
{
    Html out = lit("<a");
    put_href(out, link.href);
    put_classes(out, "govuk-back-link", link.classes);
    out << link.attributes;
    out.lit(">") << link.text;
    out.lit("</a>");
    return out;
}

} // namespace reachable::web
