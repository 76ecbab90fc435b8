#include "base/text.h"
#include "web/http.h"
#include "web/url_encoding.h"

namespace reachable::web {
namespace {

/// "Text/Plain; charset=utf-8" is text/plain.
std::string media_type(std::string_view content_type)
{
    return to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
}

} // namespace

Result<Fields> Request::form() const
{
    const auto type = media_type(header("content-type"));
    if (type.starts_with("multipart/"))
        return refuse(ProblemKind::malformed, "This form cannot take files. Send it without an attachment");
    if (type.empty() && body.empty()) return Fields{};
    if (type != "application/x-www-form-urlencoded")
        return refuse(ProblemKind::malformed, "What was sent is not a form");
    return decode_pairs(body);
}

} // namespace reachable::web
