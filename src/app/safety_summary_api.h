// The safety summary of a child over the API, for a screen of another system: the same flags in the same words and
// codes (R-C-02, R-C-04).
#pragma once

#include "api/openapi.h"
#include "app/service.h"

namespace reachable::app {

/// Adds GET /api/v1/children/{id}/safety-summary. `session_of` gives who asks, with their purpose, or why they may not.
void add_safety_summary_route(web::Router& router, const Service& service,
                              std::function<Result<accounts::Session>(const web::Request&)> session_of);
/// Adds its description.
void describe_safety_summary(api::ApiDescription& api);

} // namespace reachable::app
