// The label of one input.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct Label {
    Content text = {};
    Classes classes = {};
    bool is_page_heading = false; // wraps the label in the page's h1
    Attributes attributes = {};
    std::string for_id = {}; // components fill this in with the id of their input
};

/// Nothing at all when there is no text.
Html render(const Label& label);

} // namespace reachable::web
