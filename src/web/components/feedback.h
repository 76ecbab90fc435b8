// A block that asks people what they think of the service.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

struct Feedback {
    Content title = {};
    Content text = {}; // words become a paragraph; markup stands as it is
    int heading_level = 2;
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Feedback& feedback);

} // namespace reachable::web
