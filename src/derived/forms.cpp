#include "derived/forms.h"

#include "clocks/london.h"
#include "web/list_input.h"

#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

namespace {

using web::Html;
using web::Text;

/// More answers than this stand in a list to open, not in radios.
constexpr std::size_t most_radios = 8;

/// One input being made.
struct Making {
    const Desk& desk;
    const Field& field;
    const std::string& name;
    const FormState& state;
    UtcTime now;
    Text label;

    std::string value(std::string_view rest = {}) const { return state.value(name + std::string(rest)); }
};

std::vector<web::Choice> choices_of(const Making& making)
{
    std::vector<web::Choice> choices;
    for (const auto* code : making.desk.lists.codes_on(making.field.codes, clocks::london_day(making.now)))
        choices.push_back({.value = code->code, .label = code->label});
    return choices;
}

/// What every kind of input has in common.
template <class Input>
Input start(const Making& making)
{
    Input input;
    input.name = making.name;
    input.label = making.label;
    input.hint = making.field.hint;
    input.error = making.state.error(making.name);
    if constexpr (requires { input.value; }) input.value = making.value();
    return input;
}

Html text_input(const Making& making)
{
    auto input = start<web::TextField>(making);
    input.autocomplete = "off";
    input.checks_spelling = false;
    return web::text_field(input);
}

Html text_area(const Making& making)
{
    auto input = start<web::TextareaField>(making);
    input.rows = 3;
    return web::textarea_field(input);
}

Html radios(const Making& making, std::vector<web::Choice> choices)
{
    auto input = start<web::RadioField>(making);
    input.is_inline = choices.size() == 2;
    input.is_small = true;
    input.choices = std::move(choices);
    return web::radio_field(input);
}

Html one_code(const Making& making)
{
    auto choices = choices_of(making);
    if (choices.size() <= most_radios) return radios(making, std::move(choices));
    auto input = start<web::SelectField>(making);
    input.choices = std::move(choices);
    return web::select_field(input);
}

Html many_codes(const Making& making)
{
    auto input = start<web::CheckboxField>(making);
    input.choices = choices_of(making);
    input.is_small = true;
    for (const auto value : making.state.values.all_of(making.name)) input.values.emplace_back(value);
    return web::checkbox_field(input);
}

Html date_boxes(const Making& making, const char* hint = "")
{
    auto input = start<web::DateField>(making);
    if (hint[0] != '\0') input.hint = hint;
    input.day = making.value("-day");
    input.month = making.value("-month");
    input.year = making.value("-year");
    return web::date_field(input);
}

/// A day and a time of day. Where a time must be given the day stands filled in: almost everything happened today.
Html day_and_time(const Making& making, bool is_required)
{
    return date_boxes(making, is_required ? "" : "Leave the date empty if it is today")
           << web::time_field({.name = making.name + "-time",
                               .label = making.label.words + " Time",
                               .value = making.value("-time"),
                               .error = making.state.error(making.name + "-time")});
}

Html answer_state(const Making& making)
{
    using enum records::AnswerState;
    std::vector<web::Choice> choices;
    for (const auto state : {yes, no, given, unknown, not_recorded, declined, cannot_share})
        choices.push_back({.value = std::string(records::code_of(state)), .label = records::words_for(state)});
    return radios(making, std::move(choices));
}

template <class T>
Json keep(const Field& field, Result<T> result, Problems& problems)
{
    if (result) return to_iso(*result);
    web::add_about(field.label, result.error(), problems);
    return {};
}

} // namespace

void fill(web::Fields& form, const Field& field, const std::string& name, const void* facts)
{
    const auto json = field.write(facts);
    if (json.items() != nullptr) return web::fill_list(form, name, json);
    if (json.boolean() != nullptr) form.add(name, *json.boolean() ? "yes" : "no");
    if (json.text() == nullptr) return;
    if (field.kind == Kind::day || field.kind == Kind::partial_day) {
        const auto pieces = split(*json.text(), '-');
        constexpr const char* names[] = {"-year", "-month", "-day"};
        for (std::size_t i = 0; i < pieces.size(); ++i) form.add(name + names[i], std::string(pieces[i]));
    } else if (field.kind == Kind::time) {
        if (const auto time = parse_utc(*json.text())) web::fill_time(form, name, *time);
    } else {
        form.add(name, *json.text());
    }
}

Html input_for(const Desk& desk, const Field& field, const std::string& name, const FormState& state, UtcTime now,
               const InputOptions& options)
{
    auto label = options.label.empty() ? std::string(field.label) : options.label.words;
    if (!options.is_required) label += options.when_left_out;
    const Making making{desk, field, name, state, now, label};
    switch (field.kind) {
    case Kind::text:
    case Kind::number:
    case Kind::reference: return text_input(making);
    case Kind::narrative: return text_area(making);
    case Kind::code: return one_code(making);
    case Kind::codes: return many_codes(making);
    case Kind::yes_no: return radios(making, {{.value = "yes", .label = "Yes"}, {.value = "no", .label = "No"}});
    case Kind::time: return day_and_time(making, options.is_required);
    case Kind::day:
    case Kind::partial_day: return date_boxes(making);
    case Kind::answer_state: return answer_state(making);
    case Kind::people: return web::people_fields(name, making.label.words, state, records::most_named_people);
    }
    throw Bug("a field of no known kind");
}

Json read_input(const Field& field, const std::string& name, const web::Fields& form, UtcTime now, Problems& problems,
                DayLeftOut day)
{
    switch (field.kind) {
    case Kind::codes:
    case Kind::people: return web::list_in(form, name, records::most_named_people);
    case Kind::time: {
        const bool may_be_today = day == DayLeftOut::means_today;
        // Where the day stands filled in, only a time says that somebody answered.
        if (trim(form.get(name + "-time")).empty() && !(may_be_today && web::has_date(form, name))) return {};
        return keep(field, web::time_in(may_be_today ? web::with_day(form, name, now) : form, name, now), problems);
    }
    case Kind::day: return web::has_date(form, name) ? keep(field, web::date_in(form, name), problems) : Json();
    case Kind::partial_day:
        return web::has_date(form, name) ? keep(field, web::partial_date_in(form, name), problems) : Json();
    default: return trim(form.get(name)).empty() ? Json() : Json(std::string(form.get(name)));
    }
}

Json read_form(const CaseType& type, const Action& action, const web::Fields& form, UtcTime now, Problems& problems)
{
    const auto read = [&](Json& into, const Field& field, const std::string& name,
                          DayLeftOut day = DayLeftOut::is_refused) {
        auto value = read_input(field, name, form, now, problems, day);
        if (!value.is_null()) into.set(field.name, std::move(value));
    };
    auto asked = Json::object();
    for (const auto& ask : asks_of(action)) {
        if (const auto* field = type.find_field(ask.name)) {
            read(asked, *field, std::string(ask.name),
                 ask.is_required ? DayLeftOut::is_refused : DayLeftOut::means_today);
            continue;
        }
        auto item = Json::object();
        const auto& part = *type.find_part(ask.name);
        for (const auto& field : part.fields)
            if (!field.is_noted) read(item, field, fmt::format("{}-{}", ask.name, field.name));
        // An item that must be given and is empty is refused box by box.
        const bool is_needed = ask.is_required && part.key.empty();
        if (is_needed || !item.members()->empty()) asked.set(ask.name, Json::list().add(std::move(item)));
    }
    return asked;
}

} // namespace reachable::derived
