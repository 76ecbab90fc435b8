// A box for a password, with a button that shows it. Without script there is no button and the box works as ever.
#pragma once

#include <optional>
#include <string>

#include "web/components/form_group.h"
#include "web/components/label.h"

namespace reachable::web {

struct PasswordButton {
    Classes classes = {};
};

struct PasswordInput {
    std::string id = {}; // the name when empty
    std::string name = {};
    std::optional<std::string> value = {}; // leave it unset: a password is never sent back
    bool disabled = false;
    std::string described_by = {};
    Label label = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    Classes classes = {};
    std::string autocomplete = "current-password"; // or "new-password"
    Attributes attributes = {};
    std::string show_password_text = {};
    std::string hide_password_text = {};
    std::string show_password_aria_label_text = {};
    std::string hide_password_aria_label_text = {};
    std::string password_shown_announcement_text = {};
    std::string password_hidden_announcement_text = {};
    PasswordButton button = {};
};

Html render(const PasswordInput& password);

} // namespace reachable::web
