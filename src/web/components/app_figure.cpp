#include "web/components/app_figure.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

void put_foot(Html& out, const AppFigure& figure)
{
    if (!figure.csv_href.empty()) {
        out.lit("<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
        put_href(out, figure.csv_href);
        out.lit(">") << figure.csv_text;
        out.lit("</a></p>");
    }
    if (!figure.source.empty()) {
        out.lit("<p class=\"app-source\">") << figure.source;
        out.lit("</p>");
    }
}

} // namespace

Html render(const AppFigure& figure)
{
    Html out = lit("<div class=\"app-figure\">");
    out << heading(figure.heading_level, "govuk-heading-m", figure.headline);
    if (!figure.picture.empty()) {
        out.lit("<figure><figcaption class=\"govuk-body-s\">") << figure.caption;
        out.lit("</figcaption>") << figure.picture;
        out.lit("</figure>");
    } else if (!figure.caption.empty()) {
        out.lit("<p class=\"govuk-body-s\">") << figure.caption;
        out.lit("</p>");
    }
    out << figure.table;
    put_foot(out, figure);
    return out.lit("</div>");
}

} // namespace reachable::web
