#include "web/components/checkboxes.h"

namespace reachable::web {

Html render(const Checkboxes& checkboxes)
{
    const bool fieldset_says = checkboxes.fieldset && !checkboxes.fieldset->described_by.empty();
    return render(ChoiceGroup{
        .family = "govuk-checkboxes",
        .type = "checkbox",
        .id_prefix = checkboxes.id_prefix.empty() ? checkboxes.name : checkboxes.id_prefix,
        .name = checkboxes.name,
        .items = checkboxes.items,
        .values = checkboxes.values,
        .fieldset = checkboxes.fieldset,
        .described_by = fieldset_says ? checkboxes.fieldset->described_by : checkboxes.described_by,
        .hint = checkboxes.hint,
        .error_message = checkboxes.error_message,
        .form_group = checkboxes.form_group,
        .classes = checkboxes.classes,
        .attributes = checkboxes.attributes,
    });
}

} // namespace reachable::web
