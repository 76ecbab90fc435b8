// Who calls the API: a force's own system with a bearer token, which says with each call what it is for.
#include "app/candidates_api.h"
#include "app/feeds_api.h"
#include "app/local_codes.h"
#include "app/missing_changes_api.h"
#include "app/safety_summary_api.h"
#include "app/service.h"
#include "app/session_cookies.h"

#include "api/json.h"
#include "base/text.h"
#include "clocks/london.h"
#include "derived/json_api.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

std::string codes_of(const std::vector<policy::Purpose>& purposes)
{
    std::vector<std::string> codes;
    for (const auto& one : purposes) codes.emplace_back(one.code);
    return join(codes, ", ");
}

Result<accounts::Session> machine_of(const Service& service, const web::Request& request)
{
    constexpr std::string_view scheme = "Bearer ";
    const auto header = request.header("authorization");
    const auto unknown = [] {
        return refuse(ProblemKind::withheld, "Send the token of your system as a bearer token", "Authorization");
    };
    if (!header.starts_with(scheme)) return unknown();
    auto session = accounts::find_machine(service.desk().database, header.substr(scheme.size()), sign_in_time());
    if (!session) return unknown();
    const auto purpose = request.header("purpose");
    const auto purposes = service.desk().policy.purposes_of(session->role);
    const bool is_open =
        std::any_of(purposes.begin(), purposes.end(), [&](const policy::Purpose& one) { return one.code == purpose; });
    if (!is_open) {
        note_refusal(service, *session, request.id, "api.purpose");
        return refuse(ProblemKind::missing,
                      fmt::format("{}. Your system may use: {}",
                                  purpose.empty() ? "Send a Purpose header" : "Your system may not use this purpose",
                                  codes_of(purposes)),
                      "Purpose");
    }
    session->purpose = purpose;
    return *session;
}

} // namespace

void add_api(web::Router& router, const Service& service)
{
    derived::add_api_routes(
        router, {.desk = service.desk(), .time = service.time(), .session_of = [&service](const web::Request& request) {
                     return machine_of(service, request);
                 }});
    add_candidates_route(router, service,
                         [&service](const web::Request& request) { return machine_of(service, request); });
    add_safety_summary_route(router, service,
                             [&service](const web::Request& request) { return machine_of(service, request); });
    add_feeds_route(router, service, [&service](const web::Request& request) { return machine_of(service, request); });
    add_local_codes_route(router, service,
                          [&service](const web::Request& request) { return machine_of(service, request); });
    add_missing_changes_route(router, service,
                              [&service](const web::Request& request) { return machine_of(service, request); });
    router.get("/api/v1/openapi.json", [&service](const web::Request&) {
        auto description = derived::describe_api(service.desk(), "1.0.0", clocks::london_day(service.time().now()));
        describe_candidates(description);
        describe_safety_summary(description);
        describe_feeds(description);
        describe_local_codes(description);
        describe_missing_changes(description);
        return web::respond(200, "application/json", api::write_json_for_people(api::openapi_document(description)));
    });
}

} // namespace reachable::app
