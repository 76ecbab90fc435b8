// The part of content_components() that lists things: pagination, summary list, table, tabs, task list. Included by
// tests only.
#pragma once

#include "web/components/fixtures.h"

namespace reachable::web {

std::map<std::string, FixtureRenderer> list_components();

} // namespace reachable::web
