// A refusal as an HTTP answer: "application/problem+json" (RFC 9457), with every problem at once.
// What may not be seen does not exist: a refusal by policy and a thing that is not there give the same bytes.
#pragma once

#include "base/json.h"
#include "base/result.h"

namespace reachable::api {

inline constexpr std::string_view problem_content_type = "application/problem+json";

/// An answer as plain values: the web room makes a response of it.
struct ProblemDocument {
    int status = 500;
    std::string content_type{problem_content_type};
    std::string body;
};

/// Whether somebody is told that the policy said no. `hidden` is for everything that names a record.
enum class Withheld { hidden, told };
/// What a conflict was found by: the state of things (409), or an If-Match header that named an older version (412).
enum class FoundBy { state, if_match };

struct ProblemOptions {
    std::string instance = {}; // the request id, so that a person can quote it; empty: left out
    Withheld withheld = Withheld::hidden;
    FoundBy conflict = FoundBy::state;
};

/// 404 for withheld and not_found (403 for withheld when told), 503 unavailable, 429 too_many, 413 too_large, 409 or
/// 412 conflict, 409 out_of_order, 422 malformed and missing. Of several kinds the first in this order decides. No
/// problems at all is a Bug.
int status_of(const Problems& problems, const ProblemOptions& options = {});

/// The document: type ("/problems/out_of_order"), title, status, detail, instance, and problems [{kind, sentence,
/// field}]. A 404 says the same whatever was behind it, and lists nothing else.
ProblemDocument problem_document(const Problems& problems, const ProblemOptions& options = {});

/// For an exception at the edge of a request: 500, without a word about what broke.
ProblemDocument failure_document(const std::string& instance = {});
/// For a request without a session: 401. The web room adds the WWW-Authenticate header.
ProblemDocument sign_in_document(const std::string& instance = {});

/// A kind that the `type` of a document names, "/problems/{name}": the service answers there with a page for people.
struct DocumentKind {
    std::string_view name;
    std::string_view title;
};
std::vector<DocumentKind> document_kinds();

/// The JSON Schema of the document, for OpenAPI.
Json problem_schema();

} // namespace reachable::api
