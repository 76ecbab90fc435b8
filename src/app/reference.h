// The generated pages under docs/reference: what the declarations say, written so that a practitioner can check it.
#pragma once

#include "casework/desk.h"
#include "policy/text_policy.h"

#include <filesystem>

namespace reachable::app {

/// Writes one page for each case type, the questions, the purposes, the policy as tables, and openapi.json. The same
/// declarations and data give the same bytes.
Result<> write_reference(const casework::Desk& desk, const policy::TextPolicy& policy,
                         const std::filesystem::path& folder, CivilDate day);
std::string openapi_text(const casework::Desk& desk, CivilDate day);

} // namespace reachable::app
