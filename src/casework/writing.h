// What holds for every value that is written, whichever action writes it: the view of the writer, and, for a
// correction, the conditions of the actions that would have asked for the value.
#pragma once

#include "casework/declare.h"

namespace reachable::casework {

/// A field or an item that an act writes, in the facts before and after; null where there is no such item.
struct Written {
    std::string name; // a form shows its problem under this
    const Part* part; // null: a field of the case itself
    std::span<const Field> fields;
    const void* before;
    const void* after;

    /// How closely it is held. An item that takes another's place counts as both: whoever may not see an item may not
    /// replace it.
    std::vector<FieldClass> classes() const;
    bool differs() const;
};
/// Everything that the act writes of what it asks for. `asked` are the values given; what cannot be read of them is
/// passed over.
std::vector<Written> written_by(const CaseType& type, const Action& action, const Json& asked, const void* before,
                                const void* after);

/// The place of the item with that key, or one past the end; of a part without keys always that.
std::size_t slot_of(const Part& part, const void* facts, const Json& key);
/// The item with that key, or null.
const void* item_with(const Part& part, const void* facts, const Json& key);

/// True if some action could not have been done without that field.
bool is_needed(const CaseType& type, std::string_view field);

/// Asks every condition of the actions that ask for `field` again, over the corrected facts. A problem that stood
/// before and is not about the field does not count: a correction need not mend what it does not touch.
Problems broken_by_correction(const CaseType& type, std::string_view field, const void* before, const void* after,
                              const Context& context);

} // namespace reachable::casework
