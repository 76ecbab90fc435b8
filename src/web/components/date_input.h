// A date a person knows by heart, as three boxes: day, month and year.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "web/components/fieldset.h"
#include "web/components/form_group.h"

namespace reachable::web {

struct DateItem {
    std::string name = {};                 // "day"; goes after the prefix and a hyphen
    std::string id = {};                   // the date's id, a hyphen and the name when empty
    std::string label = {};                // the name with a capital when empty
    std::optional<std::string> value = {}; // what DateInput::values says unless this does
    Classes classes = {};
    std::optional<bool> error = {}; // with an error message and no item that says, all are marked
    std::string inputmode = "numeric";
    std::string autocomplete = {};
    std::string pattern = {};
    Attributes attributes = {};
};

struct DateInput {
    std::string id = {};
    std::string name_prefix = {};
    std::optional<DateItem> day = DateItem{};       // nothing: no such box
    std::optional<DateItem> month = DateItem{};     // likewise
    std::optional<DateItem> year = DateItem{};      // likewise
    std::vector<DateItem> items = {};               // instead of the three, when not empty
    std::map<std::string, std::string> values = {}; // by whole name: "dob-day"
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    std::optional<Fieldset> fieldset = {};
    Classes classes = {};
    Attributes attributes = {};
};

Html render(const DateInput& date);

} // namespace reachable::web
