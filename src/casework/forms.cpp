#include "casework/forms.h"

#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/checkboxes.h"
#include "web/components/date_input.h"
#include "web/components/input.h"
#include "web/components/radios.h"
#include "web/components/select.h"
#include "web/components/textarea.h"

#include <charconv>
#include <fmt/format.h>

namespace reachable::casework {
namespace {

using web::Html;
using web::Text;

/// More answers than this stand in a list to open, not in radios.
constexpr std::size_t most_radios = 8;

std::optional<web::Hint> hint_of(const Field& field)
{
    if (field.hint.empty()) return std::nullopt;
    return web::Hint{.text = field.hint};
}

std::optional<web::ErrorMessage> error_of(const FormState& state, std::string_view name)
{
    const auto sentence = state.error(name);
    if (sentence.empty()) return std::nullopt;
    return web::ErrorMessage{.text = sentence};
}

web::Fieldset fieldset_of(const Text& label)
{
    return {.legend = {.text = label, .classes = "govuk-fieldset__legend--s"}};
}

web::Label label_of(const Text& label) { return {.text = label, .classes = "govuk-label--s"}; }

/// One input being made.
struct Making {
    const Desk& desk;
    const Field& field;
    const std::string& name;
    const FormState& state;
    UtcTime now;
    Text label;
};

Html text_input(const Making& making, std::string type = "text", web::Classes classes = {})
{
    return render(web::Input{.id = making.name,
                             .name = making.name,
                             .type = std::move(type),
                             .value = making.state.value(making.name),
                             .label = label_of(making.label),
                             .hint = hint_of(making.field),
                             .error_message = error_of(making.state, making.name),
                             .classes = std::move(classes),
                             .autocomplete = "off",
                             .spellcheck = false});
}

Html text_area(const Making& making)
{
    return render(web::Textarea{.id = making.name,
                                .name = making.name,
                                .rows = 3,
                                .value = making.state.value(making.name),
                                .label = label_of(making.label),
                                .hint = hint_of(making.field),
                                .error_message = error_of(making.state, making.name)});
}

Html yes_or_no(const Making& making)
{
    return render(web::Radios{.fieldset = fieldset_of(making.label),
                              .hint = hint_of(making.field),
                              .error_message = error_of(making.state, making.name),
                              .id_prefix = making.name,
                              .name = making.name,
                              .items = {{.value = "yes", .text = "Yes"}, {.value = "no", .text = "No"}},
                              .value = making.state.value(making.name),
                              .classes = "govuk-radios--inline govuk-radios--small"});
}

Html one_code(const Making& making)
{
    const auto codes = making.desk.codes_on(making.field.codes, clocks::london_day(making.now));
    if (codes.size() > most_radios) {
        web::Select select{.id = making.name,
                           .name = making.name,
                           .items = {{.text = "Choose", .value = ""}},
                           .value = making.state.value(making.name),
                           .label = label_of(making.label),
                           .hint = hint_of(making.field),
                           .error_message = error_of(making.state, making.name)};
        for (const auto* code : codes) select.items.push_back({.text = code->label, .value = code->code});
        return render(select);
    }
    web::Radios radios{.fieldset = fieldset_of(making.label),
                       .hint = hint_of(making.field),
                       .error_message = error_of(making.state, making.name),
                       .id_prefix = making.name,
                       .name = making.name,
                       .value = making.state.value(making.name),
                       .classes = "govuk-radios--small"};
    for (const auto* code : codes) radios.items.push_back({.value = code->code, .text = code->label});
    return render(radios);
}

Html many_codes(const Making& making)
{
    web::Checkboxes boxes{.fieldset = fieldset_of(making.label),
                          .hint = hint_of(making.field),
                          .error_message = error_of(making.state, making.name),
                          .id_prefix = making.name,
                          .name = making.name,
                          .classes = "govuk-checkboxes--small"};
    for (const auto value : making.state.values.all_of(making.name)) boxes.values.emplace_back(value);
    for (const auto* code : making.desk.codes_on(making.field.codes, clocks::london_day(making.now)))
        boxes.items.push_back({.value = code->code, .text = code->label});
    return render(boxes);
}

Html date_boxes(const Making& making, std::optional<web::ErrorMessage> error)
{
    web::DateInput date{.id = making.name,
                        .name_prefix = making.name,
                        .hint = hint_of(making.field),
                        .error_message = std::move(error),
                        .fieldset = fieldset_of(making.label)};
    for (const auto* part : {"day", "month", "year"})
        date.values[fmt::format("{}-{}", making.name, part)] = making.state.value(fmt::format("{}-{}", making.name, part));
    return render(date);
}

/// A day and a time of day. The day stands filled in: almost everything here happened today.
Html day_and_time(const Making& making)
{
    const auto time_name = making.name + "-time";
    auto html = date_boxes(making, error_of(making.state, making.name));
    html << render(web::Input{.id = time_name,
                              .name = time_name,
                              .inputmode = "numeric",
                              .value = making.state.value(time_name),
                              .label = {.text = "Time, on the 24-hour clock"},
                              .hint = web::Hint{.text = "For example, 23:40"},
                              .error_message = error_of(making.state, time_name),
                              .classes = "govuk-input--width-5",
                              .autocomplete = "off"});
    return html;
}

Html answer_state(const Making& making)
{
    using enum records::AnswerState;
    web::Radios radios{.fieldset = fieldset_of(making.label),
                       .error_message = error_of(making.state, making.name),
                       .id_prefix = making.name,
                       .name = making.name,
                       .value = making.state.value(making.name),
                       .classes = "govuk-radios--small"};
    for (const auto state : {yes, no, given, unknown, not_recorded, declined, cannot_share})
        radios.items.push_back({.value = std::string(records::code_of(state)), .text = records::words_for(state)});
    return render(radios);
}

std::optional<int> number_in(std::string_view text)
{
    int number = 0;
    text = trim(text);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

bool has_typed(const web::Fields& form, const std::string& name)
{
    for (const auto* part : {"-day", "-month", "-year"})
        if (!trim(form.get(name + part)).empty()) return true;
    return false;
}

Result<CivilDate> day_in(const web::Fields& form, const std::string& name)
{
    const auto day = number_in(form.get(name + "-day"));
    const auto month = number_in(form.get(name + "-month"));
    const auto year = number_in(form.get(name + "-year"));
    if (!day || !month || !year) return refuse(ProblemKind::malformed, "Enter a day, a month and a year", name);
    if (*year < 1900 || *year > 2200) return refuse(ProblemKind::malformed, "Enter the year with four digits", name);
    const CivilDate date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                         std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return refuse(ProblemKind::malformed, "That day is not in the calendar", name);
    return date;
}

/// "2011", "2011-05" or "2011-05-17", as far as the boxes say.
Result<std::string> partial_day_in(const web::Fields& form, const std::string& name)
{
    const auto year = number_in(form.get(name + "-year"));
    const auto month = number_in(form.get(name + "-month"));
    const bool has_day = !trim(form.get(name + "-day")).empty();
    if (!year || *year < 1900 || *year > 2200) return refuse(ProblemKind::malformed, "Enter the year with four digits", name);
    if (!month && (has_day || !trim(form.get(name + "-month")).empty()))
        return refuse(ProblemKind::malformed, "Enter the month as a number", name);
    if (has_day) return to_iso(TRY(day_in(form, name)));
    if (month && (*month < 1 || *month > 12)) return refuse(ProblemKind::malformed, "Enter the month as a number", name);
    return month ? fmt::format("{:04}-{:02}", *year, *month) : fmt::format("{:04}", *year);
}

Result<UtcTime> time_in(const web::Fields& form, const std::string& name, UtcTime now)
{
    const auto day = TRY(day_in(form, name));
    const auto words = std::string(trim(form.get(name + "-time")));
    if (words.empty()) return refuse(ProblemKind::missing, "Enter the time", name + "-time");
    const auto later = clocks::from_wall(day, words, true);
    if (later && *later <= now) return *later;
    auto earlier = clocks::from_wall(day, words);
    if (!earlier) return refuse(ProblemKind::malformed, earlier.error().front().sentence, name + "-time");
    return *earlier;
}

template <class T>
Json keep(Result<T> result, Problems& problems)
{
    if (!result) {
        problems.insert(problems.end(), result.error().begin(), result.error().end());
        return {};
    }
    if constexpr (std::is_same_v<T, std::string>) return Json(*result);
    else return Json(to_iso(*result));
}

} // namespace

std::string FormState::error(std::string_view field) const
{
    for (const auto& problem : problems)
        if (problem.field == field) return problem.sentence;
    return {};
}

void fill(web::Fields& form, const Field& field, std::string_view name, const void* facts)
{
    const auto json = field.write(facts);
    const std::string key(name);
    if (json.is_null()) return;
    if (const auto* list = json.items()) {
        for (const auto& item : *list)
            if (item.text() != nullptr) form.add(key, *item.text());
        return;
    }
    if (json.boolean() != nullptr) form.add(key, *json.boolean() ? "yes" : "no");
    if (json.text() == nullptr) return;
    if (field.kind == Kind::day || field.kind == Kind::partial_day) {
        const auto pieces = split(*json.text(), '-');
        constexpr const char* names[] = {"-year", "-month", "-day"};
        for (std::size_t i = 0; i < pieces.size(); ++i) form.add(key + names[i], std::string(pieces[i]));
    } else if (field.kind == Kind::time) {
        const auto time = parse_utc(*json.text());
        if (time) fill_time(form, key, *time);
    } else {
        form.add(key, *json.text());
    }
}

void fill_time(web::Fields& form, const std::string& name, UtcTime time)
{
    const auto day = clocks::london_day(time);
    form.add(name + "-day", std::to_string(static_cast<unsigned>(day.day())));
    form.add(name + "-month", std::to_string(static_cast<unsigned>(day.month())));
    form.add(name + "-year", std::to_string(static_cast<int>(day.year())));
    form.add(name + "-time", clocks::wall_time(time).substr(0, 5));
}

Html input_for(const Desk& desk, const Field& field, const std::string& name, const FormState& state, UtcTime now,
               const InputOptions& options)
{
    auto label = options.label.empty() ? std::string(field.label) : options.label.words;
    if (!options.is_required) label += " (optional)";
    const Making making{desk, field, name, state, now, label};
    switch (field.kind) {
    case Kind::text: return text_input(making);
    case Kind::narrative: return text_area(making);
    case Kind::code: return one_code(making);
    case Kind::codes: return many_codes(making);
    case Kind::yes_no: return yes_or_no(making);
    case Kind::number: return text_input(making, "text", "govuk-input--width-5");
    case Kind::time: return day_and_time(making);
    case Kind::day:
    case Kind::partial_day: return date_boxes(making, error_of(state, name));
    case Kind::answer_state: return answer_state(making);
    case Kind::reference: return text_input(making);
    }
    throw Bug("a field of no known kind");
}

Json read_input(const Field& field, const std::string& name, const web::Fields& form, UtcTime now, Problems& problems)
{
    switch (field.kind) {
    case Kind::codes: {
        auto list = Json::list();
        for (const auto value : form.all_of(name)) list.add(std::string(value));
        return list.items()->empty() ? Json() : list;
    }
    case Kind::time:
        // The day stands filled in, so only a time, or another day, says that somebody answered.
        if (trim(form.get(name + "-time")).empty()) return {};
        return keep(time_in(form, name, now), problems);
    case Kind::day: return has_typed(form, name) ? keep(day_in(form, name), problems) : Json();
    case Kind::partial_day: return has_typed(form, name) ? keep(partial_day_in(form, name), problems) : Json();
    default: return trim(form.get(name)).empty() ? Json() : Json(std::string(form.get(name)));
    }
}

Json read_form(const CaseType& type, const Action& action, const web::Fields& form, UtcTime now, Problems& problems)
{
    auto asked = Json::object();
    for (const auto& ask : asks_of(action)) {
        if (const auto* field = type.find_field(ask.name)) {
            auto value = read_input(*field, std::string(ask.name), form, now, problems);
            if (!value.is_null()) asked.set(ask.name, std::move(value));
            continue;
        }
        auto item = Json::object();
        for (const auto& field : type.find_part(ask.name)->fields) {
            if (field.is_noted) continue;
            auto value = read_input(field, fmt::format("{}-{}", ask.name, field.name), form, now, problems);
            if (!value.is_null()) item.set(field.name, std::move(value));
        }
        if (!item.members()->empty()) asked.set(ask.name, Json::list().add(std::move(item)));
    }
    return asked;
}

Html error_summary(const Problems& problems)
{
    if (problems.empty()) return {};
    web::ErrorSummary summary{.title = "There is a problem"};
    for (const auto& problem : problems)
        summary.error_list.push_back({.text = problem.sentence, .href = problem.field.empty() ? "" : "#" + problem.field});
    return render(summary);
}

Html form_start(std::string_view action, const Session& session, std::int64_t version)
{
    Html html;
    html.lit("<form method=\"post\" novalidate").attribute("action", action);
    html.lit("><input type=\"hidden\" name=\"form_token\"").attribute("value", session.form_token).lit(">");
    if (version > 0) html.lit("<input type=\"hidden\" name=\"version\"").attribute("value", std::to_string(version)).lit(">");
    return html;
}

Html form_end(std::string_view button)
{
    Html html = render(web::Button{.text = button, .prevent_double_click = true});
    html.lit("</form>");
    return html;
}

std::optional<std::int64_t> version_in(const web::Fields& form)
{
    if (const auto number = number_in(form.get("version"))) return *number;
    return std::nullopt;
}

} // namespace reachable::casework
