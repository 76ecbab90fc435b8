#include "web/components/button.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

Html start_icon()
{
    return lit(
        "<svg class=\"govuk-button__start-icon\" xmlns=\"http://www.w3.org/2000/svg\" width=\"17.5\" height=\"19\" "
        "viewBox=\"0 0 33 40\" aria-hidden=\"true\" focusable=\"false\">\n"
        "<path fill=\"currentColor\" d=\"M0 0h13l20 20-20 20H0l20-20z\"/>\n</svg>\n");
}

void put_common_attributes(Html& out, const Button& button)
{
    put_classes(out, "govuk-button", Classes(button.classes).add(button.is_start_button ? "govuk-button--start" : ""));
    out.attribute("data-module", "govuk-button") << button.attributes;
    put_if(out, "id", button.id);
}

// A start button is a flex box, which would drop the spaces between the elements of its markup.
Html inside_of(const Button& button)
{
    Html out;
    if (button.is_start_button && button.text.is_markup()) {
        out.lit("<span>") << button.text;
        out.lit("</span>");
    } else {
        out << button.text;
    }
    if (button.is_start_button) out.lit("\n") << start_icon();
    return out;
}

} // namespace

Html render(const Button& button)
{
    Html out;
    if (!button.href.empty()) {
        out.lit("<a");
        put_href(out, button.href);
        out.lit(" role=\"button\" draggable=\"false\"");
        put_common_attributes(out, button);
        out.lit(">\n") << inside_of(button);
        out.lit("\n</a>\n");
        return out;
    }
    out.lit("<button").attribute("type", button.type);
    put_if(out, "value", button.value);
    put_if(out, "name", button.name);
    if (button.disabled) out.lit(" disabled aria-disabled=\"true\"");
    if (button.prevent_double_click)
        out.attribute("data-prevent-double-click", *button.prevent_double_click ? "true" : "false");
    put_common_attributes(out, button);
    out.lit(">\n") << inside_of(button);
    out.lit("\n</button>\n");
    return out;
}

} // namespace reachable::web
