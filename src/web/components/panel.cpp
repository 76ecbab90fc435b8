#include "web/components/panel.h"

#include "web/components/button.h"
#include "web/components/link_address.h"

namespace reachable::web {

namespace {

Html action_link(const PanelAction& action)
{
    Html out = lit("<a");
    put_classes(out, "govuk-link govuk-link--inverse", action.classes);
    put_href(out, action.href);
    out << action.attributes;
    out.lit(">") << action.text;
    out.lit("</a>");
    return out;
}

Html action_button(const PanelAction& action)
{
    return render(Button{
        .text = action.text,
        .type = action.type.empty() ? "button" : action.type,
        .href = is_safe_address(action.href) ? action.href : "#",
        .classes = Classes("govuk-button--inverse").add(action.classes),
        .attributes = action.attributes,
    });
}

void put_actions(Html& out, const PanelActions& actions)
{
    out.lit("<div");
    put_classes(out, "govuk-panel__actions", actions.classes);
    out << actions.attributes;
    out.lit(">");
    if (!actions.items.empty()) {
        out.lit("<div class=\"govuk-button-group\">");
        for (const auto& action : actions.items)
            out << (action.href.empty() || action.type == "button" ? action_button(action) : action_link(action));
        out.lit("</div>");
    }
    out.lit("</div>");
}

} // namespace

Html render(const Panel& panel)
{
    const bool is_interruption = panel.classes.mention("govuk-panel--interruption");
    Classes classes = is_interruption ? "" : "govuk-panel--confirmation";
    classes.add(panel.classes);

    Html out = lit("<div");
    put_classes(out, "govuk-panel", classes);
    out << panel.attributes;
    out.lit(">") << heading(panel.heading_level, "govuk-panel__title", panel.title);
    if (!panel.text.empty()) {
        out.lit("<div class=\"govuk-panel__body\">") << panel.text;
        out.lit("</div>");
    }
    if (is_interruption && panel.actions) put_actions(out, *panel.actions);
    out.lit("</div>");
    return out;
}

} // namespace reachable::web
