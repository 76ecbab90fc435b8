#include "web/http.h"

#include "base/text.h"

#include <algorithm>

namespace reachable::web {
namespace {

bool is_same_name(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char left, char right) { return lower(left) == lower(right); });
}

bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A token as RFC 9110 section 5.6.2 spells it: header and cookie names.
bool is_token(std::string_view text)
{
    constexpr std::string_view also = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_letter_or_digit(c) || also.find(c) != std::string_view::npos;
    });
}

/// RFC 6265 section 4.1.1: no space, quote, comma, semicolon or backslash, and ASCII only.
bool is_cookie_value(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\'; });
}

/// A line end in a header would let a value write headers of its own.
bool fits_in_a_header(std::string_view value)
{
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20U && c != '\t') || byte == 0x7FU;
    });
}

} // namespace

std::string_view name_of(Method method)
{
    switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::delete_: return "DELETE";
    }
    return "GET";
}

std::string_view Fields::get(std::string_view name) const
{
    for (const auto& [key, value] : all_)
        if (key == name) return value;
    return {};
}

bool Fields::has(std::string_view name) const
{
    return std::any_of(all_.begin(), all_.end(), [&](const auto& field) { return field.first == name; });
}

std::vector<std::string_view> Fields::all_of(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& [key, value] : all_)
        if (key == name) values.push_back(value);
    return values;
}

Response& Response::set(std::string name, std::string value)
{
    CHECK(is_token(name), "A response header needs a plain name");
    CHECK(fits_in_a_header(value), "A response header cannot hold a line end or another control character");
    for (auto& header : headers) {
        if (!is_same_name(header.first, name)) continue;
        header.second = std::move(value);
        return *this;
    }
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::string_view Response::header(std::string_view name) const
{
    for (const auto& [key, value] : headers)
        if (is_same_name(key, name)) return value;
    return {};
}

Response respond(int status, std::string_view content_type, std::string body)
{
    Response response;
    response.status = status;
    response.set("Content-Type", std::string(content_type));
    response.body = std::make_shared<const std::string>(std::move(body));
    return response;
}

Response see_other(std::string location)
{
    Response response;
    response.status = 303;
    response.set("Location", std::move(location));
    return response;
}

void set_cookie(Response& response, std::string_view name, std::string_view value, const CookieOptions& options)
{
    CHECK(is_token(name), "A cookie needs a plain name");
    CHECK(is_cookie_value(value), "A cookie's value cannot hold spaces, quotes, commas, semicolons or backslashes");
    std::string header(name);
    header += '=';
    header += value;
    header += "; Path=/; HttpOnly; SameSite=";
    header += options.strict ? "Strict" : "Lax";
    if (options.is_secure) header += "; Secure";
    if (options.max_age_seconds) header += "; Max-Age=" + std::to_string(*options.max_age_seconds);
    response.headers.emplace_back("Set-Cookie", std::move(header));
}

} // namespace reachable::web
