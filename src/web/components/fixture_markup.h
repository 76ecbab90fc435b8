// Lets a test make Html from a string, because upstream fixtures carry `html` options. Tests alone may include this:
// the conformance test walks src/ and fails when any other file does.
#pragma once

#include <string>
#include <utility>

#include "web/html.h"

namespace reachable::web {

struct TrustedMarkup {
    static Html from(std::string markup)
    {
        Html out;
        out.markup_ = std::move(markup);
        return out;
    }
};

} // namespace reachable::web
