// Who a page and the pages under it are about: stands first in the page's main part, the same on each of them.
#pragma once

#include <string>
#include <vector>

#include "web/components/app_flag.h"
#include "web/components/shared.h"

namespace reachable::web {

struct MojIdentityBar {
    Text aria_label = "Who this page is about";
    Content title = {};              // what they like to be called
    std::vector<Content> facts = {}; // "Aged 14", "Born 27 March 2011"
    AppFlags flags = {};
    Content who_can_see = {}; // a link: "Who can see this"
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const MojIdentityBar& bar);

} // namespace reachable::web
