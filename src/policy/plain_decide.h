// The same decisions a second time, slowly: straight from the words of the specification over the parsed text, with no
// code of the compiled evaluator. Tests ask both; where they differ, one of them is wrong.
#pragma once

#include "policy/text.h"

namespace reachable::policy {

/// What compiled.h decides, without the reasons.
Decision plain_decide(const PolicyText& text, const Request& request);

} // namespace reachable::policy
