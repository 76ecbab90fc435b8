// The bytes of photographs, each under the profile that it belongs to and its digest. They are written in the
// transaction of the act that puts them in, so neither is there without the other; what is taken away is deleted.
#pragma once

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "capabilities/profiles/photograph.h"
#include "storage/migrations.h"

#include <optional>

namespace reachable::profiles {

/// SHA-256 of the bytes in hex: what the profile says of its photograph.
std::string digest_of_photograph(const Photograph& photograph);
/// False if it is there already.
bool keep_photograph(storage::Transaction& transaction, CaseId profile, const Photograph& photograph, UtcTime now);
bool is_photograph_kept(storage::Transaction& transaction, CaseId profile, const std::string& digest);
std::optional<Photograph> photograph_of(storage::Transaction& transaction, CaseId profile, const std::string& digest);
void forget_photograph(storage::Transaction& transaction, CaseId profile, const std::string& digest);
void forget_photographs_of(storage::Transaction& transaction, CaseId profile);

} // namespace reachable::profiles
