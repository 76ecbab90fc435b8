#include "web/components/moj_timeline.h"

namespace reachable::web {

namespace {

void put_header(Html& out, const MojTimelineItem& item, int heading_level)
{
    out.lit("<div class=\"moj-timeline__header\">") << heading(heading_level, "moj-timeline__title", item.label);
    if (!item.byline.empty()) {
        out.lit(" <p class=\"moj-timeline__byline\">") << item.byline;
        out.lit("</p>");
    }
    out.lit("</div>");
}

void put_date(Html& out, const MojTimelineItem& item)
{
    out.lit("<p class=\"moj-timeline__date\">");
    if (!item.kind.empty()) {
        out.lit("<strong>") << item.kind;
        out.lit("</strong> ");
    }
    if (!item.datetime.empty()) out.lit("<time").attribute("datetime", item.datetime).lit(">");
    out << (item.date.empty() ? Text("Date not known") : item.date);
    if (!item.datetime.empty()) out.lit("</time>");
    out.lit("</p>");
}

void put_item(Html& out, const MojTimelineItem& item, int heading_level)
{
    out.lit("<li");
    put_classes(out, "moj-timeline__item", item.classes);
    out << item.attributes;
    out.lit(">");
    put_header(out, item, heading_level);
    put_date(out, item);
    if (!item.text.empty() || item.source) {
        out.lit("<div class=\"moj-timeline__description\">") << item.text;
        if (item.source) out << render(*item.source);
        out.lit("</div>");
    }
    out.lit("</li>");
}

} // namespace

Html render(const MojTimeline& timeline)
{
    Html out = lit("<ol");
    put_classes(out, "moj-timeline app-timeline", timeline.classes);
    out << timeline.attributes;
    out.lit(">");
    for (const auto& item : timeline.items) put_item(out, item, timeline.heading_level);
    out.lit("</ol>");
    return out;
}

} // namespace reachable::web
