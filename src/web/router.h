// Which function answers which path. Paths are literals with {named} pieces: "/custody/{id}/request".
#pragma once

#include "web/http.h"

namespace reachable::web {

struct Route {
    Method method = Method::get;
    std::string pattern;
    Handler handler;
};

/// Routes, matched piece by piece; a literal piece wins over a {named} one. Two routes with the same method and shape
/// are a Bug when they are added.
class Router {
  public:
    void add(Method method, std::string pattern, Handler handler);
    void get(std::string pattern, Handler handler) { add(Method::get, std::move(pattern), std::move(handler)); }
    void post(std::string pattern, Handler handler) { add(Method::post, std::move(pattern), std::move(handler)); }
    /// Runs the route that matches (HEAD runs GET's), or answers with `not_found` (404), or 405 with an Allow header.
    Response handle(Request request) const;
    /// Answers when nothing matches. Set once.
    void set_not_found(Handler handler) { not_found_ = std::move(handler); }
    std::vector<std::pair<Method, std::string>> list() const;

  private:
    struct Entry {
        Route route;
        std::vector<std::string> pieces;
    };
    std::vector<Entry> entries_;
    Handler not_found_;
};

} // namespace reachable::web
