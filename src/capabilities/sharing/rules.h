// Judgements that several kinds of case of information sharing make.
#pragma once

#include "accounts/accounts.h"
#include "capabilities/sharing/records.h"

namespace reachable::sharing {

/// R-P-01: "free text (min 15 characters, not repeated boilerplate)". At least `least` characters, and more than one
/// word or sign said over and over.
Result<> a_reason_has_words(std::string_view reason, std::size_t least, std::string_view field);

/// The member of staff of that sign-in name at the agency; a refusal at `staff_name` if there is none.
Result<accounts::Worker> member_of_staff(const Context& context, std::string_view sign_in_name);

} // namespace reachable::sharing
