#include "web/response_writer.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace reachable::web {
namespace {

std::string_view reason_of(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "Answer";
    }
}

void append_number(std::string& out, std::size_t number)
{
    std::array<char, 24> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), written.ptr);
}

/// Names that state how the message is framed, which only the writer knows.
bool is_the_servers_to_state(std::string_view name)
{
    constexpr std::array<std::string_view, 6> names = {"connection", "content-length",    "date",
                                                       "keep-alive", "transfer-encoding", "server"};
    const auto could_be = [&](std::string_view one) { return one.size() == name.size(); };
    if (std::none_of(names.begin(), names.end(), could_be)) return false;
    return std::find(names.begin(), names.end(), to_lower_ascii(name)) != names.end();
}

bool has_no_body_at_all(int status)
{
    return status == 204 || status == 304;
}

} // namespace

Response plain_answer(int status, std::string_view sentence)
{
    auto response = respond(status, "text/plain; charset=utf-8", std::string(sentence) + "\n");
    response.set("Cache-Control", "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    return response;
}

Response failure_answer()
{
    return plain_answer(500, "Something went wrong at our end. Nothing you sent was lost or half-saved.");
}

Response busy_answer()
{
    auto response = plain_answer(503, "The service is very busy. Try again in a few seconds.");
    response.set("Retry-After", "2");
    return response;
}

bool is_sendable(const Response& response)
{
    if (response.status < 200 || response.status > 599) return false;
    const auto breaks_out = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    for (const auto& [name, value] : response.headers) {
        const auto is_odd = [&](char c) { return breaks_out(c) || c == ':' || c == ' '; };
        if (name.empty() || std::any_of(name.begin(), name.end(), is_odd)) return false;
        if (std::any_of(value.begin(), value.end(), breaks_out)) return false;
    }
    return true;
}

void write_head(std::string& out, const Response& response, const AnswerTo& answer)
{
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out += ' ';
    out += reason_of(response.status);
    out += "\r\n";
    out += answer.date_line;
    if (!has_no_body_at_all(response.status)) {
        out += "Content-Length: ";
        append_number(out, response.text().size());
        out += "\r\n";
    }
    for (const auto& [name, value] : response.headers) {
        if (is_the_servers_to_state(name)) continue;
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
    if (!answer.keeps_alive) out += "Connection: close\r\n";
    out += "\r\n";
}

bool carries_a_body(const Response& response, Method method)
{
    return method != Method::head && !has_no_body_at_all(response.status) && !response.text().empty();
}

std::string date_line(std::time_t now)
{
    // The names are fixed by RFC 9110 section 5.6.7, whatever language the machine speaks.
    constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    gmtime_r(&now, &parts);
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    std::string line = "Date: ";
    line += days[static_cast<std::size_t>(parts.tm_wday)];
    line += ", " + two(parts.tm_mday) + " ";
    line += months[static_cast<std::size_t>(parts.tm_mon)];
    line += " " + std::to_string(parts.tm_year + 1900) + " ";
    line += two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec) + " GMT\r\n";
    return line;
}

} // namespace reachable::web
