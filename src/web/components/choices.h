// What radios and checkboxes have in common: one answer of a list, and the writing of the whole list.
// Pages use radios.h and checkboxes.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/fieldset.h"
#include "web/components/form_group.h"

namespace reachable::web {

struct ChoiceLabel {
    Classes classes = {};
    Attributes attributes = {};
};

struct ChoiceItem {
    std::string value = {};
    Content text = {};
    std::string id = {};   // made from the prefix and the place in the list when empty
    std::string name = {}; // checkboxes only: the group's name when empty
    ChoiceLabel label = {};
    std::optional<Hint> hint = {};
    std::string divider = {};         // a word such as "or" instead of an answer
    std::optional<bool> checked = {}; // decided by the group's values unless this says
    Html conditional = {};            // shown by script only while the item is checked; always there without script
    bool disabled = false;
    std::string behaviour = {}; // checkboxes only: "exclusive" unticks the others
    Attributes attributes = {};
};

/// One group of either kind.
struct ChoiceGroup {
    std::string family;    // "govuk-radios": begins every class name
    std::string type;      // "radio"
    std::string id_prefix; // the first item has this id itself, so that an error can link to it
    std::string name;
    std::vector<ChoiceItem> items;
    std::vector<std::string> values; // those checked
    std::optional<Fieldset> fieldset;
    std::string described_by;
    std::optional<Hint> hint;
    std::optional<ErrorMessage> error_message;
    FormGroup form_group;
    Classes classes;
    Attributes attributes;
};

Html render(const ChoiceGroup& group);

} // namespace reachable::web
