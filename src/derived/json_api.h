// The API that follows from the declarations: open a case, see it, act on it, list a queue; and the OpenAPI document
// that says so. Every route goes through the two doors.
#pragma once

#include "api/openapi.h"
#include "casework/desk.h"
#include "web/router.h"

namespace reachable::derived {

using casework::Desk;
using casework::Seen;
using casework::Session;

/// What the routes need beside the desk. `session_of` gives who asks, with their purpose, or why they may not.
struct ApiSettings {
    const Desk& desk;
    const TimeSource& time;
    std::function<Result<Session>(const web::Request&)> session_of;
};

/// Adds, for each case type: POST /api/v1/{type}, GET /api/v1/{type}, GET /api/v1/{type}/{id} (?version=, ?as_at=),
/// POST /api/v1/{type}/{id}/{action}. A POST needs an Idempotency-Key; acting on a case needs If-Match.
void add_api_routes(web::Router& router, const ApiSettings& settings);

/// Everything somebody sees of a case, as the API gives it.
Json seen_to_json(const Seen& seen, UtcTime now);

/// The description of all that, worked out from the declarations.
api::ApiDescription describe_api(const Desk& desk, std::string version, CivilDate day);

} // namespace reachable::derived
