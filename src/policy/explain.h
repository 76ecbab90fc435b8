// Why a request is decided as it is, in English: for an officer who reads the policy and a person who was refused.
#pragma once

#include "policy/text_policy.h"

namespace reachable::policy {

/// Lines: allowed or denied; each rule that made it so, with its sentence; how each field is shown; what must be done;
/// and, when denied, each rule that would have allowed it and what was missing.
std::vector<std::string> explain(const TextPolicy& policy, const Request& request);

} // namespace reachable::policy
