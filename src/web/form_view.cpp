#include "web/form_view.h"

#include "web/components/button.h"
#include "web/components/checkboxes.h"
#include "web/components/date_input.h"
#include "web/components/error_summary.h"
#include "web/components/input.h"
#include "web/components/link_address.h"
#include "web/components/radios.h"
#include "web/components/select.h"
#include "web/components/textarea.h"

namespace reachable::web {

namespace {

Label label_of(const Content& text, Asked asked)
{
    const bool is_alone = asked == Asked::alone;
    return {.text = text, .classes = is_alone ? "govuk-label--l" : "govuk-label--s", .is_page_heading = is_alone};
}

Fieldset fieldset_of(const Content& text, Asked asked)
{
    const bool is_alone = asked == Asked::alone;
    return {.legend = {.text = text,
                       .classes = is_alone ? "govuk-fieldset__legend--l" : "govuk-fieldset__legend--s",
                       .is_page_heading = is_alone}};
}

std::optional<Hint> hint_of(const Content& text)
{
    return text.empty() ? std::nullopt : std::optional(Hint{.text = text});
}

std::optional<ErrorMessage> error_of(const std::string& sentence, const FormWords& words)
{
    if (sentence.empty()) return std::nullopt;
    return ErrorMessage{.text = sentence, .visually_hidden_text = words.error.words};
}

std::vector<ChoiceItem> items_of(const std::vector<Choice>& choices)
{
    std::vector<ChoiceItem> items;
    for (const Choice& choice : choices)
        items.push_back({.value = choice.value,
                         .text = choice.label,
                         .hint = hint_of(choice.hint),
                         .divider = choice.divider,
                         .behaviour = choice.is_exclusive ? "exclusive" : ""});
    return items;
}

} // namespace

Html text_field(const TextField& field, const FormWords& words)
{
    return render(Input{
        .name = field.name,
        .type = field.type,
        .inputmode = field.inputmode,
        .value = field.value.empty() ? std::nullopt : std::optional(field.value),
        .label = label_of(field.label, field.asked),
        .hint = hint_of(field.hint),
        .error_message = error_of(field.error, words),
        .classes = field.classes,
        .autocomplete = field.autocomplete,
        .spellcheck = field.checks_spelling ? std::nullopt : std::optional(false),
    });
}

Html textarea_field(const TextareaField& field, const FormWords& words)
{
    return render(Textarea{
        .name = field.name,
        .rows = field.rows,
        .value = field.value,
        .label = label_of(field.label, field.asked),
        .hint = hint_of(field.hint),
        .error_message = error_of(field.error, words),
    });
}

Html radio_field(const RadioField& field, const FormWords& words)
{
    return render(Radios{
        .fieldset = fieldset_of(field.label, field.asked),
        .hint = hint_of(field.hint),
        .error_message = error_of(field.error, words),
        .name = field.name,
        .items = items_of(field.choices),
        .value = field.value,
        .classes =
            Classes(field.is_inline ? "govuk-radios--inline" : "").add(field.is_small ? "govuk-radios--small" : ""),
    });
}

Html checkbox_field(const CheckboxField& field, const FormWords& words)
{
    return render(Checkboxes{
        .fieldset = fieldset_of(field.label, field.asked),
        .hint = hint_of(field.hint),
        .error_message = error_of(field.error, words),
        .name = field.name,
        .items = items_of(field.choices),
        .values = field.values,
        .classes = field.is_small ? "govuk-checkboxes--small" : "",
    });
}

Html select_field(const SelectField& field, const FormWords& words)
{
    std::vector<SelectItem> items = {{.text = words.choose.words, .value = ""}};
    for (const Choice& choice : field.choices) items.push_back({.text = choice.label.words, .value = choice.value});
    return render(Select{
        .name = field.name,
        .items = items,
        .value = field.value,
        .label = label_of(field.label, Asked::among_others),
        .hint = hint_of(field.hint),
        .error_message = error_of(field.error, words),
    });
}

// The error summary can only move the focus to a box, so the day box takes the id that belongs to the field.
Html date_field(const DateField& field, const FormWords& words)
{
    return render(DateInput{
        .id = field.name + "-date",
        .name_prefix = field.name,
        .day = DateItem{.name = "day", .id = field.name, .label = words.day.words, .value = field.day},
        .month =
            DateItem{.name = "month", .id = field.name + "-month", .label = words.month.words, .value = field.month},
        .year = DateItem{.name = "year", .id = field.name + "-year", .label = words.year.words, .value = field.year},
        .hint = hint_of(field.hint),
        .error_message = error_of(field.error, words),
        .fieldset = fieldset_of(field.label, field.asked),
    });
}

Html time_field(const TimeField& field, const FormWords& words)
{
    return text_field({.name = field.name,
                       .label = field.label,
                       .hint = field.hint.empty() ? Content(words.time_hint) : field.hint,
                       .value = field.value,
                       .error = field.error,
                       .classes = "govuk-input--width-5",
                       .autocomplete = "off",
                       .checks_spelling = false},
                      words);
}

Html button(const Content& text, ButtonLook look, const std::string& name, const std::string& value)
{
    Classes classes;
    if (look == ButtonLook::secondary) classes = "govuk-button--secondary";
    if (look == ButtonLook::warning) classes = "govuk-button--warning";
    return render(Button{.text = text, .name = name, .value = value, .classes = classes, .prevent_double_click = true});
}

std::string error_for(const Problems& problems, std::string_view field)
{
    for (const Problem& problem : problems)
        if (problem.field == field) return problem.sentence;
    return {};
}

Html error_summary_for(const Problems& problems, const FormWords& words)
{
    if (problems.empty()) return {};
    ErrorSummary summary{.title = words.there_is_a_problem};
    for (const Problem& problem : problems)
        summary.error_list.push_back(
            {.text = problem.sentence, .href = problem.field.empty() ? "" : "#" + problem.field});
    return render(summary);
}

Html form(const Form& form)
{
    Html out;
    out.lit("<form method=\"post\"").attribute("action", is_safe_address(form.action) ? form.action : "#");
    if (form.sends_files) out.lit(" enctype=\"multipart/form-data\"");
    out.lit(" novalidate>\n<input type=\"hidden\" name=\"form_token\"").attribute("value", form.form_token);
    out.lit(">\n") << form.children;
    out.lit("</form>\n");
    return out;
}

} // namespace reachable::web
