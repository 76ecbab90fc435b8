// Fills the structs of the content components from the options of upstream fixtures, name for name.
#include "web/components/back_link.h"
#include "web/components/breadcrumbs.h"
#include "web/components/details.h"
#include "web/components/exit_this_page.h"
#include "web/components/feedback.h"
#include "web/components/fixture_options.h"
#include "web/components/fixtures.h"
#include "web/components/fixtures_lists.h"
#include "web/components/footer.h"
#include "web/components/generic_header.h"
#include "web/components/inset_text.h"
#include "web/components/language_navigation.h"
#include "web/components/notification_banner.h"
#include "web/components/panel.h"
#include "web/components/phase_banner.h"
#include "web/components/service_navigation.h"
#include "web/components/skip_link.h"
#include "web/components/tag.h"
#include "web/components/warning_text.h"

#include <fstream>
#include <iterator>

namespace reachable::web {

namespace {

Html markup(const Json& options, std::string_view name)
{
    return TrustedMarkup::from(text(options, name));
}

template <class Component>
Component with_words(const Json& options)
{
    auto component = with_shared<Component>(options);
    component.text = text_or_html(options);
    return component;
}

template <class Component>
Html words_fixture(const Json& options)
{
    return render(with_words<Component>(options));
}

Html back_link_fixture(const Json& options)
{
    auto link = with_shared<BackLink>(options);
    if (flag(options, "text") || flag(options, "html")) link.text = text_or_html(options);
    link.href = text_or(options, "href", link.href);
    return render(link);
}

Html breadcrumbs_fixture(const Json& options)
{
    auto breadcrumbs = with_shared<Breadcrumbs>(options);
    breadcrumbs.collapse_on_mobile = flag(options, "collapseOnMobile");
    breadcrumbs.label_text = text_or(options, "labelText", breadcrumbs.label_text.words);
    for (const Json& item : items(options))
        breadcrumbs.items.push_back({text_or_html(item), text(item, "href"), attributes(item)});
    return render(breadcrumbs);
}

Html details_fixture(const Json& options)
{
    auto details = with_words<Details>(options);
    details.summary = text_or_html(options, "summaryText", "summaryHtml");
    details.id = text(options, "id");
    details.open = flag(options, "open");
    return render(details);
}

Html exit_this_page_fixture(const Json& options)
{
    auto exit = with_words<ExitThisPage>(options);
    exit.redirect_url = text_or(options, "redirectUrl", exit.redirect_url);
    exit.id = text(options, "id");
    exit.activated_text = text(options, "activatedText");
    exit.timed_out_text = text(options, "timedOutText");
    exit.press_two_more_times_text = text(options, "pressTwoMoreTimesText");
    exit.press_one_more_time_text = text(options, "pressOneMoreTimeText");
    return render(exit);
}

Html feedback_fixture(const Json& options)
{
    auto feedback = with_words<Feedback>(options);
    feedback.title = text_or_html(options, "titleText", "titleHtml");
    feedback.heading_level = number(options, "headingLevel", 2);
    return render(feedback);
}

/// Upstream draws the crown in every footer; ours takes it from outside, so it is read here from the package itself.
Html crown()
{
    std::ifstream file("node_modules/govuk-frontend/dist/govuk/macros/logo.njk");
    const std::string macro((std::istreambuf_iterator<char>(file)), {});
    const auto from = macro.find("<g>");
    const auto to = macro.find("</g>");
    if (from == std::string::npos || to == std::string::npos) return {};
    Html out = lit("<svg focusable=\"false\" role=\"presentation\" xmlns=\"http://www.w3.org/2000/svg\" "
                   "viewBox=\"0 0 64 60\" height=\"30\" width=\"32\" fill=\"currentcolor\" "
                   "class=\"govuk-footer__crown\">");
    out << TrustedMarkup::from(macro.substr(from, to + 4 - from));
    return out.lit("</svg>");
}

std::vector<FooterLink> footer_links(const Json& options)
{
    std::vector<FooterLink> out;
    for (const Json& item : items(options)) out.push_back({text(item, "text"), text(item, "href"), attributes(item)});
    return out;
}

/// Absent gives the standard words; null gives nothing.
std::optional<Content> licence_from(const Json& options, std::string_view name)
{
    if (is_given(options, name) && part(options, name).is_null()) return std::nullopt;
    return text_or_html(part(options, name));
}

Html footer_fixture(const Json& options)
{
    auto footer = with_shared<Footer>(options);
    footer.logo = crown();
    footer.container_classes = classes(options, "containerClasses");
    footer.content_licence = licence_from(options, "contentLicence");
    footer.copyright = text_or_html(part(options, "copyright"));
    if (flag(options, "meta")) {
        const Json& meta = part(options, "meta");
        footer.meta = FooterMeta{.items = footer_links(meta), .text = text_or_html(meta)};
        footer.meta->visually_hidden_title =
            text_or(meta, "visuallyHiddenTitle", footer.meta->visually_hidden_title.words);
    }
    for (const Json& section : items(options, "navigation"))
        footer.navigation.push_back({.title = text(section, "title"),
                                     .columns = number(section, "columns", 0),
                                     .width = text_or(section, "width", "full"),
                                     .items = footer_links(section)});
    return render(footer);
}

Html generic_header_fixture(const Json& options)
{
    auto header = with_shared<GenericHeader>(options);
    header.logo = text_or_html(options, "logoText", "logoHtml");
    header.url = text_or(options, "url", header.url);
    header.container_classes = text_or(options, "containerClasses", header.container_classes.names());
    return render(header);
}

Html inset_text_fixture(const Json& options)
{
    auto inset = with_words<InsetText>(options);
    inset.id = text(options, "id");
    return render(inset);
}

LanguageNavigation language_navigation_from(const Json& options)
{
    auto navigation = with_shared<LanguageNavigation>(options);
    navigation.aria_label = text_or(options, "ariaLabel", navigation.aria_label.words);
    for (const Json& item : items(options))
        navigation.items.push_back({.text = text_or_html(item),
                                    .href = text(item, "href"),
                                    .current = flag(item, "current"),
                                    .lang = text(item, "lang"),
                                    .href_lang = text(item, "hrefLang"),
                                    .dir = text(item, "dir"),
                                    .language_description_text = text(item, "languageDescriptionText"),
                                    .classes = classes(item),
                                    .attributes = attributes(item)});
    return navigation;
}

Html language_navigation_fixture(const Json& options)
{
    return render(language_navigation_from(options));
}

Html notification_banner_fixture(const Json& options)
{
    auto banner = with_words<NotificationBanner>(options);
    banner.title = text_or_html(options, "titleText", "titleHtml");
    banner.type = text(options, "type");
    banner.role = text(options, "role");
    banner.title_heading_level = number(options, "titleHeadingLevel", 2);
    banner.title_id = text_or(options, "titleId", banner.title_id);
    banner.disable_auto_focus = optional_flag(options, "disableAutoFocus");
    return render(banner);
}

PanelActions panel_actions_from(const Json& options)
{
    PanelActions actions{.classes = classes(options), .attributes = attributes(options)};
    for (const Json& item : items(options))
        actions.items.push_back({.text = text(item, "text"),
                                 .type = text(item, "type"),
                                 .href = text(item, "href"),
                                 .classes = classes(item),
                                 .attributes = attributes(item)});
    return actions;
}

Html panel_fixture(const Json& options)
{
    auto panel = with_words<Panel>(options);
    panel.title = text_or_html(options, "titleText", "titleHtml");
    panel.heading_level = number(options, "headingLevel", 1);
    if (flag(options, "actions")) panel.actions = panel_actions_from(part(options, "actions"));
    return render(panel);
}

Html phase_banner_fixture(const Json& options)
{
    auto banner = with_words<PhaseBanner>(options);
    banner.tag = with_words<Tag>(part(options, "tag"));
    return render(banner);
}

ServiceNavigationSlots slots_from(const Json& options)
{
    ServiceNavigationSlots slots{.start = markup(options, "start"),
                                 .navigation_start = markup(options, "navigationStart"),
                                 .navigation_end = markup(options, "navigationEnd")};
    const Json& end = part(options, "end");
    slots.end = end.members() != nullptr ? markup(end, "html") : markup(options, "end");
    slots.is_end_inline = text(end, "align") == "inline";
    return slots;
}

Html service_navigation_fixture(const Json& options)
{
    auto bar = with_shared<ServiceNavigation>(options);
    bar.service_name = text(options, "serviceName");
    bar.service_url = text(options, "serviceUrl");
    bar.slots = slots_from(part(options, "slots"));
    bar.aria_label = text_or(options, "ariaLabel", bar.aria_label.words);
    bar.menu_button_text = text_or(options, "menuButtonText", bar.menu_button_text.words);
    bar.menu_button_label = text(options, "menuButtonLabel");
    bar.navigation_label = text(options, "navigationLabel");
    bar.navigation_id = text_or(options, "navigationId", bar.navigation_id);
    bar.navigation_classes = classes(options, "navigationClasses");
    bar.collapse_navigation_on_mobile = optional_flag(options, "collapseNavigationOnMobile");
    for (const Json& item : items(options, "navigation"))
        bar.navigation.push_back({.text = text_or_html(item),
                                  .href = text(item, "href"),
                                  .current = flag(item, "current"),
                                  .active = flag(item, "active"),
                                  .attributes = attributes(item)});
    return render(bar);
}

Html skip_link_fixture(const Json& options)
{
    auto link = with_words<SkipLink>(options);
    link.href = text_or(options, "href", link.href);
    return render(link);
}

Html warning_text_fixture(const Json& options)
{
    auto warning = with_words<WarningText>(options);
    warning.icon_fallback_text = text_or(options, "iconFallbackText", warning.icon_fallback_text.words);
    return render(warning);
}

} // namespace

std::map<std::string, FixtureRenderer> content_components()
{
    std::map<std::string, FixtureRenderer> all = list_components();
    all.insert({
        {"back-link", back_link_fixture},
        {"breadcrumbs", breadcrumbs_fixture},
        {"details", details_fixture},
        {"exit-this-page", exit_this_page_fixture},
        {"feedback", feedback_fixture},
        {"footer", footer_fixture},
        {"generic-header", generic_header_fixture},
        {"inset-text", inset_text_fixture},
        {"language-navigation", language_navigation_fixture},
        {"notification-banner", notification_banner_fixture},
        {"panel", panel_fixture},
        {"phase-banner", phase_banner_fixture},
        {"service-navigation", service_navigation_fixture},
        {"skip-link", skip_link_fixture},
        {"tag", words_fixture<Tag>},
        {"warning-text", warning_text_fixture},
    });
    return all;
}

} // namespace reachable::web
