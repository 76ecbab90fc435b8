// Whether the record is what was signed for: the log commits to the facts of each version of a case, and nothing in the
// log's own check compares the two. It stands here because the log knows no case, and a case no check.
#pragma once

#include "audit/log.h"

namespace reachable::app {

/// `audit::verify`, and besides: for each entry of an act there is one version of its case whose facts, state and
/// reason open the entry's commitments and whose time, action, worker, agency and role are the entry's; and no version
/// is without an entry. What follows from cases of sharing (ties/ties.h) is compared with the facts of those cases.
/// Where each case stands (state, open or not, child, sides) is compared with its newest version. Entries from before
/// the state and the reason were committed to do not cover them.
audit::Verification verify_with_cases(storage::Database& database, std::span<const std::uint8_t> open_key,
                                      std::string_view kept_checkpoints);

} // namespace reachable::app
