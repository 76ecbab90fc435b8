#include "web/components/language_navigation.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

void put_current(Html& out, const LanguageNavigationItem& item)
{
    out.lit("<span");
    put_classes(out, "govuk-language-navigation__text", item.classes);
    out.lit(" aria-current=\"true\"");
    put_if(out, "lang", item.lang);
    put_if(out, "dir", item.dir);
    out << item.attributes;
    out.lit(">") << item.text;
    out.lit("</span>\n");
}

void put_link(Html& out, const LanguageNavigationItem& item)
{
    out.lit("<a");
    put_classes(out, "govuk-language-navigation__link", item.classes);
    put_href(out, item.href);
    out.lit(" rel=\"alternate\"");
    put_if(out, "lang", item.lang);
    put_if(out, "hreflang", item.href_lang.empty() ? item.lang : item.href_lang);
    put_if(out, "dir", item.dir);
    out << item.attributes;
    out.lit(">") << item.text;
    if (!item.language_description_text.empty()) {
        out.lit("<span class=\"govuk-visually-hidden\"> ") << item.language_description_text;
        out.lit("</span>");
    }
    out.lit("\n</a>\n");
}

} // namespace

Html render(const LanguageNavigation& navigation)
{
    Html out = lit("<nav");
    put_classes(out, "govuk-language-navigation", navigation.classes);
    out << navigation.attributes;
    out.attribute("aria-label", navigation.aria_label.words);
    out.lit("><ul class=\"govuk-language-navigation__list\">");
    for (const auto& item : navigation.items) {
        out.lit("<li class=\"govuk-language-navigation__list-item\">");
        if (item.current || item.href.empty())
            put_current(out, item);
        else
            put_link(out, item);
        out.lit("</li>");
    }
    out.lit("</ul></nav>");
    return out;
}

} // namespace reachable::web
