// A question with one answer out of a few.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/choices.h"

namespace reachable::web {

using RadioItem = ChoiceItem;

struct Radios {
    std::optional<Fieldset> fieldset = {}; // its legend is the question
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    std::string id_prefix = {}; // the name when empty
    std::string name = {};
    std::vector<RadioItem> items = {};
    std::string value = {}; // checks the item of that value; empty checks none
    Classes classes = {};
    Attributes attributes = {};
};

Html render(const Radios& radios);

} // namespace reachable::web
