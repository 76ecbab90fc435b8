// What to do about an answer, beside its input. The error summary at the top of the page says the same words.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct ErrorMessage {
    Content text = {};
    Classes classes = {};
    Attributes attributes = {};
    std::string visually_hidden_text = "Error"; // read out before the message; empty leaves it out
    std::string id = {};                        // components fill this in and point aria-describedby at it
};

Html render(const ErrorMessage& message);

} // namespace reachable::web
