// What a duty worker needs before any question: which child, who asks, whom to ring, and why. All of it comes from what
// the policy showed this visitor.
#pragma once

#include "capabilities/custody/page_parts.h"

namespace reachable::custody {

/// "Mia Sample, aged 15", as the child's record or the booking has it.
std::string who_is_it(const Seen& seen, UtcTime now);
/// Date of birth and custody number: what tells this child apart from others of that name.
Html whom_it_is_about(const Seen& seen);
/// Who sent or last chased the request, for which suite, and the suite's phone.
Html asked_by(const Site& site, const Seen& seen);
/// A child who has left is still asked about: what comes now helps whoever meets the child next. Else nothing.
Html said_to_have_left(const Seen& seen);
/// What custody told of the arrest, folded away, and the law under which it asks.
Html why_we_ask(const casework::Desk& desk, const Seen& seen);

} // namespace reachable::custody
