// News about what has just happened, or about the service, above the page's heading.
#pragma once

#include <optional>
#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct NotificationBanner {
    Content title = {};    // empty: "Important", or "Success" for that type
    Content text = {};     // words become the banner's heading line; markup stands as it is
    std::string type = {}; // "success" or nothing
    std::string role = {}; // empty: "alert" for success, otherwise "region"
    int title_heading_level = 2;
    std::string title_id = "govuk-notification-banner-title";
    std::optional<bool> disable_auto_focus = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const NotificationBanner& banner);

} // namespace reachable::web
