// Forms that follow from a declaration: an input for each field an action asks for, and the reading back of what was
// typed. A page may place single inputs itself; names are those of the fields everywhere.
#pragma once

#include "casework/desk.h"
#include "web/form_input.h"
#include "web/form_view.h"

namespace reachable::derived {

using casework::Action;
using casework::CaseType;
using casework::Desk;
using casework::Field;
using web::FormState;

/// The values of facts as form fields, to fill a form with what is held already.
void fill(web::Fields& form, const Field& field, const std::string& name, const void* facts);

struct InputOptions {
    bool is_required = true;                        // otherwise `when_left_out` stands behind the label
    std::string_view when_left_out = " (optional)"; // of boxes that are answered together: when they are
    web::Text label = {};                           // instead of the field's own
};
/// The input of one field under `name`: the right component for its kind, with its label, hint and error.
web::Html input_for(const Desk& desk, const Field& field, const std::string& name, const FormState& state, UtcTime now,
                    const InputOptions& options = {});

/// What a time of day without a day means: an optional time starts with both empty, so nobody need write today's date.
enum class DayLeftOut { is_refused, means_today };

/// What was typed for the field, as the JSON the doors read. Null when nothing was typed. A day and a time that do not
/// read add a problem. A wall time that comes twice in a night is taken as the later one that is not in the future.
Json read_input(const Field& field, const std::string& name, const web::Fields& form, UtcTime now, Problems& problems,
                DayLeftOut day = DayLeftOut::is_refused);

/// Everything an action asks for, read from a form; items of a part are read as one new item named "{part}-{field}".
Json read_form(const CaseType& type, const Action& action, const web::Fields& form, UtcTime now, Problems& problems);

} // namespace reachable::derived
