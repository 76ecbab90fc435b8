#include "web/security_headers.h"

#include "base/bytes.h"
#include "base/crypto.h"

namespace reachable::web {

namespace {

std::string content_security_policy()
{
    return "default-src 'self'; script-src 'self' " + script_hash(inline_script) +
           "; style-src 'self'; img-src 'self'; font-src 'none'; connect-src 'self'; object-src 'none'; "
           "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'none'";
}

} // namespace

std::string script_hash(std::string_view script)
{
    return "'sha256-" + to_base64(sha256(as_bytes(script))) + "'";
}

std::vector<std::pair<std::string, std::string>> security_headers(bool is_secure)
{
    static const std::string policy = content_security_policy();
    std::vector<std::pair<std::string, std::string>> headers = {
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy", policy},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"X-Robots-Tag", "noindex, nofollow"},
    };
    if (is_secure) headers.emplace_back("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    return headers;
}

void add_security_headers(Response& response, bool is_secure)
{
    for (auto& [name, value] : security_headers(is_secure))
        if (response.header(name).empty()) response.set(name, value);
}

} // namespace reachable::web
