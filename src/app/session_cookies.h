// Which session a request belongs to. Staff carry the cookie "session"; somebody who came by a one-time link carries
// a cookie of that link, which opens the pages of that link and nothing else. Over TLS each carries the prefix
// "__Host-".
#pragma once

#include "accounts/sessions.h"
#include "web/http.h"

namespace reachable::app {

class Service;

std::string session_cookie_name(const Service& service);
std::optional<accounts::Session> session_of(const Service& service, const web::Request& request);
/// The cookie that a session for this address would stand in; empty when there is none.
std::string session_cookie_of(const Service& service, const web::Request& request);
/// The time that proofs of signing in count by (codes, tries, enrolments, unused accounts): the machine's own, also in
/// a demonstration, so that authenticator apps work. Sessions count by the service's clock, as everything else does.
UtcTime sign_in_time();

} // namespace reachable::app
