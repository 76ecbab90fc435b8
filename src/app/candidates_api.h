// Asking over the API whether a child is known already, before booking in: the same audited search as on the page.
#pragma once

#include "api/openapi.h"
#include "app/service.h"

namespace reachable::app {

/// Adds POST /api/v1/children/candidates. It changes nothing; it is a POST because a child's name never stands in an
/// address. `session_of` gives who asks, with their purpose, or why they may not.
void add_candidates_route(web::Router& router, const Service& service,
                          std::function<Result<accounts::Session>(const web::Request&)> session_of);
/// Adds its description.
void describe_candidates(api::ApiDescription& api);

} // namespace reachable::app
