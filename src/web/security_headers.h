// The headers every response carries: a browser must not keep, frame, guess the type of, or run anything that is not
// ours, and must not tell the next site where it came from.
#pragma once

#include "web/http.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reachable::web {

/// The one script that stands inside a page: it marks the page as one where scripts run. The content security policy
/// allows it by the hash of these very words, so that the two cannot disagree.
inline constexpr char inline_script[] =
    "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? "
    "' govuk-frontend-supported' : '');";

/// "'sha256-…'": the source expression that allows a script with these words.
std::string script_hash(std::string_view script);

/// Name and value of each header. `is_secure` adds Strict-Transport-Security, which means something only over TLS.
std::vector<std::pair<std::string, std::string>> security_headers(bool is_secure);

/// Sets each header that the response does not carry yet: a file that may be cached keeps its own Cache-Control.
void add_security_headers(Response& response, bool is_secure);

} // namespace reachable::web
