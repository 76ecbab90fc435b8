// The numbers under which a suite knows its detentions, beside the facts of their cases, so that a list or a check need
// not read those. Written by the acts that write the fact.
#pragma once

#include "casework/desk.h"

namespace reachable::custody {

/// In the act's own transaction. `suite`: where the child was booked in.
void store_custody_number(storage::Transaction& transaction, CaseId id, TeamId suite, std::string_view number);

/// Letters A to Z, digits, spaces and / - . only: letters that merely look alike would hide that two are the same.
bool is_custody_number(std::string_view number);

/// The open detentions at the suite under that number, at most twenty. Spaces around it and the case of letters tell
/// nothing apart. Whether its reader may know of them is not known here.
std::vector<CaseId> open_cases_numbered(storage::Transaction& transaction, TeamId suite, std::string_view number);

/// Of those cases; of one that has none here, nothing. Whether its reader may see it is not known here.
std::map<CaseId, std::string> custody_numbers_of(storage::Transaction& transaction, std::span<const CaseId> cases);

std::span<const storage::Migration> migrations();

} // namespace reachable::custody
