// A sentence under a label that helps people answer.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct Hint {
    Content text = {};
    Classes classes = {};
    Attributes attributes = {};
    std::string id = {}; // components fill this in and point aria-describedby at it
};

Html render(const Hint& hint);

} // namespace reachable::web
