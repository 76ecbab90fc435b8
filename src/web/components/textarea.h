// A box for several lines of text.
#pragma once

#include <optional>
#include <string>

#include "web/components/form_group.h"
#include "web/components/label.h"

namespace reachable::web {

struct Textarea {
    std::string id = {}; // the name when empty
    std::string name = {};
    std::optional<bool> spellcheck = {};
    int rows = 5;
    std::string value = {};
    bool disabled = false;
    std::string described_by = {};
    Label label = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    Classes classes = {};
    std::string autocomplete = {};
    Attributes attributes = {};
};

Html render(const Textarea& textarea);

} // namespace reachable::web
