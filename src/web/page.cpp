#include "web/page.h"

#include "base/result.h"
#include "web/components/button.h"
#include "web/components/footer.h"
#include "web/components/generic_header.h"
#include "web/components/language_navigation.h"
#include "web/components/skip_link.h"
#include "web/security_headers.h"

namespace reachable::web {

namespace {

constexpr std::size_t most_navigation_items = 6;

Text document_title(const Page& page)
{
    const std::string prefix = page.has_errors ? page.words.error_prefix.words : "";
    return prefix + page.title.words + " - " + page.service_name.words;
}

void put_head(Html& out, const Page& page, const PageAssets& assets)
{
    out.lit("<head><meta charset=\"utf-8\"><title>") << document_title(page);
    out.lit("</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">"
            "<meta name=\"theme-color\" content=\"#4c2c92\"><meta name=\"robots\" content=\"noindex, nofollow\">"
            "<meta name=\"format-detection\" content=\"telephone=no\">");
    out.lit("<link rel=\"icon\" type=\"image/svg+xml\"").attribute("href", assets.icon).lit(">");
    for (const std::string& sheet : assets.style_sheets)
        out.lit("<link rel=\"stylesheet\"").attribute("href", sheet).lit(">");
    out.lit("<link rel=\"modulepreload\"").attribute("href", assets.component_script).lit(">\n</head>");
}

Html language_choice(const Page& page)
{
    const bool is_welsh = page.language == "cy";
    return render(LanguageNavigation{
        .items = {{.text = "English", .href = page.language_url + "?lang=en", .current = !is_welsh, .lang = "en"},
                  {.text = "Cymraeg", .href = page.language_url + "?lang=cy", .current = is_welsh, .lang = "cy"}},
        .aria_label = page.words.language,
    });
}

/// Signing out changes something, so it is a post and a button.
Html sign_out(const Page& page)
{
    Html out = lit("<form class=\"app-sign-out\" method=\"post\"");
    out.attribute("action", page.sign_out_url);
    out.lit("><input type=\"hidden\" name=\"form_token\"").attribute("value", page.form_token);
    out.lit("><span class=\"app-sign-out__who\">") << page.words.signed_in_as;
    out.lit(" ") << page.signed_in_as;
    out.lit("</span> ") << render(Button{.text = page.words.sign_out, .classes = "app-sign-out__button"});
    return out.lit("</form>");
}

Html service_bar(const Page& page)
{
    CHECK(page.navigation.size() <= most_navigation_items, "a page has more than six navigation items");
    ServiceNavigation bar{.aria_label = page.words.service_information,
                          .menu_button_text = page.words.menu,
                          .navigation_label = page.words.navigation};
    if (!page.is_plain) bar.navigation = page.navigation;
    const bool can_sign_out = !page.is_plain && !page.signed_in_as.empty();
    if (!page.language_url.empty() || can_sign_out) {
        bar.slots.end.lit("<div class=\"app-bar-end\">");
        if (!page.language_url.empty()) bar.slots.end << language_choice(page);
        if (can_sign_out) bar.slots.end << sign_out(page);
        bar.slots.end.lit("</div>");
    }
    bar.slots.is_end_inline = true;
    return bar.navigation.empty() && bar.slots.end.empty() ? Html() : render(bar);
}

void put_header(Html& out, const Page& page)
{
    out.lit("<header class=\"govuk-template__header app-no-print\">")
        << render(GenericHeader{.logo = page.service_name, .url = page.home_url}) << service_bar(page);
    out.lit("</header>");
}

/// What a sheet of paper must say for itself once it has left the screen.
void put_print_lines(Html& out, const Page& page)
{
    if (!page.marking.empty()) {
        out.lit("<p class=\"app-marking\">") << page.marking;
        out.lit("</p>");
    }
    if (!page.printed_by_line.empty()) {
        out.lit("<p class=\"app-print-line app-print-only\">") << page.printed_by_line;
        out.lit("</p>");
    }
}

/// Named to whoever hears the page, but on a page in another language: there the link says it, in that language.
Html back(const Page& page)
{
    Html out = lit("<nav");
    if (page.language == "en") out.attribute("aria-label", "Back");
    return out.lit(">") << render(*page.back_link) << lit("</nav>");
}

void put_main(Html& out, const Page& page)
{
    out.lit("<div");
    put_classes(out, "govuk-width-container", page.is_wide ? "app-wide" : "");
    out.lit(">");
    if (page.back_link)
        out << back(page);
    else if (page.breadcrumbs)
        out << render(*page.breadcrumbs);
    out.lit("<main class=\"govuk-main-wrapper\" id=\"main-content\"");
    if (!page.live.url.empty())
        out.attribute("data-live", page.live.url)
            .attribute("data-mark", page.live.mark)
            .attribute("data-read-at", page.live.read_at);
    out.lit(">");
    put_print_lines(out, page);
    out << page.before_main << page.main;
    out.lit("</main></div>");
}

void put_footer(Html& out, const Page& page)
{
    const PageWords& words = page.words;
    out.lit("<footer class=\"govuk-template__footer app-no-print\">")
        << render(Footer{.meta = FooterMeta{.visually_hidden_title = words.footer_title,
                                            .items = {{.text = words.accessibility, .href = "/accessibility"},
                                                      {.text = words.privacy, .href = "/privacy"},
                                                      {.text = words.who_can_see_what, .href = "/who-can-see-what"}}}});
    out.lit("</footer>");
}

} // namespace

std::string render_page(const Page& page, const PageAssets& assets)
{
    Html out = lit("<!DOCTYPE html>\n<html class=\"govuk-template\"");
    out.reserve(page.main.markup().size() + 8192);
    out.attribute("lang", page.language).lit(">");
    put_head(out, page, assets);
    out.lit("<body");
    put_classes(out, "govuk-template__body", page.body_classes);
    out.lit("><script>").lit(inline_script).lit("</script>")
        << render(SkipLink{.text = page.words.skip_link, .href = "#main-content"}) << page.before_header;
    put_header(out, page);
    put_main(out, page);
    put_footer(out, page);
    out.lit("<script type=\"module\"").attribute("src", assets.script);
    out.attribute("data-components", assets.component_script).lit("></script></body></html>\n");
    return std::move(out).take();
}

} // namespace reachable::web
