// A form that sends files, as browsers write it (RFC 7578). For a page that asks for a file; every other form refuses
// one (web/http.h).
#pragma once

#include "web/http.h"

#include <map>

namespace reachable::web {

constexpr std::size_t most_parts = 20;

struct FormWithFiles {
    Fields fields;                            // decoded as those of other forms are
    std::map<std::string, std::string> files; // the bytes, by the name of the box; what the file was called is left out
};

/// Refuses what is no such form, ends in the middle, or has a name or a value that `Request::form` would refuse.
Result<FormWithFiles> form_with_files(const Request& request);

} // namespace reachable::web
