#include "web/json_exchange.h"

#include "api/etag.h"
#include "api/json.h"
#include "api/problem.h"
#include "base/number.h"

namespace reachable::web {

Response json_response(int status, const Json& json)
{
    return respond(status, "application/json", api::write_json(json));
}

Response problem_response(const Problems& problems, const Request& request)
{
    const bool is_unknown = problems.front().kind == ProblemKind::withheld && problems.front().field == "Authorization";
    const auto id = request.id.text();
    const auto found_by = request.headers.has("if-match") ? api::FoundBy::if_match : api::FoundBy::state;
    const auto document =
        is_unknown
            ? api::sign_in_document(id)
            : api::problem_document(problems, {.instance = id, .withheld = api::Withheld::told, .conflict = found_by});
    auto response = respond(document.status, document.content_type, document.body);
    if (is_unknown) response.set("WWW-Authenticate", "Bearer");
    return response;
}

Result<Json> json_body(const Request& request)
{
    if (request.body.empty()) return Json::object();
    if (!request.header("content-type").starts_with("application/json"))
        return refuse(ProblemKind::malformed, "Send the values as application/json");
    return api::parse_json(request.body);
}

Result<std::string> idempotency_key(const Request& request)
{
    std::string key(request.header("idempotency-key"));
    if (key.empty())
        return refuse(ProblemKind::missing, "Send an Idempotency-Key header, so that sending twice does it once",
                      "Idempotency-Key");
    return key;
}

Result<std::optional<std::int64_t>> version_to_match(const Request& request)
{
    const auto match = TRY(api::parse_if_match(request.header("if-match")));
    if (match.is_any) return std::optional<std::int64_t>{};
    if (match.only() == nullptr)
        return refuse(ProblemKind::missing, "Send an If-Match header with the ETag you saw", "If-Match");
    return std::optional<std::int64_t>{*match.only()};
}

Result<std::int64_t> number_in(const Fields& fields, std::string_view name)
{
    const auto number = whole_number<std::int64_t>(fields.get(name));
    if (number && *number >= 0) return *number;
    return refuse(ProblemKind::malformed, "Give a whole number", std::string(name));
}

} // namespace reachable::web
