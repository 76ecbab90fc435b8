// Which codes of their own the systems of forces and authorities send, whether each is mapped to a national code, and
// how many children are marked with it: for whoever runs those systems and for information governance. No child is
// named.
#pragma once

#include "api/openapi.h"
#include "app/service.h"

namespace reachable::app {

/// /flags/local-codes, and the same as a table to download: /flags/local-codes.csv.
void add_local_codes_pages(web::Router& router, const Service& service);
/// Adds GET /api/v1/flags/local-codes.
void add_local_codes_route(web::Router& router, const Service& service,
                           std::function<Result<accounts::Session>(const web::Request&)> session_of);
/// Adds its description.
void describe_local_codes(api::ApiDescription& api);

} // namespace reachable::app
