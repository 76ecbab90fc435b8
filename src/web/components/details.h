// Words that most readers do not need, folded under one line. Never for a safety fact.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct Details {
    Content summary = {};
    Content text = {};
    std::string id = {};
    bool open = false;
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Details& details);

} // namespace reachable::web
