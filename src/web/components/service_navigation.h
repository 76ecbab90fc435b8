// The bar under the header: the service's name and the few places a person works in. With no script all of them show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct ServiceNavigationItem {
    Content text = {};
    std::string href = {};
    bool current = false; // this very page
    bool active = false;  // a page under it
    Attributes attributes = {};
};

/// Markup put in by us around and inside the navigation.
struct ServiceNavigationSlots {
    Html start = {};
    Html end = {};
    bool is_end_inline = false; // the end stands on the same line as the navigation
    Html navigation_start = {};
    Html navigation_end = {};
};

struct ServiceNavigation {
    Text service_name = {};
    std::string service_url = {};
    std::vector<ServiceNavigationItem> navigation = {};
    ServiceNavigationSlots slots = {};
    Text aria_label = "Service information";
    Text menu_button_text = "Menu";
    Text menu_button_label = {};
    Text navigation_label = {}; // `menu_button_text` when empty
    std::string navigation_id = "navigation";
    Classes navigation_classes = {};
    std::optional<bool> collapse_navigation_on_mobile = {}; // none: when there is more than one item
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const ServiceNavigation& navigation);

} // namespace reachable::web
