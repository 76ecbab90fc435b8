#include "web/components/breadcrumbs.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

void put_item(Html& out, const BreadcrumbsItem& item)
{
    if (item.href.empty()) {
        out.lit("<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">") << item.text;
        out.lit("</li>");
        return;
    }
    out.lit("<li class=\"govuk-breadcrumbs__list-item\"><a class=\"govuk-breadcrumbs__link\"");
    put_href(out, item.href);
    out << item.attributes;
    out.lit(">") << item.text;
    out.lit("</a></li>");
}

} // namespace

Html render(const Breadcrumbs& breadcrumbs)
{
    Classes classes = breadcrumbs.classes;
    if (breadcrumbs.collapse_on_mobile) classes.add("govuk-breadcrumbs--collapse-on-mobile");

    Html out = lit("<nav");
    put_classes(out, "govuk-breadcrumbs", classes);
    out << breadcrumbs.attributes;
    out.attribute("aria-label", breadcrumbs.label_text.words);
    out.lit("><ol class=\"govuk-breadcrumbs__list\">");
    for (const auto& item : breadcrumbs.items) put_item(out, item);
    out.lit("</ol></nav>");
    return out;
}

} // namespace reachable::web
