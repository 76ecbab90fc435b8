// What the policy obliges the service to do when somebody breaks the glass: who is told and how soon, how long it
// lasts, by when it is reviewed. The policy's text says it; here it is carried out and put in words.
#pragma once

#include "casework/desk.h"

namespace reachable::sharing {

/// What is owed when somebody breaks the glass in this session, whichever child it is for: nothing is asked about a
/// child. Refused if those to be told cannot be reached.
Result<policy::Obligations> owed_for_emergencies(const casework::Desk& desk, storage::Transaction& transaction,
                                                 const accounts::Session& session, UtcTime now);

/// The refusal by a policy whose obligations cannot be met, with what to do instead.
Problem cannot_be_met(const policy::Decision& denied);

/// "Your supervisor and information governance officer are told at once."
std::string told_in_words(const policy::Obligations& obligations);
/// "Somebody else reviews it by the next working day."; empty if no review is owed.
std::string review_in_words(const policy::Obligations& obligations);
/// "1 hour"
std::string lasting_in_words(const policy::Obligations& obligations);

} // namespace reachable::sharing
