#include "web/components/generic_header.h"

#include "web/components/link_address.h"

namespace reachable::web {

Html render(const GenericHeader& header)
{
    Html out = lit("<div");
    put_classes(out, "govuk-generic-header", header.classes);
    out << header.attributes;
    out.lit("><div");
    put_classes(out, "govuk-generic-header__container", header.container_classes);
    out.lit("><div class=\"govuk-generic-header__logo\"><a");
    put_href(out, header.url);
    out.lit(" class=\"govuk-generic-header__homepage-link\">\n") << header.logo;
    out.lit("\n</a>\n</div></div></div>");
    return out;
}

} // namespace reachable::web
