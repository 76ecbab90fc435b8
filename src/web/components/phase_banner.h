// Says that the service is still being made, and where to send what one thinks of it.
#pragma once

#include "web/components/shared.h"
#include "web/components/tag.h"

namespace reachable::web {

struct PhaseBanner {
    Tag tag = {}; // "Beta"
    Content text = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const PhaseBanner& banner);

} // namespace reachable::web
