// A block of words set apart from those around it.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct InsetText {
    Content text = {};
    std::string id = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const InsetText& inset);

} // namespace reachable::web
