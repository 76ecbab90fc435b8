// Reading entries one after another into the same place, for whoever reads all of them.
#pragma once

#include "audit/log.h"

namespace reachable::audit {

/// Like `parse_entry`, but reuses the texts of `into`, so that a check of millions of entries allocates next to
/// nothing. What `into` holds after a refusal means nothing.
Result<> read_entry(std::string_view canonical_bytes, Entry& into);

} // namespace reachable::audit
