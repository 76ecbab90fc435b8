// The OpenAPI 3.1 description of an API, built from plain values. What is the same everywhere (bearer tokens, problem
// documents, idempotency keys, entity tags) is added here once, so that a description says only what differs.
#pragma once

#include "api/schema.h"

#include <optional>

namespace reachable::api {

enum class Place { path, query, header };

struct Parameter {
    std::string name;
    Place place = Place::query;
    std::string description;
    bool is_required = false; // a path parameter always is
    Json schema = {};
};

struct ResponseDescription {
    int status = 200;
    std::string description;
    std::optional<Json> schema = {}; // nothing: no body
    std::string content_type = "application/json";
    bool has_etag = false;
};

struct Operation {
    std::string method; // "get", "post" … in lower case
    std::string path;   // "/custody/{id}/request"
    std::string operation_id;
    std::string summary;
    std::string description = {};
    std::vector<std::string> tags = {};
    std::vector<Parameter> parameters = {};
    std::optional<Json> request = {};                              // the schema of a JSON body
    std::vector<std::string> request_types = {"application/json"}; // the media types that body may come in
    std::vector<ResponseDescription> responses = {};
    std::vector<int> refusals = {};     // statuses of problems beyond those worked out
    bool takes_idempotency_key = false; // the header is required: the same key gives the same answer
    bool needs_if_match = false;        // adds the header (required) and 412
    bool needs_token = true;
};

struct Tag {
    std::string name;
    std::string description;
};

struct ApiDescription {
    std::string title;
    std::string version;
    std::string description;
    std::string server_url; // "/api/v1"
    std::string license_name = "MIT";
    std::vector<Tag> tags = {};
    std::vector<Operation> operations = {};
    std::vector<std::pair<std::string, Json>> schemas = {}; // by name, for schema::reference
};

/// The whole document. Works out refusals: 401 with a token, 404 with a path parameter, 409 and 413 and 422 for what
/// changes something or has a body, 422 with query parameters, 412 with If-Match, 429, 500 and 503 always.
/// Two operations with one id or one method and path, a {piece} without its parameter, an operation without a success,
/// and a reference to a schema that is not there are Bugs.
Json openapi_document(const ApiDescription& description);

} // namespace reachable::api
