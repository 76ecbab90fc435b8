// The list of capabilities: what they declare and read, put together. A new capability is added here and in
// `Service::add_routes`.
#pragma once

#include "casework/desk.h"

#include <filesystem>

namespace reachable::app {

/// Every kind of case.
std::vector<const casework::CaseType*> all_types();
/// Every dated list and clock, below the data folder.
Result<lists::DatedLists> all_lists(const std::filesystem::path& data_folder);
/// The page of a case: the capability's own, or everything recorded where it has none.
std::string case_home(std::string_view type, CaseId id);

} // namespace reachable::app
