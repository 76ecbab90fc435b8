// Inputs that hold a list: ticked values, and people who are named one by one, each in boxes of their own. A list
// stands in a form as several values of one name, or as "<name>-<place>-<what>".
#pragma once

#include "base/json.h"
#include "web/form_input.h"
#include "web/html.h"

namespace reachable::web {

/// Puts a list into the boxes: texts under `name`, the members of objects under the boxes of a person.
void fill_list(Fields& form, const std::string& name, const Json& list);
/// What was ticked, as a list of texts; else whoever is named in the boxes, as objects with what was typed of each.
/// Null when nothing was.
Json list_in(const Fields& form, const std::string& name, std::size_t most_people);

/// Boxes for those who are named already and for two more, `most` at the highest: name, who they are to the child,
/// telephone, and a note.
Html people_fields(const std::string& name, std::string_view label, const FormState& state, std::size_t most);

} // namespace reachable::web
