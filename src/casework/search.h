// Searching for a child who may be known already. A look like any other: decided, recorded, and never a browse.
#pragma once

#include "casework/desk.h"

namespace reachable::casework {

/// Children who may be this one, each with the reasons in words. At most ten; never a score, never a total.
/// One audit entry for the search and one for each child shown.
Result<std::vector<records::Candidate>> search_children(const Desk& desk, const Session& session, RequestId request,
                                                        const std::string& full_name,
                                                        const std::optional<PartialDate>& born, UtcTime now);

} // namespace reachable::casework
