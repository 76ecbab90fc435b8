// A force's or an authority's own system sends the people it knows, or its missing episodes, over the API and while the
// service runs: the same import as by the command (import_command.h), with a machine's token.
#pragma once

#include "api/openapi.h"
#include "app/service.h"

namespace reachable::app {

/// Adds POST /api/v1/feeds/{source}?mapping=NAME&dry_run=yes. The body is a table (CSV) or JSON; the mapping is one
/// that an administrator put into the data folder (identity/mappings/NAME.map or missing/mappings/NAME.map) and that
/// names the sender's agency. A body is at most what the server takes in one request; a larger feed comes in several,
/// each of which may be sent again.
void add_feeds_route(web::Router& router, const Service& service,
                     std::function<Result<accounts::Session>(const web::Request&)> session_of);
/// Adds its description.
void describe_feeds(api::ApiDescription& api);

} // namespace reachable::app
