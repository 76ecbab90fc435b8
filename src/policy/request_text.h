// A request as one line of text: to be explained, stored and decided again later. Only what a decision depends on
// stands in it; ids do not.
//
//     custody-sergeant of police-force may read for custody-safeguarding while detaining of id-core personal,
//     address sensitive released record is sealed, under-alert supervising … second-factor 60 break-glass 25 0
#pragma once

#include "policy/token_reader.h"

namespace reachable::policy {

/// The line. Refuses a purpose or an action that is no word of the language.
Result<std::string> print_request(const Request& request);

/// Refuses, in a sentence, what is no request. A purpose or an action need not be one of a policy.
Result<Request> read_request(std::string_view line);

} // namespace reachable::policy
