// Parts of one subject, one shown at a time. With no script they stand below one another under a list of links.
#pragma once

#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct TabsItem {
    Text label = {};
    Content panel = {};  // words become a paragraph; markup stands as it is
    std::string id = {}; // empty: `id_prefix` and the number of the tab
    Attributes attributes = {};
    Attributes panel_attributes = {};
};

struct Tabs {
    std::vector<TabsItem> items = {};
    Text title = "Contents";
    std::string id_prefix = {};
    std::string id = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Tabs& tabs);

} // namespace reachable::web
