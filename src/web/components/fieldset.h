// Inputs that answer one question together, under one legend.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct Legend {
    Content text = {};
    Classes classes = {};
    bool is_page_heading = false; // the legend holds the page's h1
};

struct Fieldset {
    Legend legend = {};
    Classes classes = {};
    std::string role = {};
    std::string described_by = {}; // ids; components add those of their hint and error
    Attributes attributes = {};
    Html html = {}; // what stands inside, after the legend
};

Html render(const Fieldset& fieldset);

} // namespace reachable::web
