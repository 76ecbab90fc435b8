#include "app/session_cookies.h"

#include "accounts/one_time_link.h"
#include "app/service.h"

namespace reachable::app {

UtcTime sign_in_time()
{
    return clocks::SystemTime{}.now();
}

namespace {

constexpr std::string_view link_pages = "/a/";

std::string_view link_token_in(const web::Request& request)
{
    const auto rest = std::string_view(request.path).substr(link_pages.size());
    return rest.substr(0, rest.find('/'));
}

/// The session that the link of this very address opened; a session by another link opens nothing here.
std::optional<accounts::Session> session_by_link(const Service& service, const web::Request& request)
{
    auto& database = service.desk().database;
    const auto token = link_token_in(request);
    const auto cookie = session_cookie_of(service, request);
    const auto now = service.time().now();
    auto session = accounts::find_session(database, cookie, now);
    if (!session || session->only_case.is_none()) return std::nullopt;
    std::optional<accounts::Link> link;
    database.read([&](storage::Transaction& transaction) { link = accounts::link_behind(transaction, token, now); });
    const bool is_of_this_link =
        link && link->only_case == session->only_case && link->desk == session->team && session->worker.is_none();
    return is_of_this_link ? session : std::nullopt;
}

} // namespace

std::string session_cookie_name(const Service& service)
{
    return service.site().is_secure ? "__Host-session" : "session";
}

std::string session_cookie_of(const Service& service, const web::Request& request)
{
    const auto name = request.path.starts_with(link_pages)
                          ? accounts::link_cookie_name(link_token_in(request), service.site().is_secure)
                          : session_cookie_name(service);
    return std::string(request.cookies.get(name));
}

std::optional<accounts::Session> session_of(const Service& service, const web::Request& request)
{
    auto& database = service.desk().database;
    if (request.path.starts_with(link_pages)) return session_by_link(service, request);
    auto session = accounts::find_session(database, session_cookie_of(service, request), service.time().now());
    if (session && !session->only_case.is_none()) return std::nullopt;
    return session;
}

} // namespace reachable::app
