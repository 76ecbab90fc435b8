#include "web/url_encoding.h"

#include "base/text.h"

#include <algorithm>

namespace reachable::web {
namespace {

/// The value of a hexadecimal digit, or -1.
int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20U || byte == 0x7FU;
}

bool holds_a_control(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), is_control);
}

bool stays_as_it_is(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

/// CRLF and a lone CR become LF: what a browser sends for a line end in a text area is CRLF.
void make_line_ends_plain(std::string& text)
{
    if (text.find('\r') == std::string::npos) return;
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_first_of_two = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (is_first_of_two) continue;
        plain += text[i] == '\r' ? '\n' : text[i];
    }
    text = std::move(plain);
}

/// People paste from programs whose line and page breaks are control characters; those are line ends here. Any other
/// control character says nothing and is left out, so that nobody loses a form for one they cannot see.
void leave_out_controls(std::string& text)
{
    std::ranges::replace_if(text, [](char c) { return c == '\v' || c == '\f'; }, '\n');
    std::erase_if(text, [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
}

Result<std::string> decode_name(std::string_view text)
{
    auto name = TRY(percent_decoded(text, Plus::is_a_space));
    if (name.empty()) return refuse(ProblemKind::malformed, "A field has no name");
    if (name.size() > longest_field_name_bytes)
        return refuse(ProblemKind::too_large, "The name of a field is too long");
    if (holds_a_control(name) || !is_clean_utf8(name))
        return refuse(ProblemKind::malformed, "The name of a field holds characters that cannot be read");
    return name;
}

Result<std::string> decode_value(std::string_view text)
{
    auto value = TRY(percent_decoded(text, Plus::is_a_space));
    make_line_ends_plain(value);
    leave_out_controls(value);
    if (!is_clean_utf8(value))
        return refuse(ProblemKind::malformed, "What was sent holds characters that cannot be read");
    return value;
}

} // namespace

Result<std::string> percent_decoded(std::string_view text, Plus plus)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_a_space) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) return refuse(ProblemKind::malformed, "A % is not followed by two digits");
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return decoded;
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (stays_as_it_is(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += digits[byte >> 4U];
        encoded += digits[byte & 15U];
    }
    return encoded;
}

Result<Fields> decode_pairs(std::string_view text)
{
    Fields fields;
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto pair = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (pair.empty()) continue;
        if (fields.all().size() == most_fields)
            return refuse(ProblemKind::too_large, "More than 400 fields were sent at once");
        const auto equals = pair.find('=');
        auto name = TRY(decode_name(pair.substr(0, equals)));
        auto value = TRY(decode_value(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1)));
        fields.add(std::move(name), std::move(value));
    }
    return fields;
}

Result<std::string> decode_path(std::string_view path)
{
    const auto no = [](std::string_view sentence) { return refuse(ProblemKind::malformed, std::string(sentence)); };
    if (!path.starts_with('/')) return no("The address does not start with a slash");
    auto decoded = TRY(percent_decoded(path, Plus::is_itself));
    const auto slashes = std::count(path.begin(), path.end(), '/');
    if (std::count(decoded.begin(), decoded.end(), '/') != slashes) return no("The address holds an encoded slash");
    if (decoded.find('\\') != std::string::npos) return no("The address holds a backslash");
    if (decoded.find("//") != std::string::npos) return no("The address holds two slashes in a row");
    if (holds_a_control(decoded)) return no("The address holds a control character");
    if (!is_clean_utf8(decoded)) return no("The address holds characters that cannot be read");
    std::string_view rest = std::string_view(decoded).substr(1);
    for (;;) {
        const auto end = rest.find('/');
        const auto piece = rest.substr(0, end);
        if (piece == "." || piece == "..") return no("The address holds a step to another place");
        if (end == std::string_view::npos) return decoded;
        rest.remove_prefix(end + 1);
    }
}

void add_cookies(Fields& cookies, std::string_view header)
{
    constexpr std::size_t most_cookies = 100;
    while (!header.empty() && cookies.all().size() < most_cookies) {
        const auto end = header.find(';');
        const auto pair = trim(header.substr(0, end));
        header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
        const auto equals = pair.find('=');
        if (equals == 0 || equals == std::string_view::npos) continue;
        if (holds_a_control(pair) || !is_clean_utf8(pair)) continue;
        cookies.add(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)));
    }
}

} // namespace reachable::web
