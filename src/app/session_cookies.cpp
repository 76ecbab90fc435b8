#include "app/session_cookies.h"

#include "app/service.h"

namespace reachable::app {

UtcTime sign_in_time()
{
    return clocks::SystemTime{}.now();
}

std::string session_cookie_name(const Service& service)
{
    return service.site().is_secure ? "__Host-session" : "session";
}

std::optional<accounts::Session> session_of(const Service& service, const web::Request& request)
{
    auto& database = service.desk().database;
    if (request.path.starts_with("/a/")) {
        auto session = accounts::find_session(database, request.cookies.get("link"), service.time().now());
        if (session && session->only_case.is_none()) return std::nullopt;
        return session;
    }
    auto session = accounts::find_session(database, request.cookies.get(session_cookie_name(service)), sign_in_time());
    if (session && !session->only_case.is_none()) return std::nullopt;
    return session;
}

} // namespace reachable::app
