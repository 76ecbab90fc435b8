#include "web/components/password_input.h"

#include "web/components/button.h"
#include "web/components/input.h"
#include "web/components/script_messages.h"

namespace reachable::web {

namespace {

Attributes group_attributes(const PasswordInput& password)
{
    Attributes attributes{{"data-module", "govuk-password-input"}};
    add_message(attributes, "show-password", password.show_password_text);
    add_message(attributes, "hide-password", password.hide_password_text);
    add_message(attributes, "show-password-aria-label", password.show_password_aria_label_text);
    add_message(attributes, "hide-password-aria-label", password.hide_password_aria_label_text);
    add_message(attributes, "password-shown-announcement", password.password_shown_announcement_text);
    add_message(attributes, "password-hidden-announcement", password.password_hidden_announcement_text);
    return attributes.add(password.form_group.attributes);
}

std::string first_given(const std::string& words, const char* otherwise)
{
    return words.empty() ? otherwise : words;
}

Html show_button(const PasswordInput& password, const std::string& id)
{
    return render(Button{
        .text = first_given(password.show_password_text, "Show"),
        .type = "button",
        .classes = Classes("govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle")
                       .add(password.button.classes),
        .attributes = {{"aria-controls", id},
                       {"aria-label", first_given(password.show_password_aria_label_text, "Show password")},
                       {"hidden", std::nullopt}},
    });
}

} // namespace

Html render(const PasswordInput& password)
{
    const std::string id = password.id.empty() ? password.name : password.id;
    Html after = show_button(password, id);
    after << password.form_group.after_input;
    return render(Input{
        .id = id,
        .name = password.name,
        .type = "password",
        .value = password.value,
        .disabled = password.disabled,
        .described_by = password.described_by,
        .label = password.label,
        .hint = password.hint,
        .error_message = password.error_message,
        .form_group = {.classes = Classes("govuk-password-input").add(password.form_group.classes),
                       .attributes = group_attributes(password),
                       .before_input = password.form_group.before_input,
                       .after_input = after},
        .classes = Classes("govuk-password-input__input govuk-js-password-input-input").add(password.classes),
        .autocomplete = password.autocomplete,
        .spellcheck = false,
        .autocapitalize = "none",
        .input_wrapper = {.classes = "govuk-password-input__wrapper"},
        .attributes = password.attributes,
    });
}

} // namespace reachable::web
