// Whole form fields in one call, with the choices GOV.UK recommends made already: a bold label, the hint and error in
// the right order and announced, the id that the error summary links to. A field that needs more is made from its
// component.
//
// The id of every field is its name, so a Problem whose `field` is that name finds it. Values come back as they were
// typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/components/shared.h"
#include "web/html.h"

namespace reachable::web {

/// The words that fields say of themselves, in English; a page in another language brings its own.
struct FormWords {
    Text error = "Error"; // read out before each error
    Text there_is_a_problem = "There is a problem";
    Text day = "Day";
    Text month = "Month";
    Text year = "Year";
    Text choose = "Choose one";
    Text time_hint = "Use the 24-hour clock, for example 22:15";
};

/// How the question stands on the page.
enum class Asked {
    among_others, // one question of several
    alone,        // the only one: its label is the page's h1
};

struct TextField {
    std::string name;
    Content label;
    Content hint = {};
    std::string value = {};
    std::string error = {}; // empty: none
    std::string type = "text";
    Classes classes = {}; // a width, such as "govuk-input--width-10"
    std::string autocomplete = {};
    std::string inputmode = {};
    bool checks_spelling = true; // false for names, codes and the like
    Asked asked = Asked::among_others;
};
Html text_field(const TextField& field, const FormWords& words = {});

struct TextareaField {
    std::string name;
    Content label;
    Content hint = {};
    std::string value = {};
    std::string error = {};
    int rows = 5;
    Asked asked = Asked::among_others;
};
Html textarea_field(const TextareaField& field, const FormWords& words = {});

/// One answer of a list; with a `divider` ("or") it stands for that word instead.
struct Choice {
    std::string value = {};
    Text label = {};
    Content hint = {};
    bool is_exclusive = false; // checkboxes: unticks the others, as "None of these" does
    std::string divider = {};
};

struct RadioField {
    std::string name;
    Content label; // the question
    std::vector<Choice> choices;
    Content hint = {};
    std::string value = {};
    std::string error = {};
    bool is_inline = false; // side by side: two short answers only
    bool is_small = false;
    Asked asked = Asked::among_others;
};
Html radio_field(const RadioField& field, const FormWords& words = {});

struct CheckboxField {
    std::string name;
    Content label; // the question
    std::vector<Choice> choices;
    Content hint = {};
    std::vector<std::string> values = {};
    std::string error = {};
    bool is_small = false;
    Asked asked = Asked::among_others;
};
Html checkbox_field(const CheckboxField& field, const FormWords& words = {});

/// The first choice is "Choose one" with no value, so that leaving it alone is not an answer.
struct SelectField {
    std::string name;
    Content label;
    std::vector<Choice> choices; // value and label only
    Content hint = {};
    std::string value = {};
    std::string error = {};
};
Html select_field(const SelectField& field, const FormWords& words = {});

/// Boxes named "<name>-day", "<name>-month" and "<name>-year". The day box has the id `name`, for the error summary.
struct DateField {
    std::string name;
    Content label; // the question
    Content hint = {};
    std::string day = {};
    std::string month = {};
    std::string year = {};
    std::string error = {};
    Asked asked = Asked::among_others;
};
Html date_field(const DateField& field, const FormWords& words = {});

/// One box for hours and minutes.
struct TimeField {
    std::string name;
    Content label;
    Content hint = {}; // how to write a time when empty
    std::string value = {};
    std::string error = {};
};
Html time_field(const TimeField& field, const FormWords& words = {});

enum class ButtonLook { primary, secondary, warning };

/// A button that sends its form, once however often it is pressed. With a name, the form says which button it was.
Html button(const Content& text, ButtonLook look = ButtonLook::primary, const std::string& name = {},
            const std::string& value = {});

/// The sentence of the first problem of that field; empty if there is none.
std::string error_for(const Problems& problems, std::string_view field);

/// Every sentence, each a link to its field where it has one. Nothing at all when there is no problem.
Html error_summary_for(const Problems& problems, const FormWords& words = {});

/// A form that posts, with the token without which a post is refused. The server judges the answers, not the browser.
struct Form {
    std::string action; // an address of ours; any other scheme than https becomes "#"
    std::string form_token;
    Html children;
    bool sends_files = false;
};
Html form(const Form& form);

} // namespace reachable::web
