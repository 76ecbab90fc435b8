// A button, or a link that looks like one. Buttons change things; a link that looks like a button only starts
// something.
#pragma once

#include <optional>
#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct Button {
    Content text = {};
    std::string name = {};
    std::string type = "submit";
    std::string value = {};
    bool disabled = false;
    std::string href = {}; // makes it a link
    Classes classes = {};
    Attributes attributes = {};
    std::optional<bool> prevent_double_click = {};
    bool is_start_button = false; // adds the arrow
    std::string id = {};
};

Html render(const Button& button);

} // namespace reachable::web
