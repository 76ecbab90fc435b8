#include "derived/forms.h"

#include "clocks/london.h"
#include "web/form_view.h"

#include <charconv>
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

    std::string error() const { return state.error(name); }
    std::string value(std::string_view rest = {}) const { return state.value(name + std::string(rest)); }
};

std::vector<web::Choice> choices_of(const Making& making)
{
    std::vector<web::Choice> choices;
    for (const auto* code : making.desk.lists.codes_on(making.field.codes, clocks::london_day(making.now)))
        choices.push_back({.value = code->code, .label = code->label});
    return choices;
}

Html text_input(const Making& making)
{
    return web::text_field({.name = making.name,
                            .label = making.label,
                            .hint = making.field.hint,
                            .value = making.value(),
                            .error = making.error(),
                            .autocomplete = "off",
                            .checks_spelling = false});
}

Html text_area(const Making& making)
{
    return web::textarea_field({.name = making.name,
                                .label = making.label,
                                .hint = making.field.hint,
                                .value = making.value(),
                                .error = making.error(),
                                .rows = 3});
}

Html radios(const Making& making, std::vector<web::Choice> choices)
{
    const bool is_short = choices.size() == 2;
    return web::radio_field({.name = making.name,
                             .label = making.label,
                             .choices = std::move(choices),
                             .hint = making.field.hint,
                             .value = making.value(),
                             .error = making.error(),
                             .is_inline = is_short,
                             .is_small = true});
}

Html one_code(const Making& making)
{
    auto choices = choices_of(making);
    if (choices.size() <= most_radios) return radios(making, std::move(choices));
    return web::select_field({.name = making.name,
                              .label = making.label,
                              .choices = std::move(choices),
                              .hint = making.field.hint,
                              .value = making.value(),
                              .error = making.error()});
}

Html many_codes(const Making& making)
{
    web::CheckboxField field{.name = making.name,
                             .label = making.label,
                             .choices = choices_of(making),
                             .hint = making.field.hint,
                             .error = making.error(),
                             .is_small = true};
    for (const auto value : making.state.values.all_of(making.name)) field.values.emplace_back(value);
    return web::checkbox_field(field);
}

Html date_boxes(const Making& making)
{
    return web::date_field({.name = making.name,
                            .label = making.label,
                            .hint = making.field.hint,
                            .day = making.value("-day"),
                            .month = making.value("-month"),
                            .year = making.value("-year"),
                            .error = making.error()});
}

/// A day and a time of day. The day stands filled in: almost everything here happened today.
Html day_and_time(const Making& making)
{
    const auto name = making.name + "-time";
    return date_boxes(making) << web::time_field({.name = name,
                                                  .label = making.label.words + " Time",
                                                  .value = making.value("-time"),
                                                  .error = making.state.error(name)});
}

Html answer_state(const Making& making)
{
    using enum records::AnswerState;
    std::vector<web::Choice> choices;
    for (const auto state : {yes, no, given, unknown, not_recorded, declined, cannot_share})
        choices.push_back({.value = std::string(records::code_of(state)), .label = records::words_for(state)});
    return radios(making, std::move(choices));
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
    if (!year || *year < 1900 || *year > 2200)
        return refuse(ProblemKind::malformed, "Enter the year with four digits", name);
    if (!month && (has_day || !trim(form.get(name + "-month")).empty()))
        return refuse(ProblemKind::malformed, "Enter the month as a number", name);
    if (has_day) return to_iso(TRY(day_in(form, name)));
    if (month && (*month < 1 || *month > 12))
        return refuse(ProblemKind::malformed, "Enter the month as a number", name);
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
    if constexpr (std::is_same_v<T, std::string>)
        return Json(*result);
    else
        return Json(to_iso(*result));
}

} // namespace

std::string FormState::error(std::string_view field) const
{
    return web::error_for(problems, field);
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
    case Kind::text:
        return text_input(making);
    case Kind::narrative:
        return text_area(making);
    case Kind::code:
        return one_code(making);
    case Kind::codes:
        return many_codes(making);
    case Kind::yes_no:
        return radios(making, {{.value = "yes", .label = "Yes"}, {.value = "no", .label = "No"}});
    case Kind::number:
        return text_input(making);
    case Kind::time:
        return day_and_time(making);
    case Kind::day:
    case Kind::partial_day:
        return date_boxes(making);
    case Kind::answer_state:
        return answer_state(making);
    case Kind::reference:
        return text_input(making);
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
    case Kind::day:
        return has_typed(form, name) ? keep(day_in(form, name), problems) : Json();
    case Kind::partial_day:
        return has_typed(form, name) ? keep(partial_day_in(form, name), problems) : Json();
    default:
        return trim(form.get(name)).empty() ? Json() : Json(std::string(form.get(name)));
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

Html form_start(std::string_view action, const Session& session, std::int64_t version)
{
    Html html;
    html.lit("<form method=\"post\" novalidate").attribute("action", action);
    html.lit("><input type=\"hidden\" name=\"form_token\"").attribute("value", session.form_token).lit(">");
    if (version > 0)
        html.lit("<input type=\"hidden\" name=\"version\"").attribute("value", std::to_string(version)).lit(">");
    return html;
}

Html form_end(std::string_view button)
{
    Html html = web::button(button);
    html.lit("</form>");
    return html;
}

std::optional<std::int64_t> version_in(const web::Fields& form)
{
    if (const auto number = number_in(form.get("version"))) return *number;
    return std::nullopt;
}

} // namespace reachable::derived
