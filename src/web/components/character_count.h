// A text box with a limit that script counts down. The limit is said in words for everyone and enforced by the server.
#pragma once

#include <optional>
#include <string>

#include "web/components/form_group.h"
#include "web/components/label.h"
#include "web/components/script_messages.h"

namespace reachable::web {

struct CountMessage {
    Classes classes = {};
};

struct CharacterCount {
    std::string id = {}; // the name when empty
    std::string name = {};
    int rows = 5;
    std::string value = {};
    std::optional<int> maxlength = {};
    std::optional<int> maxwords = {};  // wins over maxlength
    std::optional<int> threshold = {}; // percent of the limit after which the count shows
    std::string count_type = {};       // "characters", "length" or "words"
    Label label = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    Classes classes = {};
    Attributes attributes = {};
    std::optional<bool> spellcheck = {};
    CountMessage count_message = {};
    std::string textarea_description_text = {}; // "%{count}" stands for the limit; English words when empty
    PluralMessages characters_under_limit_text = {};
    std::string characters_at_limit_text = {};
    PluralMessages characters_over_limit_text = {};
    PluralMessages words_under_limit_text = {};
    std::string words_at_limit_text = {};
    PluralMessages words_over_limit_text = {};
};

Html render(const CharacterCount& count);

} // namespace reachable::web
