// The bar at the top of every page with the name of the service. It carries no crown and no logotype.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct GenericHeader {
    Content logo = {}; // the service's name
    std::string url = "/";
    Classes container_classes = "govuk-width-container";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const GenericHeader& header);

} // namespace reachable::web
