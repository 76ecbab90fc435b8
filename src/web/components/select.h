// A list to choose one from, folded away until it is opened. Radios are easier for most people: use this for long
// lists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/form_group.h"
#include "web/components/label.h"

namespace reachable::web {

struct SelectItem {
    std::string text = {};
    std::optional<std::string> value = {}; // the text when there is none
    std::optional<bool> selected = {};     // decided by Select::value unless this says
    bool disabled = false;
    Attributes attributes = {};
};

struct Select {
    std::string id = {}; // the name when empty
    std::string name = {};
    std::vector<SelectItem> items = {};
    std::string value = {}; // selects the item of that value; empty selects none
    bool disabled = false;
    std::string described_by = {};
    Label label = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    Classes classes = {};
    Attributes attributes = {};
};

Html render(const Select& select);

} // namespace reachable::web
