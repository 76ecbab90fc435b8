#include "web/components/app_source.h"

namespace reachable::web {

Html render(const AppSource& source)
{
    Html out = lit("<span class=\"app-source\"><span class=\"govuk-visually-hidden\">");
    out << source.label;
    out.lit(" </span>") << (source.agency.empty() ? Text("agency not recorded") : source.agency);
    out.lit(", ") << (source.date.empty() ? Text("date not recorded") : source.date);
    out.lit(", ") << (source.how_known.empty() ? Text("how known not recorded") : source.how_known);
    if (!source.freshness.empty()) {
        out.lit(" <strong class=\"app-source__age\">") << source.freshness;
        out.lit("</strong>");
    }
    out.lit("</span>");
    return out;
}

} // namespace reachable::web
