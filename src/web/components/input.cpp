#include "web/components/input.h"

namespace reachable::web {

namespace {

Html render_box(const Input& input, const std::string& id, const std::string& described_by)
{
    Html out;
    out.lit("<input");
    put_classes(out, "govuk-input", Classes(input.classes).add(input.error_message ? "govuk-input--error" : ""));
    out.attribute("id", id).attribute("name", input.name).attribute("type", input.type);
    if (input.spellcheck) out.attribute("spellcheck", *input.spellcheck ? "true" : "false");
    if (input.value) out.attribute("value", *input.value);
    if (input.disabled) out.lit(" disabled");
    put_if(out, "aria-describedby", described_by);
    put_if(out, "autocomplete", input.autocomplete);
    put_if(out, "autocapitalize", input.autocapitalize);
    put_if(out, "pattern", input.pattern);
    put_if(out, "inputmode", input.inputmode);
    out << input.attributes;
    out.lit(">\n");
    return out;
}

Html render_affix(const Affix& affix, std::string_view own_class)
{
    Html out;
    out.lit("<div");
    put_classes(out, own_class, affix.classes);
    out.lit(" aria-hidden=\"true\"") << affix.attributes;
    out.lit(">") << affix.text;
    out.lit("</div>\n");
    return out;
}

bool has_words(const std::optional<Affix>& affix)
{
    return affix && !affix->text.empty();
}

Html wrap(const Input& input, const Html& box)
{
    const FormGroup& group = input.form_group;
    const bool is_plain =
        !has_words(input.prefix) && !has_words(input.suffix) && group.before_input.empty() && group.after_input.empty();
    if (is_plain) return box;
    Html out;
    out.lit("<div");
    put_classes(out, "govuk-input__wrapper", input.input_wrapper.classes);
    out << input.input_wrapper.attributes;
    out.lit(">\n") << group.before_input;
    if (has_words(input.prefix)) out << render_affix(*input.prefix, "govuk-input__prefix");
    out << box;
    if (has_words(input.suffix)) out << render_affix(*input.suffix, "govuk-input__suffix");
    out << group.after_input;
    out.lit("</div>\n");
    return out;
}

} // namespace

Html render(const Input& input)
{
    const std::string id = input.id.empty() ? input.name : input.id;
    Label label = input.label;
    label.for_id = id;
    const Notes notes = notes_for(id, input.hint, input.error_message, input.described_by);
    Html inside;
    inside << render(label) << notes.html << wrap(input, render_box(input, id, notes.described_by));
    return in_form_group(input.form_group, input.error_message.has_value(), inside);
}

} // namespace reachable::web
