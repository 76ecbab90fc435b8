#include "web/components/button.h"
#include "web/components/character_count.h"
#include "web/components/checkboxes.h"
#include "web/components/date_input.h"
#include "web/components/error_summary.h"
#include "web/components/file_upload.h"
#include "web/components/input.h"
#include "web/components/password_input.h"
#include "web/components/radios.h"
#include "web/components/select.h"
#include "web/components/textarea.h"
#include "web/gallery.h"

namespace reachable::web {

namespace {

enum class Mistakes { no, yes };

std::optional<ErrorMessage> mistake(Mistakes mistakes, const char* words)
{
    return mistakes == Mistakes::yes ? std::optional(ErrorMessage{.text = words}) : std::nullopt;
}

constexpr const char* name_missing = "Enter the full name, or say that it is not known";
constexpr const char* answer_missing = "Say whether anybody has been told";
constexpr const char* date_missing = "Enter the date of birth";

Html text_fields(Mistakes mistakes)
{
    Html out = render(Input{.name = "full_name",
                            .label = {.text = "Full name"},
                            .hint = Hint{.text = "In any script"},
                            .error_message = mistake(mistakes, name_missing),
                            .spellcheck = false});
    out << render(Input{.name = "minutes",
                        .inputmode = "numeric",
                        .label = {.text = "How long they can wait, in minutes"},
                        .suffix = Affix{.text = "minutes"},
                        .classes = "govuk-input--width-4"});
    out << render(Textarea{.name = "words", .label = {.text = "Their own words"}});
    out << render(CharacterCount{.name = "reason", .maxlength = 200, .label = {.text = "Reason"}});
    return out << render(PasswordInput{.name = "password", .label = {.text = "Password"}});
}

Html choices(Mistakes mistakes)
{
    Html out = render(Radios{.fieldset = Fieldset{.legend = {.text = "Has anybody been told?"}},
                             .error_message = mistake(mistakes, answer_missing),
                             .name = "told",
                             .items = {{.value = "yes", .text = "Yes"},
                                       {.value = "no", .text = "No, nobody", .hint = Hint{.text = "You have checked"}},
                                       {.divider = "or"},
                                       {.value = "unknown", .text = "Cannot check now"}}});
    out << render(Checkboxes{
        .fieldset = Fieldset{.legend = {.text = "Who may see this?"}},
        .name = "audience",
        .items = {{.value = "custody", .text = "Custody"}, {.value = "social_care", .text = "Children's services"}},
        .values = {"custody"}});
    return out << render(Select{.name = "agency",
                                .items = {{.text = "Choose one", .value = ""}, {.text = "Ashford", .value = "1"}},
                                .label = {.text = "Agency"}});
}

Html date_and_file(Mistakes mistakes)
{
    Html out = render(DateInput{.id = "born",
                                .name_prefix = "born",
                                .hint = Hint{.text = "For example, 27 3 2011"},
                                .error_message = mistake(mistakes, date_missing),
                                .fieldset = Fieldset{.legend = {.text = "Date of birth"}}});
    return out << render(FileUpload{
               .name = "file", .label = {.text = "Document"}, .hint = Hint{.text = "PDF or photo, up to 10 MB"}});
}

Html buttons()
{
    Html out = lit("<div class=\"govuk-button-group\">");
    out << render(Button{.text = "Send", .prevent_double_click = true})
        << render(Button{.text = "Send what I have", .classes = "govuk-button--secondary"})
        << render(Button{.text = "End access", .classes = "govuk-button--warning"})
        << render(Button{.text = "Start", .href = "#", .is_start_button = true});
    return out.lit("</div>");
}

Html form(Mistakes mistakes)
{
    Html out = lit("<form method=\"post\" action=\"/dev/components\" novalidate>");
    put_sample(out, "Text", text_fields(mistakes));
    put_sample(out, "Choices", choices(mistakes));
    put_sample(out, "Date and file", date_and_file(mistakes));
    put_sample(out, "Buttons", buttons());
    return out.lit("</form>");
}

} // namespace

Html gallery_of_forms()
{
    return form(Mistakes::no);
}

Page gallery_errors_page()
{
    Page page{.title = "Components with mistakes", .has_errors = true};
    page.before_main = render(ErrorSummary{.title = "There is a problem",
                                           .error_list = {{.text = name_missing, .href = "#full_name"},
                                                          {.text = answer_missing, .href = "#told"},
                                                          {.text = date_missing, .href = "#born-day"}}});
    page.main.lit("<h1 class=\"govuk-heading-l\">Components with mistakes</h1>") << form(Mistakes::yes);
    return page;
}

} // namespace reachable::web
