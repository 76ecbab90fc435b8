// The pages under one subject, in a row below its heading; on a phone below one another.
#pragma once

#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct MojSubNavigationItem {
    Content text = {};
    std::string href = {};
    bool active = false;
    Classes classes = {};
    Attributes attributes = {};
};

struct MojSubNavigation {
    Text label = "Pages about this"; // read out; says which navigation this is
    std::vector<MojSubNavigationItem> items = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const MojSubNavigation& navigation);

} // namespace reachable::web
