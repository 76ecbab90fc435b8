// Where a link leads. A page must never carry an address that runs script, whatever record it came from.
#pragma once

#include <string_view>

#include "web/html.h"

namespace reachable::web {

/// True for a path, a query, a fragment, and http, https, mailto and tel addresses. False for javascript:, data: and
/// every other scheme, however it is spelt.
bool is_safe_address(std::string_view address);

/// Writes ` href="address"`, or ` href="#"` when the address is not a safe one.
void put_href(Html& out, std::string_view address);

} // namespace reachable::web
