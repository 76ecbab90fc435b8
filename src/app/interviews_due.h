// Joins the episodes of missing children with the interviews that are owed because of them (R-B-01): due when a child
// is back, moved when the return was at another time, and owed no more when there was no absence. All of them are
// consequences of acts.
#pragma once

#include "casework/desk.h"

namespace reachable::app {

void interview_is_due(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& episode,
                      UtcTime now);
/// The child was back before: whoever is named now is asked.
void authority_was_named(const casework::Desk& desk, storage::Transaction& transaction,
                         const casework::CaseHead& episode, UtcTime now);
/// What a force's own system says: the child is back; at another time than it said before; it was no absence.
void interview_is_due_as_sent(const casework::Desk& desk, storage::Transaction& transaction,
                              const casework::CaseHead& episode, UtcTime now);
void return_may_have_moved(const casework::Desk& desk, storage::Transaction& transaction,
                           const casework::CaseHead& episode, UtcTime now);
void interview_is_not_due(const casework::Desk& desk, storage::Transaction& transaction,
                          const casework::CaseHead& episode, UtcTime now);

} // namespace reachable::app
