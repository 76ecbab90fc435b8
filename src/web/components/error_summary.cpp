#include "web/components/error_summary.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

Html render_item(const ErrorSummaryItem& item)
{
    Html out;
    out.lit("<li>\n");
    if (item.href.empty()) {
        out << item.text;
    } else {
        out.lit("<a");
        put_href(out, item.href);
        out << item.attributes;
        out.lit(">") << item.text;
        out.lit("</a>");
    }
    out.lit("\n</li>\n");
    return out;
}

Html render_body(const ErrorSummary& summary)
{
    Html out;
    out.lit("<div class=\"govuk-error-summary__body\">\n");
    if (!summary.description.empty()) {
        out.lit("<p>\n") << summary.description;
        out.lit("\n</p>\n");
    }
    if (!summary.error_list.empty()) {
        out.lit("<ul class=\"govuk-list govuk-error-summary__list\">\n");
        for (const ErrorSummaryItem& item : summary.error_list) out << render_item(item);
        out.lit("</ul>\n");
    }
    out.lit("</div>\n");
    return out;
}

} // namespace

Html render(const ErrorSummary& summary)
{
    Html out;
    out.lit("<div");
    put_classes(out, "govuk-error-summary", summary.classes);
    if (summary.disable_auto_focus)
        out.attribute("data-disable-auto-focus", *summary.disable_auto_focus ? "true" : "false");
    out << summary.attributes;
    out.lit(" data-module=\"govuk-error-summary\">\n<div role=\"alert\">\n");
    out << heading(2, "govuk-error-summary__title", summary.title) << render_body(summary);
    out.lit("</div>\n</div>\n");
    return out;
}

} // namespace reachable::web
