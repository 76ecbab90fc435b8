// Who says so, and who is told: what the acts of a conversation have in common.
#pragma once

#include "capabilities/custody/conversation.h"

namespace reachable::custody {

/// "Westmoor County duty worker": whoever acts, as a role and an agency and never by name.
std::string speaker(const Context& context);
/// A notice to a role at the side of custody, or at the authority that was asked.
void notify(Context& context, std::string_view code, accounts::Role role, bool to_partner);
/// Opens a one-time link for the desk and posts it there; older ones to that desk end, so that one link is live. The
/// secret exists only in the mail until that is handed over. `code`: which mail.
void mail_a_link(Context& context, AgencyId authority, TeamId desk, std::string_view code = "custody.request");

} // namespace reachable::custody
