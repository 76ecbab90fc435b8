// A force's own system fetches what changed of the missing episodes that its force leads or searches for: the other way
// of the feed of episodes (feeds_api.h). Each episode is a look, decided by the policy and noted in the log.
#pragma once

#include "api/openapi.h"
#include "app/service.h"

namespace reachable::app {

/// Adds GET /api/v1/missing-changes?after=N&most=N.
void add_missing_changes_route(web::Router& router, const Service& service,
                               std::function<Result<accounts::Session>(const web::Request&)> session_of);
/// Adds its description.
void describe_missing_changes(api::ApiDescription& api);

} // namespace reachable::app
