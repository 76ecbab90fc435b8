#include "web/list_input.h"

#include "base/text.h"
#include "web/form_view.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::web {
namespace {

struct PersonBox {
    std::string_view what;
    std::string_view label;
};
constexpr PersonBox person_boxes[] = {{"name", "Name"},
                                      {"relation", "Who they are to the child"},
                                      {"telephone", "Telephone"},
                                      {"note", "What custody should know of them"}};

std::string box_of(std::string_view name, std::size_t place, std::string_view what)
{
    return fmt::format("{}-{}-{}", name, place + 1, what);
}

std::size_t count_named(const Fields& form, const std::string& name, std::size_t most)
{
    std::size_t named = 0;
    for (std::size_t i = 0; i < most; ++i)
        for (const auto& box : person_boxes)
            if (!form.get(box_of(name, i, box.what)).empty()) named = i + 1;
    return named;
}

} // namespace

void fill_list(Fields& form, const std::string& name, const Json& list)
{
    std::size_t place = 0;
    for (const auto& item : *list.items()) {
        if (item.text() != nullptr) form.add(name, *item.text());
        if (const auto* members = item.members())
            for (const auto& [what, value] : *members)
                if (value.text() != nullptr) form.add(box_of(name, place, what), *value.text());
        ++place;
    }
}

Html people_fields(const std::string& name, std::string_view label, const FormState& state, std::size_t most)
{
    const auto shown = std::min(count_named(state.values, name, most) + 2, most);
    Html html;
    html.lit("<div").attribute("id", name).lit(">");
    for (std::size_t i = 0; i < shown; ++i) {
        html.lit("<fieldset class=\"govuk-fieldset\"><legend class=\"govuk-fieldset__legend "
                 "govuk-fieldset__legend--s\">")
            << fmt::format("{} {}", label, i + 1);
        html.lit("</legend>");
        for (const auto& box : person_boxes) {
            const auto id = box_of(name, i, box.what);
            const bool is_first = i == 0 && box.what == "name"; // where the sentence of a refusal stands
            html << text_field({.name = id,
                                .label = box.label,
                                .value = state.value(id),
                                .error = is_first ? state.error(name) : std::string(),
                                .type = box.what == "telephone" ? "tel" : "text",
                                .autocomplete = "off",
                                .checks_spelling = false});
        }
        html.lit("</fieldset>");
    }
    return html.lit("</div>");
}

Json list_in(const Fields& form, const std::string& name, std::size_t most_people)
{
    auto list = Json::list();
    for (const auto ticked : form.all_of(name)) list.add(std::string(ticked));
    for (std::size_t i = 0; i < most_people; ++i) {
        auto person = Json::object();
        for (const auto& box : person_boxes)
            if (const auto given = trim(form.get(box_of(name, i, box.what))); !given.empty())
                person.set(box.what, std::string(given));
        if (!person.members()->empty()) list.add(std::move(person));
    }
    return list.items()->empty() ? Json() : list;
}

} // namespace reachable::web
