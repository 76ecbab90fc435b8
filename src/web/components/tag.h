// A short state in a coloured box. The words carry the meaning; the colour only repeats it.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

struct Tag {
    Content text = {};
    Classes classes = {}; // a colour: "govuk-tag--red"
    Attributes attributes = {};
};
Html render(const Tag& tag);

} // namespace reachable::web
