// What holds for every value that is written, whichever action writes it: the view of the writer, and, for a
// correction, the conditions of the actions that would have asked for the value.
#pragma once

#include "casework/declare.h"

namespace reachable::casework {

/// A value that an act writes: how closely it is held, and the name a form shows its problem under.
struct Written {
    FieldClass held;
    std::string name;
};
/// Everything that the act writes of what it asks for. An item that took another's place counts as both: whoever may
/// not see an item may not replace it. `asked` are the values given, `after` the facts with everything noted on them.
std::vector<Written> written_by(const CaseType& type, const Action& action, const Json& asked, const void* before,
                                const void* after);

/// The place of the item with the same key, or one past the end.
std::size_t slot_of(const Part& part, const void* facts, const Json& item);

/// True if some action could not have been done without that field.
bool is_needed(const CaseType& type, std::string_view field);

/// Asks every condition of the actions that ask for `field` again, over the corrected facts. A problem that stood
/// before and is not about the field does not count: a correction need not mend what it does not touch.
Problems broken_by_correction(const CaseType& type, std::string_view field, const void* before, const void* after,
                              const Context& context);

} // namespace reachable::casework
