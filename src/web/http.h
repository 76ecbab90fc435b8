// A request and a response as plain values. Nothing here opens a socket: server.h does that, and a test can call a
// handler with a Request it made itself.
#pragma once

#include "base/id.h"
#include "base/result.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reachable::web {

enum class Method { get, head, post, put, patch, delete_ };
std::string_view name_of(Method method);

/// Named values in the order they came; a name may come more than once.
class Fields {
  public:
    void add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }
    /// The first value of that name, or "" when there is none.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    std::vector<std::string_view> all_of(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }

  private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/// One request, already read whole, decoded and held to its limits.
struct Request {
    Method method = Method::get;
    std::string path; // decoded, starts with "/", never holds "..", "//" or a control character
    Fields query;     // decoded
    Fields headers;   // names in lower case
    Fields cookies;
    std::string body;
    std::string client_address;                     // without the port
    bool is_secure = false;                         // came over TLS, or through a proxy we were told to trust
    RequestId id;                                   // random; stands in logs and in the audit
    std::map<std::string, std::string> path_values; // {name} pieces of the route that matched

    std::string_view header(std::string_view name) const { return headers.get(name); }
    /// The body as form fields (application/x-www-form-urlencoded). Refuses anything else, too many fields, bad
    /// escapes and bad UTF-8.
    Result<Fields> form() const;
};

/// One response. The body may be shared with a cache, so that a fixed page is never copied.
struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<const std::string> body;

    Response& set(std::string name, std::string value);
    std::string_view header(std::string_view name) const;
    std::string_view text() const { return body ? std::string_view(*body) : std::string_view{}; }
};

/// A response with a body and its type: respond(200, "application/json", "{}").
Response respond(int status, std::string_view content_type, std::string body);
/// 303 See Other: what every form post ends in.
Response see_other(std::string location);

struct CookieOptions {
    bool is_secure = true;
    std::optional<int> max_age_seconds;
    bool strict = true; // SameSite=Strict, otherwise Lax
};
/// Adds a Set-Cookie header: HttpOnly, Path=/, SameSite.
void set_cookie(Response& response, std::string_view name, std::string_view value, const CookieOptions& options);

using Handler = std::function<Response(const Request&)>;

} // namespace reachable::web
