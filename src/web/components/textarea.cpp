#include "web/components/textarea.h"

namespace reachable::web {

namespace {

Html render_box(const Textarea& textarea, const std::string& id, const std::string& described_by)
{
    Html out;
    out.lit("<textarea");
    const bool has_error = textarea.error_message.has_value();
    put_classes(out, has_error ? "govuk-textarea govuk-textarea--error" : "govuk-textarea", textarea.classes);
    out.attribute("id", id).attribute("name", textarea.name).attribute("rows", std::to_string(textarea.rows));
    if (textarea.spellcheck) out.attribute("spellcheck", *textarea.spellcheck ? "true" : "false");
    if (textarea.disabled) out.lit(" disabled");
    put_if(out, "aria-describedby", described_by);
    put_if(out, "autocomplete", textarea.autocomplete);
    out << textarea.attributes;
    out.lit(">");
    // A browser drops a line break that follows the tag, so words that begin with one need a second.
    if (textarea.value.starts_with('\n') || textarea.value.starts_with('\r')) out.lit("\n");
    out << textarea.value;
    out.lit("</textarea>\n");
    return out;
}

} // namespace

Html render(const Textarea& textarea)
{
    const std::string id = textarea.id.empty() ? textarea.name : textarea.id;
    Label label = textarea.label;
    label.for_id = id;
    const Notes notes = notes_for(id, textarea.hint, textarea.error_message, textarea.described_by);
    Html inside;
    inside << render(label) << notes.html << textarea.form_group.before_input;
    inside << render_box(textarea, id, notes.described_by) << textarea.form_group.after_input;
    return in_form_group(textarea.form_group, textarea.error_message.has_value(), inside);
}

} // namespace reachable::web
