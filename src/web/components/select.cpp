#include "web/components/select.h"

namespace reachable::web {

namespace {

Html render_item(const SelectItem& item, const std::string& chosen)
{
    Html out;
    out.lit("<option");
    if (item.value) out.attribute("value", *item.value);
    const bool is_chosen = !chosen.empty() && item.value.value_or(item.text) == chosen;
    if (item.selected.value_or(is_chosen)) out.lit(" selected");
    if (item.disabled) out.lit(" disabled");
    out << item.attributes;
    out.lit(">") << item.text;
    out.lit("</option>\n");
    return out;
}

Html render_list(const Select& select, const std::string& id, const std::string& described_by)
{
    Html out;
    out.lit("<select");
    put_classes(out, "govuk-select", Classes(select.classes).add(select.error_message ? "govuk-select--error" : ""));
    out.attribute("id", id).attribute("name", select.name);
    if (select.disabled) out.lit(" disabled");
    put_if(out, "aria-describedby", described_by);
    out << select.attributes;
    out.lit(">\n");
    for (const SelectItem& item : select.items) out << render_item(item, select.value);
    out.lit("</select>\n");
    return out;
}

} // namespace

Html render(const Select& select)
{
    const std::string id = select.id.empty() ? select.name : select.id;
    Label label = select.label;
    label.for_id = id;
    const Notes notes = notes_for(id, select.hint, select.error_message, select.described_by);
    Html inside;
    inside << render(label) << notes.html << select.form_group.before_input;
    inside << render_list(select, id, notes.described_by) << select.form_group.after_input;
    return in_form_group(select.form_group, select.error_message.has_value(), inside);
}

} // namespace reachable::web
