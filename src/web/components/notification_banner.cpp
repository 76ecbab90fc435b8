#include "web/components/notification_banner.h"

namespace reachable::web {

namespace {

Content title_of(const NotificationBanner& banner)
{
    if (!banner.title.empty()) return banner.title;
    return banner.type == "success" ? "Success" : "Important";
}

std::string role_of(const NotificationBanner& banner)
{
    if (!banner.role.empty()) return banner.role;
    return banner.type == "success" ? "alert" : "region";
}

void put_title(Html& out, const NotificationBanner& banner)
{
    const std::string tag = "h" + std::to_string(banner.title_heading_level);
    out.lit("<") << tag;
    out.lit(" class=\"govuk-notification-banner__title\"");
    out.attribute("id", banner.title_id);
    out.lit(">") << title_of(banner);
    out.lit("</") << tag;
    out.lit(">");
}

} // namespace

Html render(const NotificationBanner& banner)
{
    Classes classes;
    if (banner.type == "success") classes.add("govuk-notification-banner--success");
    classes.add(banner.classes);

    Html out = lit("<div");
    put_classes(out, "govuk-notification-banner", classes);
    out.attribute("role", role_of(banner));
    out.attribute("aria-labelledby", banner.title_id);
    out.lit(" data-module=\"govuk-notification-banner\"");
    if (banner.disable_auto_focus)
        out.attribute("data-disable-auto-focus", *banner.disable_auto_focus ? "true" : "false");
    out << banner.attributes;
    out.lit("><div class=\"govuk-notification-banner__header\">");
    put_title(out, banner);
    out.lit("</div><div class=\"govuk-notification-banner__content\">");
    const bool is_line = !banner.text.empty() && !banner.text.is_markup();
    if (is_line) out.lit("<p class=\"govuk-notification-banner__heading\">");
    out << banner.text;
    if (is_line) out.lit("</p>");
    out.lit("</div></div>");
    return out;
}

} // namespace reachable::web
