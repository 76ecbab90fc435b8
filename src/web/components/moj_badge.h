// A short word in a coloured outline, kept for a level of risk. The word carries the meaning.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

struct MojBadge {
    Content text = {};
    Text visually_hidden_text = {}; // read out before the words: "Risk level:"
    Classes classes = {};           // a colour: "moj-badge--red"
    Attributes attributes = {};
};
Html render(const MojBadge& badge);

} // namespace reachable::web
