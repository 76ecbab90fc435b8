// The link above a page's heading that goes one page back.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct BackLink {
    Content text = "Back";
    std::string href = "#";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const BackLink& link);

} // namespace reachable::web
