// A question with any number of answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/choices.h"

namespace reachable::web {

using CheckboxItem = ChoiceItem;

struct Checkboxes {
    std::string described_by = {}; // the fieldset's own wins
    std::optional<Fieldset> fieldset = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    std::string id_prefix = {}; // the name when empty
    std::string name = {};
    std::vector<CheckboxItem> items = {};
    std::vector<std::string> values = {}; // checks the items of these values
    Classes classes = {};
    Attributes attributes = {};
};

Html render(const Checkboxes& checkboxes);

} // namespace reachable::web
