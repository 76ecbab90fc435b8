// Enumerations and the codes they are written as: one table each, read in both directions. An entry is any struct with
// a `value` and a `code`.
#pragma once

#include "base/result.h"

namespace reachable::records {

template <class T>
struct Code {
    T value;
    std::string_view code;
};

/// The entry of that value. A value without one is a Bug.
template <class Entry, std::size_t count, class T>
const Entry& entry_of(const Entry (&entries)[count], T value)
{
    for (const auto& entry : entries)
        if (entry.value == value) return entry;
    throw Bug("a value has no code");
}

/// The value written as `code`; refuses any other with the sentence.
template <class Entry, std::size_t count>
auto value_from(const Entry (&entries)[count], std::string_view code, const char* sentence)
    -> Result<decltype(entries[0].value)>
{
    for (const auto& entry : entries)
        if (entry.code == code) return entry.value;
    return refuse(ProblemKind::malformed, sentence);
}

} // namespace reachable::records
