#include "web/components/service_navigation.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

void put_service_name(Html& out, const ServiceNavigation& bar)
{
    out.lit("<span class=\"govuk-service-navigation__service-name\">\n");
    if (bar.service_url.empty()) {
        out.lit("<span class=\"govuk-service-navigation__text\">") << bar.service_name;
        out.lit("</span>\n");
    } else {
        out.lit("<a");
        put_href(out, bar.service_url);
        out.lit(" class=\"govuk-service-navigation__link\">\n") << bar.service_name;
        out.lit("\n</a>\n");
    }
    out.lit("</span>\n");
}

// The active item is strong, so that people who override colours can still tell it.
void put_words(Html& out, const ServiceNavigationItem& item)
{
    const bool is_active = item.active || item.current;
    if (is_active) out.attribute("aria-current", item.current ? "page" : "true");
    if (!item.href.empty()) out << item.attributes;
    out.lit(">\n");
    if (is_active) out.lit("<strong class=\"govuk-service-navigation__active-fallback\">");
    out << item.text;
    if (is_active) out.lit("</strong>\n");
}

void put_item(Html& out, const ServiceNavigationItem& item)
{
    out.lit("<li");
    put_classes(out, "govuk-service-navigation__item",
                item.active || item.current ? "govuk-service-navigation__item--active" : "");
    out.lit(">");
    if (!item.href.empty()) {
        out.lit("<a class=\"govuk-service-navigation__link\"");
        put_href(out, item.href);
        put_words(out, item);
        out.lit("\n</a>\n");
    } else if (!item.text.empty()) {
        out.lit("<span class=\"govuk-service-navigation__text\"");
        put_words(out, item);
        out.lit("\n</span>\n");
    }
    out.lit("</li>");
}

void put_toggle(Html& out, const ServiceNavigation& bar)
{
    out.lit("<button type=\"button\" class=\"govuk-service-navigation__toggle govuk-js-service-navigation-toggle\"");
    out.attribute("aria-controls", bar.navigation_id);
    if (bar.menu_button_label != bar.menu_button_text) put_if(out, "aria-label", bar.menu_button_label.words);
    out.lit(" hidden aria-hidden=\"true\">\n") << bar.menu_button_text;
    out.lit("\n</button>\n");
}

void put_navigation(Html& out, const ServiceNavigation& bar)
{
    out.lit("<nav");
    out.attribute("aria-label", bar.navigation_label.empty() ? bar.menu_button_text.words : bar.navigation_label.words);
    put_classes(out, "govuk-service-navigation__wrapper", bar.navigation_classes);
    out.lit(">");
    if (bar.collapse_navigation_on_mobile.value_or(bar.navigation.size() > 1)) put_toggle(out, bar);
    out.lit("<ul class=\"govuk-service-navigation__list\"");
    out.attribute("id", bar.navigation_id);
    out.lit(">") << bar.slots.navigation_start;
    for (const auto& item : bar.navigation) put_item(out, item);
    out << bar.slots.navigation_end;
    out.lit("</ul></nav>");
}

bool has_navigation(const ServiceNavigation& bar)
{
    return !bar.navigation.empty() || !bar.slots.navigation_start.empty() || !bar.slots.navigation_end.empty();
}

} // namespace

Html render(const ServiceNavigation& bar)
{
    // With more than the navigation in it the bar is a landmark of its own.
    const bool is_section = !bar.service_name.empty() || !bar.slots.start.empty() || !bar.slots.end.empty();
    Html out;
    if (is_section)
        out.lit("<section").attribute("aria-label", bar.aria_label.words);
    else
        out.lit("<div");
    put_classes(out, "govuk-service-navigation", bar.classes);
    out.lit(" data-module=\"govuk-service-navigation\"") << bar.attributes;
    out.lit("><div");
    put_classes(out, "govuk-width-container",
                bar.slots.is_end_inline && !bar.slots.end.empty() ? "govuk-service-navigation__inlining-container"
                                                                  : "");
    out.lit(">") << bar.slots.start;
    out.lit("<div class=\"govuk-service-navigation__container\">");
    if (!bar.service_name.empty()) put_service_name(out, bar);
    if (has_navigation(bar)) put_navigation(out, bar);
    out.lit("</div>") << bar.slots.end;
    out.lit("</div>");
    return is_section ? out.lit("</section>") : out.lit("</div>");
}

} // namespace reachable::web
