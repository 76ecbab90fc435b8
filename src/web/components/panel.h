// A whole page's message: what has been done (confirmation), or what to think about before going on (interruption).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct PanelAction {
    Text text = {};
    std::string type = {}; // "button" or "submit"; with an href only "button" matters: a link that looks like one
    std::string href = {};
    Classes classes = {};
    Attributes attributes = {};
};

struct PanelActions {
    std::vector<PanelAction> items = {};
    Classes classes = {};
    Attributes attributes = {};
};

struct Panel {
    Content title = {};
    Content text = {};
    int heading_level = 1;
    std::optional<PanelActions> actions = {}; // drawn only in an interruption
    Classes classes = {};                     // "govuk-panel--interruption" makes it one
    Attributes attributes = {};
};
Html render(const Panel& panel);

} // namespace reachable::web
