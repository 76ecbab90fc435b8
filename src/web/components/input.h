// A box for one line of text.
#pragma once

#include <optional>
#include <string>

#include "web/components/form_group.h"
#include "web/components/label.h"

namespace reachable::web {

/// Words in front of or behind the box, such as a unit. Not read out: say the unit in the label or hint as well.
struct Affix {
    Content text = {};
    Classes classes = {};
    Attributes attributes = {};
};

struct InputWrapper {
    Classes classes = {};
    Attributes attributes = {};
};

struct Input {
    std::string id = {}; // the name when empty
    std::string name = {};
    std::string type = "text";
    std::string inputmode = {};
    std::optional<std::string> value = {};
    bool disabled = false;
    std::string described_by = {};
    Label label = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    std::optional<Affix> prefix = {};
    std::optional<Affix> suffix = {};
    FormGroup form_group = {};
    Classes classes = {};
    std::string autocomplete = {};
    std::string pattern = {};
    std::optional<bool> spellcheck = {}; // the browser decides unless this says
    std::string autocapitalize = {};
    InputWrapper input_wrapper = {};
    Attributes attributes = {};
};

Html render(const Input& input);

} // namespace reachable::web
