// The first link of a page, seen only when it has the focus: past the navigation, to the main part.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct SkipLink {
    Content text = {};
    std::string href = "#content";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const SkipLink& link);

} // namespace reachable::web
