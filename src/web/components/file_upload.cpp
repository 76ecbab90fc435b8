#include "web/components/file_upload.h"

namespace reachable::web {

namespace {

Html render_box(const FileUpload& upload, const std::string& id, const std::string& described_by)
{
    Html out;
    out.lit("<input");
    const char* error_class = upload.error_message ? "govuk-file-upload--error" : "";
    put_classes(out, "govuk-file-upload", Classes(upload.classes).add(error_class));
    out.attribute("id", id).attribute("name", upload.name).lit(" type=\"file\"");
    if (upload.disabled) out.lit(" disabled");
    if (upload.multiple) out.lit(" multiple");
    put_if(out, "aria-describedby", described_by);
    out << upload.attributes;
    out.lit(">\n");
    return out;
}

Html in_drop_zone(const FileUpload& upload, const Html& box)
{
    Attributes words;
    add_message(words, "choose-files-button", upload.choose_files_button_text);
    add_message(words, "no-file-chosen", upload.no_file_chosen_text);
    add_messages(words, "multiple-files-chosen", upload.multiple_files_chosen_text);
    add_message(words, "drop-instruction", upload.drop_instruction_text);
    add_message(words, "entered-drop-zone", upload.entered_drop_zone_text);
    add_message(words, "left-drop-zone", upload.left_drop_zone_text);
    Html out;
    out.lit("<div");
    put_classes(out, "govuk-file-upload-wrapper", upload.wrapper_classes);
    out.lit(" data-module=\"govuk-file-upload\"") << words << upload.wrapper_attributes;
    out.lit(">\n") << box;
    out.lit("</div>\n");
    return out;
}

} // namespace

Html render(const FileUpload& upload)
{
    const std::string id = upload.id.empty() ? upload.name : upload.id;
    Label label = upload.label;
    label.for_id = id;
    const Notes notes = notes_for(id, upload.hint, upload.error_message, upload.described_by);
    const Html box = render_box(upload, id, notes.described_by);
    Html inside;
    inside << render(label) << notes.html << upload.form_group.before_input;
    inside << (upload.javascript ? in_drop_zone(upload, box) : box) << upload.form_group.after_input;
    return in_form_group(upload.form_group, upload.error_message.has_value(), inside);
}

} // namespace reachable::web
