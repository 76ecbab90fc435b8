// JSON over HTTP: what every route of an API reads from a request, and what it answers. Knows nothing of what it
// carries.
#pragma once

#include "base/json.h"
#include "web/http.h"

namespace reachable::web {

Response json_response(int status, const Json& json);
/// A refusal, in problem+json. A conflict is put down to an If-Match header where one was sent.
Response problem_response(const Problems& problems, const Request& request);

/// The body as named values. An empty body stands for none.
Result<Json> json_body(const Request& request);
/// The Idempotency-Key header, without which a POST is refused.
Result<std::string> idempotency_key(const Request& request);
/// The version that If-Match names; nothing when it says "*". Refuses a request that names none.
Result<std::optional<std::int64_t>> version_to_match(const Request& request);
/// The whole number, not below zero, of that name.
Result<std::int64_t> number_in(const Fields& fields, std::string_view name);

} // namespace reachable::web
