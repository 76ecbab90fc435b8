#include "web/components/date_input.h"

#include <algorithm>

#include "web/components/input.h"

namespace reachable::web {

namespace {

constexpr std::string_view error_class = "govuk-input--error";

bool is_marked(const DateItem& item)
{
    return item.error.value_or(false) || item.classes.mention(error_class);
}

void add_box(std::vector<DateItem>& boxes, std::optional<DateItem> box, const char* name)
{
    if (!box) return;
    if (box->name.empty()) box->name = name;
    boxes.push_back(std::move(*box));
}

std::vector<DateItem> boxes_of(const DateInput& date)
{
    if (!date.items.empty()) return date.items;
    std::vector<DateItem> boxes;
    add_box(boxes, date.day, "day");
    add_box(boxes, date.month, "month");
    add_box(boxes, date.year, "year");
    return boxes;
}

/// Which of day, month and year the box stands for, or null when it is a box of another kind.
const DateItem* part_of(const DateInput& date, const std::string& name)
{
    const auto is_for = [&name](const std::optional<DateItem>& part, const char* usual) {
        return part && (name == usual || (!part->name.empty() && name == part->name));
    };
    if (is_for(date.day, "day")) return &*date.day;
    if (is_for(date.month, "month")) return &*date.month;
    if (is_for(date.year, "year")) return &*date.year;
    return nullptr;
}

std::optional<std::string> value_of(const DateInput& date, const DateItem& item, const std::string& whole_name)
{
    if (item.value) return item.value;
    const DateItem* part = part_of(date, item.name);
    if (part != nullptr && part->value) return part->value;
    const auto found = date.values.find(whole_name);
    return found == date.values.end() ? std::nullopt : std::optional(found->second);
}

Classes classes_of(const DateInput& date, const DateItem& item, bool any_is_marked)
{
    Classes classes("govuk-date-input__input");
    const bool shares_error = item.error != false && date.error_message && !any_is_marked;
    if (!item.classes.mention(error_class) && (is_marked(item) || shares_error)) classes.add(error_class);
    const bool is_year = date.year && part_of(date, item.name) == &*date.year;
    if (!item.classes.mention("govuk-input--width-"))
        classes.add(is_year ? "govuk-input--width-4" : "govuk-input--width-2");
    return classes.add(item.classes);
}

std::string with_capital(std::string name)
{
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

Html render_box(const DateInput& date, const DateItem& item, bool any_is_marked)
{
    const std::string name = date.name_prefix.empty() ? item.name : date.name_prefix + "-" + item.name;
    Html out;
    out.lit("<div class=\"govuk-date-input__item\">\n");
    out << render(Input{
        .id = item.id.empty() ? date.id + "-" + item.name : item.id,
        .name = name,
        .inputmode = item.inputmode,
        .value = value_of(date, item, name),
        .label = {.text = item.label.empty() ? with_capital(item.name) : item.label,
                  .classes = "govuk-date-input__label"},
        .classes = classes_of(date, item, any_is_marked),
        .autocomplete = item.autocomplete,
        .pattern = item.pattern,
        .attributes = item.attributes,
    });
    out.lit("</div>\n");
    return out;
}

Html render_boxes(const DateInput& date)
{
    const std::vector<DateItem> boxes = boxes_of(date);
    const bool any_is_marked = std::any_of(boxes.begin(), boxes.end(), is_marked);
    Html out;
    out.lit("<div");
    put_classes(out, "govuk-date-input", date.classes);
    out << date.attributes;
    put_if(out, "id", date.id);
    out.lit(">\n") << date.form_group.before_input;
    for (const DateItem& item : boxes) out << render_box(date, item, any_is_marked);
    out << date.form_group.after_input;
    out.lit("</div>\n");
    return out;
}

} // namespace

Html render(const DateInput& date)
{
    const std::string described_by = date.fieldset ? date.fieldset->described_by : "";
    const Notes notes = notes_for(date.id, date.hint, date.error_message, described_by);
    Html inside = notes.html;
    inside << render_boxes(date);
    if (date.fieldset) {
        Fieldset fieldset = *date.fieldset;
        fieldset.described_by = notes.described_by;
        fieldset.role = "group"; // without it JAWS does not read the description of a fieldset of text boxes
        fieldset.html = inside;
        inside = render(fieldset);
    }
    return in_form_group(date.form_group, date.error_message.has_value(), inside);
}

} // namespace reachable::web
