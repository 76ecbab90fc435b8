#include "web/gate.h"

#include "base/text.h"
#include "web/url_encoding.h"

#include <algorithm>
#include <charconv>

namespace reachable::web {
namespace {

constexpr std::size_t most_headers = 100;

tl::unexpected<Refusal> turn_away(int status, std::string_view sentence)
{
    return tl::unexpected<Refusal>(Refusal{status, std::string(sentence)});
}

tl::unexpected<Refusal> turn_away(std::string_view sentence)
{
    return turn_away(400, sentence);
}

tl::unexpected<Refusal> turn_away(const Problems& problems)
{
    return turn_away(problems.front().sentence + ".");
}

/// The values of a header, wherever it stands.
std::vector<std::string_view> values_of(const Head& head, std::string_view name)
{
    return head.headers.all_of(name);
}

bool is_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether a comma-separated header names `word`, in any case.
bool names_word(const std::vector<std::string_view>& values, std::string_view word)
{
    for (const auto value : values)
        for (const auto piece : split(value, ','))
            if (to_lower_ascii(trim(piece)) == word) return true;
    return false;
}

Gated<Method> read_method(std::string_view name)
{
    for (const auto method : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_})
        if (name == name_of(method)) return method;
    return turn_away(501, "This service does not know that method.");
}

Gated<void> check_host(const Head& head)
{
    const auto hosts = values_of(head, "host");
    if (hosts.size() != 1) return turn_away("A request needs exactly one Host header.");
    const auto is_allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
               c == '_' || c == ':' || c == '[' || c == ']';
    };
    const auto host = hosts.front();
    if (host.empty() || !std::all_of(host.begin(), host.end(), is_allowed))
        return turn_away("The Host header is not the name of a host.");
    return {};
}

/// How the body is framed. This is where smuggled requests are stopped.
Gated<void> read_framing(const Head& head, std::size_t body_limit_bytes, Admitted& admitted)
{
    const auto encodings = values_of(head, "transfer-encoding");
    const auto lengths = values_of(head, "content-length");
    if (!encodings.empty()) {
        if (!lengths.empty()) return turn_away("A request cannot have both Transfer-Encoding and Content-Length.");
        if (head.version < 11) return turn_away("HTTP/1.0 has no Transfer-Encoding.");
        if (encodings.size() != 1 || to_lower_ascii(encodings.front()) != "chunked")
            return turn_away("The only Transfer-Encoding taken is chunked.");
        admitted.is_chunked = true;
        return {};
    }
    if (lengths.empty()) return {};
    if (lengths.size() != 1) return turn_away("A request cannot have more than one Content-Length.");
    const auto length = lengths.front();
    if (!is_digits(length)) return turn_away("Content-Length is not a number.");
    const auto read = std::from_chars(length.data(), length.data() + length.size(), admitted.body_bytes);
    if (read.ec != std::errc{} || admitted.body_bytes > body_limit_bytes)
        return turn_away(413, "What was sent is too large for this service.");
    return {};
}

Gated<void> read_target(const Head& head, Admitted& admitted)
{
    const std::string_view target = head.target;
    if (!target.starts_with('/')) return turn_away("The address of a request starts with a slash.");
    const auto is_odd = [](char c) { return c <= 0x20 || c >= 0x7F || c == '#'; };
    if (std::any_of(target.begin(), target.end(), is_odd))
        return turn_away("The address of a request holds a character that must be escaped.");
    const auto question = target.find('?');
    auto path = decode_path(target.substr(0, question));
    if (!path) return turn_away(path.error());
    admitted.path = std::move(*path);
    if (question == std::string_view::npos) return {};
    auto query = decode_pairs(target.substr(question + 1));
    if (!query) return turn_away(query.error());
    admitted.query = std::move(*query);
    return {};
}

Gated<void> read_expectation(const Head& head, Admitted& admitted)
{
    for (const auto value : values_of(head, "expect")) {
        if (to_lower_ascii(value) != "100-continue") return turn_away(417, "The only expectation met is 100-continue.");
        admitted.expects_continue = head.version >= 11;
    }
    return {};
}

bool is_odd_in_a_head(unsigned char byte)
{
    return (byte < 0x20U && byte != '\t') || byte == 0x7FU;
}

/// Only what an address can be made of, so that a log line or the audit cannot be written through this header.
bool is_like_an_address(std::string_view text)
{
    constexpr std::string_view allowed = "0123456789abcdefABCDEF.:";
    return !text.empty() && text.size() <= 45 && text.find_first_not_of(allowed) == std::string_view::npos;
}

std::string_view last_hop(const Fields& headers, std::string_view name)
{
    const auto values = headers.all_of(name);
    if (values.empty()) return {};
    const auto comma = values.back().rfind(',');
    return trim(comma == std::string_view::npos ? values.back() : values.back().substr(comma + 1));
}

} // namespace

Gated<std::size_t> HeadScanner::scan(std::string_view bytes)
{
    const auto in_reach = std::min(bytes.size(), limit_bytes_);
    for (; seen_ < in_reach; ++seen_) {
        const char c = bytes[seen_];
        if (!is_odd_in_a_head(static_cast<unsigned char>(c))) {
            if (is_line_empty_ && (c == ' ' || c == '\t')) return turn_away("A line of the request is folded.");
            is_line_empty_ = false;
            continue;
        }
        if (c != '\r') return turn_away("The head of the request holds a character that has no place there.");
        if (seen_ + 1 == in_reach) break;
        if (bytes[seen_ + 1] != '\n') return turn_away("A carriage return stands alone in the head of the request.");
        if (is_line_empty_ && seen_ == 0) return turn_away("The request starts with an empty line.");
        ++seen_;
        if (is_line_empty_) return ++seen_;
        is_line_empty_ = true;
    }
    if (bytes.size() >= limit_bytes_) return turn_away(431, "The head of the request is too large.");
    return std::size_t{0};
}

Gated<Admitted> admit(const Head& head, std::size_t body_limit_bytes)
{
    Admitted admitted;
    if (head.headers.all().size() > most_headers) return turn_away(431, "The request has too many headers.");
    if (auto host = check_host(head); !host) return tl::unexpected(host.error());
    if (auto framing = read_framing(head, body_limit_bytes, admitted); !framing) return tl::unexpected(framing.error());
    if (auto target = read_target(head, admitted); !target) return tl::unexpected(target.error());
    if (auto expectation = read_expectation(head, admitted); !expectation) return tl::unexpected(expectation.error());
    auto method = read_method(head.method);
    if (!method) return tl::unexpected(method.error());
    admitted.method = *method;
    admitted.keeps_alive = head.version >= 11 && !names_word(values_of(head, "connection"), "close");
    for (const auto cookies : values_of(head, "cookie")) add_cookies(admitted.cookies, cookies);
    return admitted;
}

void believe_proxy(Request& request)
{
    if (const auto address = last_hop(request.headers, "x-forwarded-for"); is_like_an_address(address))
        request.client_address = std::string(address);
    if (const auto scheme = last_hop(request.headers, "x-forwarded-proto"); !scheme.empty())
        request.is_secure = to_lower_ascii(scheme) == "https";
}

} // namespace reachable::web
