#include "web/components/footer.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

void put_link(Html& out, const FooterLink& link)
{
    out.lit("<a class=\"govuk-footer__link\"");
    put_href(out, link.href);
    out << link.attributes;
    out.lit(">\n") << link.text;
    out.lit("\n</a>\n");
}

void put_section(Html& out, const FooterSection& section)
{
    out.lit("<div");
    put_classes(out, "govuk-footer__section", "govuk-grid-column-" + section.width);
    out.lit("><h2 class=\"govuk-footer__heading govuk-heading-m\">") << section.title;
    out.lit("</h2>");
    if (!section.items.empty()) {
        out.lit("<ul");
        put_classes(out, "govuk-footer__list",
                    section.columns == 0 ? "" : "govuk-footer__list--columns-" + std::to_string(section.columns));
        out.lit(">");
        for (const auto& link : section.items) {
            if (link.href.empty() || link.text.empty()) continue;
            out.lit("<li class=\"govuk-footer__list-item\">");
            put_link(out, link);
            out.lit("</li>");
        }
        out.lit("</ul>");
    }
    out.lit("</div>");
}

void put_meta(Html& out, const FooterMeta& meta)
{
    out.lit("<h2 class=\"govuk-visually-hidden\">") << meta.visually_hidden_title;
    out.lit("</h2>");
    if (!meta.items.empty()) {
        out.lit("<ul class=\"govuk-footer__inline-list\">");
        for (const auto& link : meta.items) {
            out.lit("<li class=\"govuk-footer__inline-list-item\">");
            put_link(out, link);
            out.lit("</li>");
        }
        out.lit("</ul>");
    }
    if (!meta.text.empty()) {
        out.lit("<div class=\"govuk-footer__meta-custom\">") << meta.text;
        out.lit("</div>");
    }
}

Html open_government_licence()
{
    return lit("All content is available under the <a class=\"govuk-footer__link\""
               " href=\"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/\" rel=\"license\">"
               "Open Government Licence v3.0</a>, except where otherwise stated");
}

void put_licence(Html& out, const Content& words)
{
    out.lit(
        "<svg aria-hidden=\"true\" focusable=\"false\" class=\"govuk-footer__licence-logo\""
        " xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 483.2 195.7\" height=\"17\" width=\"41\">"
        "<path fill=\"currentColor\" d=\"M421.5 142.8V.1l-50.7 32.3v161.1h112.4v-50.7zm-122.3-9.6A47.12 47.12 0 0 1 "
        "221 97.8c0-26 21.1-47.1 47.1-47.1 16.7 0 31.4 8.7 39.7 21.8l42.7-27.2A97.63 97.63 0 0 0 268.1 0c-36.5 "
        "0-68.3 20.1-85.1 49.7A98 98 0 0 0 97.8 0C43.9 0 0 43.9 0 97.8s43.9 97.8 97.8 97.8c36.5 0 68.3-20.1 "
        "85.1-49.7a97.76 97.76 0 0 0 149.6 25.4l19.4 22.2h3v-87.8h-80l24.3 27.5zM97.8 145c-26 0-47.1-21.1-47.1-47.1"
        "s21.1-47.1 47.1-47.1 47.2 21 47.2 47S123.8 145 97.8 145\"/></svg>"
        "<span class=\"govuk-footer__licence-description\">\n");
    out << (words.empty() ? Content(open_government_licence()) : words);
    out.lit("\n</span>\n");
}

void put_copyright(Html& out, const Content& words)
{
    out.lit("<div class=\"govuk-footer__meta-item\"><a class=\"govuk-footer__link govuk-footer__copyright-logo\""
            " href=\"https://www.nationalarchives.gov.uk/information-management/re-using-public-sector-information/"
            "uk-government-licensing-framework/crown-copyright/\">\n");
    out << (words.empty() ? Content("© Crown copyright") : words);
    out.lit("\n</a>\n</div>");
}

} // namespace

Html render(const Footer& footer)
{
    Html out = lit("<div");
    put_classes(out, "govuk-footer", footer.classes);
    out << footer.attributes;
    out.lit("><div");
    put_classes(out, "govuk-width-container", footer.container_classes);
    out.lit(">") << footer.logo;
    if (!footer.navigation.empty()) {
        out.lit("<div class=\"govuk-footer__navigation\">");
        for (const auto& section : footer.navigation) put_section(out, section);
        out.lit("</div><hr class=\"govuk-footer__section-break\">");
    }
    out.lit("<div class=\"govuk-footer__meta\"><div class=\"govuk-footer__meta-item govuk-footer__meta-item--grow\">");
    if (footer.meta) put_meta(out, *footer.meta);
    if (footer.content_licence) put_licence(out, *footer.content_licence);
    out.lit("</div>");
    if (footer.copyright) put_copyright(out, *footer.copyright);
    out.lit("</div></div></div>");
    return out;
}

} // namespace reachable::web
