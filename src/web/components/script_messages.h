// Words that a component's script shows later, carried in data-i18n attributes so that the page can be in Welsh.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

/// One wording for each plural rule, in order: {{"one", "1 character left"}, {"other", "%{count} characters left"}}.
using PluralMessages = std::vector<std::pair<std::string, std::string>>;

/// Adds data-i18n.<key>; nothing when there is no message, so that the script keeps its English words.
void add_message(Attributes& attributes, std::string_view key, const std::string& message);
/// Adds data-i18n.<key>.<rule> for each rule.
void add_messages(Attributes& attributes, std::string_view key, const PluralMessages& messages);

} // namespace reachable::web
