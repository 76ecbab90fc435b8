// Where a page stands: the pages above it, and itself last without a link.
#pragma once

#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct BreadcrumbsItem {
    Content text = {};
    std::string href = {}; // empty: the page itself
    Attributes attributes = {};
};

struct Breadcrumbs {
    std::vector<BreadcrumbsItem> items = {};
    bool collapse_on_mobile = false; // on a phone only the first and the last but one stay
    Text label_text = "Breadcrumb";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Breadcrumbs& breadcrumbs);

} // namespace reachable::web
