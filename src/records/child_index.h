// The rows by which a child is found: name keys, birth date and identifiers of the newest version. Kept by
// `store_child`, read by `may_be`.
#pragma once

#include "records/child.h"

namespace reachable::records {

/// The key of a whole name in the index, told apart by its first character from a part; "" for a name not known.
std::string whole_name_row(const Name& name);
/// The birth date as the index holds it; nothing unless the day is known.
std::optional<std::string> birth_row(const std::optional<PartialDate>& born);
/// Type and value without case and spaces; "" without a value. The issuer is left out: it is not always written down.
std::string identifier_row(const Identifier& identifier);

/// Replaces the rows of that child.
void index_child(storage::Transaction& transaction, const Child& child);

} // namespace reachable::records
