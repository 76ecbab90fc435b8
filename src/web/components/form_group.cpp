#include "web/components/form_group.h"

namespace reachable::web {

Html in_form_group(const FormGroup& group, bool has_error, const Html& inside)
{
    Html out;
    out.lit("<div");
    put_classes(out, has_error ? "govuk-form-group govuk-form-group--error" : "govuk-form-group", group.classes);
    out << group.attributes;
    out.lit(">\n") << inside;
    out.lit("</div>\n");
    return out;
}

Notes notes_for(const std::string& id, const std::optional<Hint>& hint, const std::optional<ErrorMessage>& error,
                std::string described_by)
{
    Notes notes{.html = {}, .described_by = std::move(described_by)};
    if (hint) {
        Hint with_id = *hint;
        with_id.id = id + "-hint";
        notes.html << render(with_id);
        notes.described_by = with_space(notes.described_by, with_id.id);
    }
    if (error) {
        ErrorMessage with_id = *error;
        with_id.id = id + "-error";
        notes.html << render(with_id);
        notes.described_by = with_space(notes.described_by, with_id.id);
    }
    return notes;
}

} // namespace reachable::web
