#include "web/components/choices.h"

#include <algorithm>

#include "web/components/label.h"

namespace reachable::web {

namespace {

/// Everything about one item that follows from the group and its place in it.
struct Placed {
    std::string id;
    std::string name;
    std::string hint_id; // empty: no hint
    std::string conditional_id;
    std::string described_by;
    bool is_checked = false;
};

Placed place(const ChoiceGroup& group, const ChoiceItem& item, std::size_t index, const std::string& described_by)
{
    Placed placed;
    placed.id = item.id;
    if (placed.id.empty()) placed.id = group.id_prefix + (index > 0 ? "-" + std::to_string(index + 1) : "");
    placed.name = item.name.empty() ? group.name : item.name;
    if (item.hint && !item.hint->text.empty()) placed.hint_id = placed.id + "-item-hint";
    placed.conditional_id = "conditional-" + placed.id;
    placed.described_by = with_space(described_by, placed.hint_id);
    const bool is_value = std::find(group.values.begin(), group.values.end(), item.value) != group.values.end();
    placed.is_checked = item.checked.value_or(is_value);
    return placed;
}

Html render_box(const ChoiceGroup& group, const ChoiceItem& item, const Placed& placed)
{
    Html out;
    out.lit("<input").attribute("class", group.family + "__input").attribute("id", placed.id);
    out.attribute("name", placed.name).attribute("type", group.type).attribute("value", item.value);
    if (placed.is_checked) out.lit(" checked");
    if (item.disabled) out.lit(" disabled");
    if (!item.conditional.empty()) out.attribute("data-aria-controls", placed.conditional_id);
    put_if(out, "data-behaviour", item.behaviour);
    put_if(out, "aria-describedby", placed.described_by);
    out << item.attributes;
    out.lit(">\n");
    return out;
}

Html render_conditional(const ChoiceGroup& group, const ChoiceItem& item, const Placed& placed)
{
    Html out;
    if (item.conditional.empty()) return out;
    const std::string own = group.family + "__conditional";
    out.lit("<div");
    put_classes(out, own, placed.is_checked ? Classes() : Classes(own + "--hidden"));
    out.attribute("id", placed.conditional_id).lit(">\n") << item.conditional;
    out.lit("\n</div>\n");
    return out;
}

Html render_item(const ChoiceGroup& group, const ChoiceItem& item, const Placed& placed)
{
    Html out;
    out.lit("<div").attribute("class", group.family + "__item").lit(">\n") << render_box(group, item, placed);
    out << render(Label{.text = item.text,
                        .classes = Classes(group.family + "__label").add(item.label.classes),
                        .attributes = item.label.attributes,
                        .for_id = placed.id});
    if (!placed.hint_id.empty()) {
        Hint hint = *item.hint;
        hint.id = placed.hint_id;
        hint.classes = Classes(group.family + "__hint").add(item.hint->classes);
        out << render(hint);
    }
    out.lit("</div>\n") << render_conditional(group, item, placed);
    return out;
}

Html render_divider(const ChoiceGroup& group, const std::string& word)
{
    Html out;
    out.lit("<div").attribute("class", group.family + "__divider").lit(">") << word;
    out.lit("</div>\n");
    return out;
}

Html render_items(const ChoiceGroup& group, const std::string& described_by)
{
    Html out;
    out.lit("<div");
    put_classes(out, group.family, group.classes);
    out << group.attributes;
    out.attribute("data-module", group.family).lit(">\n") << group.form_group.before_input;
    for (std::size_t i = 0; i < group.items.size(); ++i) {
        const ChoiceItem& item = group.items[i];
        if (!item.divider.empty())
            out << render_divider(group, item.divider);
        else
            out << render_item(group, item, place(group, item, i, described_by));
    }
    out << group.form_group.after_input;
    out.lit("</div>\n");
    return out;
}

} // namespace

Html render(const ChoiceGroup& group)
{
    const Notes notes = notes_for(group.id_prefix, group.hint, group.error_message, group.described_by);
    // A fieldset is described once for the whole group; without one, each checkbox says it.
    const bool items_say_it = !group.fieldset && group.type == "checkbox";
    Html inside = notes.html;
    inside << render_items(group, items_say_it ? notes.described_by : "");
    if (group.fieldset) {
        Fieldset fieldset = *group.fieldset;
        fieldset.described_by = notes.described_by;
        fieldset.role.clear();
        fieldset.html = inside;
        inside = render(fieldset);
    }
    return in_form_group(group.form_group, group.error_message.has_value(), inside);
}

} // namespace reachable::web
