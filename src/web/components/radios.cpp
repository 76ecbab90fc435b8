#include "web/components/radios.h"

namespace reachable::web {

Html render(const Radios& radios)
{
    return render(ChoiceGroup{
        .family = "govuk-radios",
        .type = "radio",
        .id_prefix = radios.id_prefix.empty() ? radios.name : radios.id_prefix,
        .name = radios.name,
        .items = radios.items,
        .values = radios.value.empty() ? std::vector<std::string>{} : std::vector{radios.value},
        .fieldset = radios.fieldset,
        .described_by = radios.fieldset ? radios.fieldset->described_by : "",
        .hint = radios.hint,
        .error_message = radios.error_message,
        .form_group = radios.form_group,
        .classes = radios.classes,
        .attributes = radios.attributes,
    });
}

} // namespace reachable::web
