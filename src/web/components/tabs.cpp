#include "web/components/tabs.h"

namespace reachable::web {

namespace {

std::string panel_id(const Tabs& tabs, std::size_t index)
{
    const TabsItem& item = tabs.items[index];
    return item.id.empty() ? tabs.id_prefix + "-" + std::to_string(index + 1) : item.id;
}

void put_tab(Html& out, const Tabs& tabs, std::size_t index)
{
    out.lit("<li");
    put_classes(out, "govuk-tabs__list-item", index == 0 ? "govuk-tabs__list-item--selected" : "");
    out.lit("><a class=\"govuk-tabs__tab\"").attribute("href", "#" + panel_id(tabs, index));
    out << tabs.items[index].attributes;
    out.lit(">\n") << tabs.items[index].label;
    out.lit("\n</a>\n</li>");
}

void put_panel(Html& out, const Tabs& tabs, std::size_t index)
{
    const TabsItem& item = tabs.items[index];
    const bool is_line = !item.panel.empty() && !item.panel.is_markup();
    out.lit("<div");
    put_classes(out, "govuk-tabs__panel", index == 0 ? "" : "govuk-tabs__panel--hidden");
    out.attribute("id", panel_id(tabs, index)) << item.panel_attributes;
    out.lit(">");
    if (is_line) out.lit("<p class=\"govuk-body\">");
    out << item.panel;
    if (is_line) out.lit("</p>");
    out.lit("</div>");
}

} // namespace

Html render(const Tabs& tabs)
{
    Html out = lit("<div");
    put_if(out, "id", tabs.id);
    put_classes(out, "govuk-tabs", tabs.classes);
    out << tabs.attributes;
    out.lit(" data-module=\"govuk-tabs\"><h2 class=\"govuk-tabs__title\">") << tabs.title;
    out.lit("</h2>");
    if (!tabs.items.empty()) {
        out.lit("<ul class=\"govuk-tabs__list\">");
        for (std::size_t index = 0; index < tabs.items.size(); ++index) put_tab(out, tabs, index);
        out.lit("</ul>");
        for (std::size_t index = 0; index < tabs.items.size(); ++index) put_panel(out, tabs, index);
    }
    out.lit("</div>");
    return out;
}

} // namespace reachable::web
