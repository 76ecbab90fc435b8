// Fills the structs of the form components from the options of upstream fixtures, name for name.
#include "web/components/button.h"
#include "web/components/character_count.h"
#include "web/components/checkboxes.h"
#include "web/components/date_input.h"
#include "web/components/error_summary.h"
#include "web/components/file_upload.h"
#include "web/components/fixture_options.h"
#include "web/components/fixtures.h"
#include "web/components/input.h"
#include "web/components/password_input.h"
#include "web/components/radios.h"
#include "web/components/select.h"
#include "web/components/textarea.h"

namespace reachable::web {

namespace {

Label label_from(const Json& options)
{
    return {.text = text_or_html(options),
            .classes = classes(options),
            .is_page_heading = flag(options, "isPageHeading"),
            .attributes = attributes(options),
            .for_id = text(options, "for")};
}

Hint hint_from(const Json& options)
{
    return {.text = text_or_html(options),
            .classes = classes(options),
            .attributes = attributes(options),
            .id = text(options, "id")};
}

ErrorMessage error_message_from(const Json& options)
{
    ErrorMessage message{.text = text_or_html(options),
                         .classes = classes(options),
                         .attributes = attributes(options),
                         .id = text(options, "id")};
    if (is_given(options, "visuallyHiddenText"))
        message.visually_hidden_text =
            flag(options, "visuallyHiddenText") ? text(options, "visuallyHiddenText") : std::string();
    return message;
}

Fieldset fieldset_from(const Json& options)
{
    const Json& legend = part(options, "legend");
    return {.legend = {.text = text_or_html(legend),
                       .classes = classes(legend),
                       .is_page_heading = flag(legend, "isPageHeading")},
            .classes = classes(options),
            .role = text(options, "role"),
            .described_by = text(options, "describedBy"),
            .attributes = attributes(options),
            .html = TrustedMarkup::from(text(options, "html"))};
}

FormGroup form_group_from(const Json& options, const char* before, const char* after)
{
    return {.classes = classes(options),
            .attributes = attributes(options),
            .before_input = text_or_html(part(options, before)),
            .after_input = text_or_html(part(options, after))};
}

/// What nearly every form component has, under the same names.
template <class Component>
void fill_shared(Component& component, const Json& options, const char* before = "beforeInput",
                 const char* after = "afterInput")
{
    component.name = text(options, "name");
    component.classes = classes(options);
    component.attributes = attributes(options);
    component.form_group = form_group_from(part(options, "formGroup"), before, after);
    if (flag(options, "hint")) component.hint = hint_from(part(options, "hint"));
    if (flag(options, "errorMessage")) component.error_message = error_message_from(part(options, "errorMessage"));
}

template <class Component>
void fill_box(Component& component, const Json& options)
{
    fill_shared(component, options);
    component.id = text(options, "id");
    component.label = label_from(part(options, "label"));
}

PluralMessages messages_from(const Json& options, const char* name)
{
    PluralMessages messages;
    if (const auto* members = part(options, name).members())
        for (const auto& [rule, message] : *members) messages.emplace_back(rule, printed(message));
    return messages;
}

std::optional<int> optional_number(const Json& options, const char* name)
{
    return flag(options, name) ? std::optional(number(options, name, 0)) : std::nullopt;
}

Html label_fixture(const Json& options)
{
    return render(label_from(options));
}
Html hint_fixture(const Json& options)
{
    return render(hint_from(options));
}
Html error_message_fixture(const Json& options)
{
    return render(error_message_from(options));
}
Html fieldset_fixture(const Json& options)
{
    return render(fieldset_from(options));
}

std::optional<Affix> affix_from(const Json& options)
{
    if (!is_truthy(&options)) return std::nullopt;
    return Affix{.text = text_or_html(options), .classes = classes(options), .attributes = attributes(options)};
}

Html input_fixture(const Json& options)
{
    Input input;
    fill_box(input, options);
    if (flag(options, "type")) input.type = text(options, "type");
    input.inputmode = text(options, "inputmode");
    input.value = optional_text(options, "value");
    input.disabled = flag(options, "disabled");
    input.described_by = text(options, "describedBy");
    input.prefix = affix_from(part(options, "prefix"));
    input.suffix = affix_from(part(options, "suffix"));
    input.autocomplete = text(options, "autocomplete");
    input.pattern = text(options, "pattern");
    input.spellcheck = optional_flag(options, "spellcheck");
    input.autocapitalize = text(options, "autocapitalize");
    const Json& wrapper = part(options, "inputWrapper");
    input.input_wrapper = {.classes = classes(wrapper), .attributes = attributes(wrapper)};
    return render(input);
}

Html textarea_fixture(const Json& options)
{
    Textarea textarea;
    fill_box(textarea, options);
    textarea.spellcheck = optional_flag(options, "spellcheck");
    textarea.rows = number(options, "rows", 5);
    textarea.value = text(options, "value");
    textarea.disabled = flag(options, "disabled");
    textarea.described_by = text(options, "describedBy");
    textarea.autocomplete = text(options, "autocomplete");
    return render(textarea);
}

Html character_count_fixture(const Json& options)
{
    CharacterCount count;
    fill_box(count, options);
    count.rows = number(options, "rows", 5);
    count.value = text(options, "value");
    count.maxlength = optional_number(options, "maxlength");
    count.maxwords = optional_number(options, "maxwords");
    count.threshold = optional_number(options, "threshold");
    count.count_type = text(options, "countType");
    count.spellcheck = optional_flag(options, "spellcheck");
    count.count_message.classes = classes(part(options, "countMessage"));
    count.textarea_description_text = text(options, "textareaDescriptionText");
    count.characters_under_limit_text = messages_from(options, "charactersUnderLimitText");
    count.characters_at_limit_text = text(options, "charactersAtLimitText");
    count.characters_over_limit_text = messages_from(options, "charactersOverLimitText");
    count.words_under_limit_text = messages_from(options, "wordsUnderLimitText");
    count.words_at_limit_text = text(options, "wordsAtLimitText");
    count.words_over_limit_text = messages_from(options, "wordsOverLimitText");
    return render(count);
}

ChoiceItem choice_from(const Json& options)
{
    ChoiceItem item;
    item.value = text(options, "value");
    item.text = text_or_html(options);
    item.id = text(options, "id");
    item.name = text(options, "name");
    const Json& label = part(options, "label");
    item.label = {.classes = classes(label), .attributes = attributes(label)};
    if (flag(options, "hint")) item.hint = hint_from(part(options, "hint"));
    item.divider = text(options, "divider");
    // To the macros false is "not said", but it also keeps the group's value from checking the item: the same thing
    // here.
    item.checked = optional_flag(options, "checked");
    const Json& conditional = part(options, "conditional");
    if (flag(conditional, "html")) item.conditional = TrustedMarkup::from(text(conditional, "html"));
    item.disabled = flag(options, "disabled");
    item.behaviour = text(options, "behaviour");
    item.attributes = attributes(options);
    return item;
}

/// Items that are null or false are passed over but counted, which shows in the ids of those that follow.
std::vector<ChoiceItem> choices_from(const Json& options, const std::string& id_prefix)
{
    std::vector<ChoiceItem> choices;
    const auto* list = part(options, "items").items();
    if (list == nullptr) return choices;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& item = (*list)[i];
        if (!is_truthy(&item)) continue;
        choices.push_back(choice_from(item));
        std::string& id = choices.back().id;
        if (id.empty() && choices.size() != i + 1) id = id_prefix + "-" + std::to_string(i + 1);
    }
    return choices;
}

template <class Component>
void fill_group(Component& group, const Json& options)
{
    fill_shared(group, options, "beforeInputs", "afterInputs");
    group.id_prefix = text(options, "idPrefix");
    group.items = choices_from(options, group.id_prefix.empty() ? group.name : group.id_prefix);
    if (flag(options, "fieldset")) group.fieldset = fieldset_from(part(options, "fieldset"));
}

Html radios_fixture(const Json& options)
{
    Radios radios;
    fill_group(radios, options);
    if (flag(options, "value")) radios.value = text(options, "value");
    return render(radios);
}

Html checkboxes_fixture(const Json& options)
{
    Checkboxes checkboxes;
    fill_group(checkboxes, options);
    checkboxes.described_by = text(options, "describedBy");
    for (const Json& value : items(options, "values")) checkboxes.values.push_back(printed(value));
    return render(checkboxes);
}

Html select_fixture(const Json& options)
{
    Select select;
    fill_box(select, options);
    for (const Json& item : items(options))
        select.items.push_back({.text = text(item, "text"),
                                .value = optional_text(item, "value"),
                                .selected = optional_flag(item, "selected"),
                                .disabled = flag(item, "disabled"),
                                .attributes = attributes(item)});
    if (flag(options, "value")) select.value = text(options, "value");
    select.disabled = flag(options, "disabled");
    select.described_by = text(options, "describedBy");
    return render(select);
}

DateItem date_item_from(const Json& options)
{
    DateItem item{.name = text(options, "name"),
                  .id = text(options, "id"),
                  .label = text(options, "label"),
                  .value = optional_text(options, "value"),
                  .classes = classes(options),
                  .error = optional_flag(options, "error")};
    if (flag(options, "inputmode")) item.inputmode = text(options, "inputmode");
    item.autocomplete = text(options, "autocomplete");
    item.pattern = text(options, "pattern");
    item.attributes = attributes(options);
    return item;
}

/// Absent: the usual box. False: no box.
std::optional<DateItem> date_part_from(const Json& options, const char* name)
{
    if (!is_given(options, name)) return DateItem{};
    return flag(options, name) ? std::optional(date_item_from(part(options, name))) : std::nullopt;
}

Html date_input_fixture(const Json& options)
{
    DateInput date;
    date.id = text(options, "id");
    date.name_prefix = text(options, "namePrefix");
    date.day = date_part_from(options, "day");
    date.month = date_part_from(options, "month");
    date.year = date_part_from(options, "year");
    for (const Json& item : items(options)) date.items.push_back(date_item_from(item));
    if (const auto* values = part(options, "values").members())
        for (const auto& [name, value] : *values) date.values[name] = printed(value);
    date.classes = classes(options);
    date.attributes = attributes(options);
    date.form_group = form_group_from(part(options, "formGroup"), "beforeInputs", "afterInputs");
    if (flag(options, "hint")) date.hint = hint_from(part(options, "hint"));
    if (flag(options, "errorMessage")) date.error_message = error_message_from(part(options, "errorMessage"));
    if (flag(options, "fieldset")) date.fieldset = fieldset_from(part(options, "fieldset"));
    return render(date);
}

Html file_upload_fixture(const Json& options)
{
    FileUpload upload;
    fill_box(upload, options);
    upload.disabled = flag(options, "disabled");
    upload.multiple = flag(options, "multiple");
    upload.described_by = text(options, "describedBy");
    upload.javascript = flag(options, "javascript");
    upload.choose_files_button_text = text(options, "chooseFilesButtonText");
    upload.drop_instruction_text = text(options, "dropInstructionText");
    upload.multiple_files_chosen_text = messages_from(options, "multipleFilesChosenText");
    upload.no_file_chosen_text = text(options, "noFileChosenText");
    upload.entered_drop_zone_text = text(options, "enteredDropZoneText");
    upload.left_drop_zone_text = text(options, "leftDropZoneText");
    upload.wrapper_classes = classes(options, "wrapperClasses");
    upload.wrapper_attributes = attributes(options, "wrapperAttributes");
    return render(upload);
}

Html password_input_fixture(const Json& options)
{
    PasswordInput password;
    fill_box(password, options);
    password.value = optional_text(options, "value");
    password.disabled = flag(options, "disabled");
    password.described_by = text(options, "describedBy");
    if (flag(options, "autocomplete")) password.autocomplete = text(options, "autocomplete");
    password.show_password_text = text(options, "showPasswordText");
    password.hide_password_text = text(options, "hidePasswordText");
    password.show_password_aria_label_text = text(options, "showPasswordAriaLabelText");
    password.hide_password_aria_label_text = text(options, "hidePasswordAriaLabelText");
    password.password_shown_announcement_text = text(options, "passwordShownAnnouncementText");
    password.password_hidden_announcement_text = text(options, "passwordHiddenAnnouncementText");
    password.button.classes = classes(part(options, "button"));
    return render(password);
}

Html button_fixture(const Json& options)
{
    Button button{.text = text_or_html(options), .name = text(options, "name")};
    if (flag(options, "type")) button.type = text(options, "type");
    button.value = text(options, "value");
    button.disabled = flag(options, "disabled");
    button.href = text(options, "href");
    button.classes = classes(options);
    button.attributes = attributes(options);
    button.prevent_double_click = optional_flag(options, "preventDoubleClick");
    button.is_start_button = flag(options, "isStartButton");
    button.id = text(options, "id");
    return render(button);
}

Html error_summary_fixture(const Json& options)
{
    ErrorSummary summary{.title = text_or_html(options, "titleText", "titleHtml"),
                         .description = text_or_html(options, "descriptionText", "descriptionHtml")};
    for (const Json& item : items(options, "errorList"))
        summary.error_list.push_back(
            {.text = text_or_html(item), .href = text(item, "href"), .attributes = attributes(item)});
    summary.disable_auto_focus = optional_flag(options, "disableAutoFocus");
    summary.classes = classes(options);
    summary.attributes = attributes(options);
    return render(summary);
}

} // namespace

std::map<std::string, FixtureRenderer> form_components()
{
    return {
        {"button", button_fixture},
        {"character-count", character_count_fixture},
        {"checkboxes", checkboxes_fixture},
        {"date-input", date_input_fixture},
        {"error-message", error_message_fixture},
        {"error-summary", error_summary_fixture},
        {"fieldset", fieldset_fixture},
        {"file-upload", file_upload_fixture},
        {"hint", hint_fixture},
        {"input", input_fixture},
        {"label", label_fixture},
        {"password-input", password_input_fixture},
        {"radios", radios_fixture},
        {"select", select_fixture},
        {"textarea", textarea_fixture},
    };
}

} // namespace reachable::web
