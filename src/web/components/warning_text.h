// One sentence about what follows if something is done or left undone.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

struct WarningText {
    Content text = {};
    Text icon_fallback_text = "Warning";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const WarningText& warning);

} // namespace reachable::web
