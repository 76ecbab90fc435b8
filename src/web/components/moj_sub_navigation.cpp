#include "web/components/moj_sub_navigation.h"

#include "web/components/link_address.h"

namespace reachable::web {

Html render(const MojSubNavigation& navigation)
{
    Html out = lit("<nav");
    put_classes(out, "moj-sub-navigation app-no-print", navigation.classes);
    out.attribute("aria-label", navigation.label.words) << navigation.attributes;
    out.lit("><ul class=\"moj-sub-navigation__list\">");
    for (const auto& item : navigation.items) {
        out.lit("<li");
        put_classes(out, "moj-sub-navigation__item", item.classes);
        out.lit("><a class=\"moj-sub-navigation__link\"");
        if (item.active) out.lit(" aria-current=\"page\"");
        put_href(out, item.href);
        out << item.attributes;
        out.lit(">") << item.text;
        out.lit("</a></li>");
    }
    out.lit("</ul></nav>");
    return out;
}

} // namespace reachable::web
