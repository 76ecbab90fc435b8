// Judgements that several kinds of case of information sharing make.
#pragma once

#include "accounts/accounts.h"
#include "capabilities/sharing/records.h"
#include "records/reasons.h"

namespace reachable::sharing {

using records::a_reason_has_words;

/// The member of staff of that sign-in name at the agency; a refusal at `staff_name` if there is none.
Result<accounts::Worker> member_of_staff(const Context& context, std::string_view sign_in_name);

} // namespace reachable::sharing
