#include "api/openapi.h"

#include "api/problem.h"

#include <algorithm>
#include <set>

namespace reachable::api {
namespace {

constexpr std::string_view schema_path = "#/components/schemas/";

/// A refusal that many operations share, described once.
struct Refusal {
    int status;
    std::string_view name;
    std::string_view description;
};
constexpr Refusal shared_refusals[] = {
    {400, "NotUnderstood", "The request is not HTTP as this service takes it"},
    {401, "NotSignedIn", "There is no token, or it is no longer good"},
    {403, "NotOpenToYou", "The policy says no, and says why"},
    {404, "NotFound", "There is no such thing, or it is not open to you: the two look the same"},
    {409, "NotPossibleNow", "Not possible in the present state, or changed in the meantime"},
    {412, "ChangedMeanwhile", "The version named in If-Match is no longer the newest"},
    {413, "OverALimit", "The request is over a stated limit"},
    {415, "NotJson", "The body is of a type this operation does not take"},
    {422, "CannotBeUsed", "Something is missing or cannot be read; every problem is listed"},
    {429, "TooMany", "Too many requests: try again later"},
    {500, "Failure", "Something broke on our side"},
    {503, "Unavailable", "A part that is needed does not answer: try again later"},
};

const Refusal& refusal_of(int status)
{
    for (const auto& refusal : shared_refusals)
        if (refusal.status == status) return refusal;
    throw Bug("an operation is described with a refusal that has no words");
}

Json pointer_to(std::string_view kind, std::string_view name)
{
    auto json = Json::object();
    json.set("$ref", "#/components/" + std::string(kind) + "/" + std::string(name));
    return json;
}

Json content_of(std::string_view type, Json schema)
{
    auto media = Json::object();
    media.set("schema", std::move(schema));
    auto content = Json::object();
    content.set(type, std::move(media));
    return content;
}

bool changes_something(const Operation& operation)
{
    return operation.method != "get" && operation.method != "head";
}

bool has_parameter_in(const Operation& operation, Place place)
{
    return std::any_of(operation.parameters.begin(), operation.parameters.end(),
                       [place](const Parameter& one) { return one.place == place; });
}

/// The statuses of refusal that an operation shares with others, worked out from its shape.
std::set<int> shared_refusals_of(const Operation& operation)
{
    std::set<int> statuses(operation.refusals.begin(), operation.refusals.end());
    statuses.insert({429, 500, 503});
    if (operation.needs_token) statuses.insert(401);
    if (has_parameter_in(operation, Place::path)) statuses.insert(404);
    if (has_parameter_in(operation, Place::query) || operation.takes_idempotency_key) statuses.insert(422);
    if (changes_something(operation) || operation.request) statuses.insert({409, 413, 422});
    if (operation.needs_if_match) statuses.insert({412, 422});
    for (const auto& response : operation.responses)
        statuses.erase(response.status); // described by the operation itself
    return statuses;
}

// ---- One operation ----

std::string_view name_of(Place place)
{
    switch (place) {
    case Place::path: return "path";
    case Place::query: return "query";
    case Place::header: return "header";
    }
    throw Bug("a parameter in no known place");
}

Json written(const Parameter& parameter)
{
    auto json = Json::object();
    json.set("name", parameter.name).set("in", name_of(parameter.place)).set("description", parameter.description);
    json.set("required", parameter.is_required || parameter.place == Place::path);
    json.set("schema", parameter.schema);
    return json;
}

Json parameters_of(const Operation& operation)
{
    auto list = Json::list();
    for (const auto& parameter : operation.parameters) list.add(written(parameter));
    if (operation.takes_idempotency_key) list.add(pointer_to("parameters", "IdempotencyKey"));
    if (operation.needs_if_match) list.add(pointer_to("parameters", "IfMatch"));
    return list;
}

Json written(const ResponseDescription& response)
{
    auto json = Json::object();
    json.set("description", response.description);
    if (response.has_etag) {
        auto headers = Json::object();
        headers.set("ETag", pointer_to("headers", "ETag"));
        json.set("headers", std::move(headers));
    }
    if (response.schema) json.set("content", content_of(response.content_type, *response.schema));
    return json;
}

Json responses_of(const Operation& operation)
{
    auto json = Json::object();
    for (const auto& response : operation.responses) {
        const auto status = std::to_string(response.status);
        CHECK(json.find(status) == nullptr, "an operation describes a status twice");
        json.set(status, written(response));
    }
    for (const int status : shared_refusals_of(operation))
        json.set(std::to_string(status), pointer_to("responses", refusal_of(status).name));
    return json;
}

Json written(const Operation& operation)
{
    auto json = Json::object();
    json.set("operationId", operation.operation_id).set("summary", operation.summary);
    if (!operation.description.empty()) json.set("description", operation.description);
    if (!operation.tags.empty()) json.set("tags", Json::List(operation.tags.begin(), operation.tags.end()));
    if (!operation.needs_token) json.set("security", Json::list());
    auto parameters = parameters_of(operation);
    if (!parameters.items()->empty()) json.set("parameters", std::move(parameters));
    if (operation.request) {
        auto body = Json::object();
        auto content = Json::object();
        for (const auto& type : operation.request_types)
            content.set(type, Json::object().set("schema", *operation.request));
        body.set("required", true).set("content", std::move(content));
        json.set("requestBody", std::move(body));
    }
    json.set("responses", responses_of(operation));
    return json;
}

// ---- What must hold ----

void check_path(const Operation& operation)
{
    std::set<std::string> named;
    for (const auto& parameter : operation.parameters)
        if (parameter.place == Place::path) named.insert(parameter.name);
    std::set<std::string> pieces;
    for (auto from = operation.path.find('{'); from != std::string::npos; from = operation.path.find('{', from + 1)) {
        const auto to = operation.path.find('}', from);
        CHECK(to != std::string::npos, "a path has an open brace");
        pieces.insert(operation.path.substr(from + 1, to - from - 1));
    }
    CHECK(named == pieces, "the pieces of a path and its parameters differ");
}

void check_operations(const std::vector<Operation>& operations)
{
    std::set<std::string> ids;
    std::set<std::pair<std::string, std::string>> places;
    for (const auto& operation : operations) {
        CHECK(ids.insert(operation.operation_id).second, "two operations share an id");
        CHECK(places.insert({operation.method, operation.path}).second, "two operations share a method and a path");
        const auto is_success = [](const ResponseDescription& one) { return one.status < 400; };
        CHECK(std::any_of(operation.responses.begin(), operation.responses.end(), is_success),
              "an operation has no success");
        check_path(operation);
    }
}

/// Every "$ref" to a schema, wherever it stands.
void gather_references(const Json& json, std::set<std::string>& names)
{
    if (const auto* items = json.items())
        for (const auto& item : *items) gather_references(item, names);
    if (const auto* members = json.members())
        for (const auto& [name, value] : *members) {
            const auto* target = name == "$ref" ? value.text() : nullptr;
            if (target != nullptr && target->starts_with(schema_path)) names.insert(target->substr(schema_path.size()));
            gather_references(value, names);
        }
}

void check_references(const Json& document)
{
    std::set<std::string> names;
    gather_references(document, names);
    const auto& schemas = *document.find("components")->find("schemas");
    for (const auto& name : names) CHECK(schemas.find(name) != nullptr, "a schema that is referred to is not there");
}

// ---- What is shared ----

Json shared_parameter(std::string_view name, std::string_view description, Json schema)
{
    return written(Parameter{std::string(name), Place::header, std::string(description), true, std::move(schema)});
}

/// Only what some operation uses, so that the document holds nothing idle.
Json shared_parameters(const std::vector<Operation>& operations)
{
    const auto some = [&](auto uses) { return std::any_of(operations.begin(), operations.end(), uses); };
    auto json = Json::object();
    if (some([](const Operation& one) { return one.takes_idempotency_key; }))
        json.set(
            "IdempotencyKey",
            shared_parameter("Idempotency-Key",
                             "A name you choose for this attempt. The same key with the same content gives the "
                             "same answer once more; with other content it is refused",
                             schema::text("", {.max_length = 64, .min_length = 16, .pattern = "^[A-Za-z0-9_-]+$"})));
    if (some([](const Operation& one) { return one.needs_if_match; }))
        json.set("IfMatch", shared_parameter("If-Match", "The ETag of the version you have seen",
                                             schema::text("", {.max_length = 200, .example = "\"v12\""})));
    return json;
}

Json shared_responses(const std::vector<Operation>& operations)
{
    std::set<int> used;
    for (const auto& operation : operations) used.merge(shared_refusals_of(operation));
    auto json = Json::object();
    for (const int status : used) {
        auto response = Json::object();
        response.set("description", refusal_of(status).description);
        response.set("content", content_of(problem_content_type, schema::reference("Problem")));
        json.set(refusal_of(status).name, std::move(response));
    }
    return json;
}

Json shared_headers()
{
    auto tag = Json::object();
    tag.set("description", "The version, to send back in If-Match");
    tag.set("schema", schema::text("", {.max_length = 30, .example = "\"v12\""}));
    auto json = Json::object();
    json.set("ETag", std::move(tag));
    return json;
}

Json bearer_scheme()
{
    auto bearer = Json::object();
    bearer.set("type", "http").set("scheme", "bearer");
    bearer.set("description", "A token that the agency was given, in the Authorization header");
    auto schemes = Json::object();
    schemes.set("bearer", std::move(bearer));
    return schemes;
}

bool some_has_etag(const std::vector<Operation>& operations)
{
    for (const auto& operation : operations)
        for (const auto& response : operation.responses)
            if (response.has_etag) return true;
    return false;
}

Json components_of(const ApiDescription& description)
{
    auto schemas = Json::object();
    for (const auto& [name, schema] : description.schemas) schemas.set(name, schema);
    schemas.set("Problem", problem_schema());
    auto json = Json::object();
    json.set("securitySchemes", bearer_scheme());
    auto parameters = shared_parameters(description.operations);
    if (!parameters.members()->empty()) json.set("parameters", std::move(parameters));
    if (some_has_etag(description.operations)) json.set("headers", shared_headers());
    json.set("responses", shared_responses(description.operations));
    json.set("schemas", std::move(schemas));
    return json;
}

Json info_of(const ApiDescription& description)
{
    auto license = Json::object();
    license.set("name", description.license_name).set("identifier", description.license_name);
    auto info = Json::object();
    info.set("title", description.title).set("version", description.version);
    info.set("description", description.description).set("license", std::move(license));
    return info;
}

Json paths_of(const std::vector<Operation>& operations)
{
    auto paths = Json::object();
    for (const auto& operation : operations) {
        const auto* before = paths.find(operation.path);
        auto path = before != nullptr ? *before : Json::object();
        path.set(operation.method, written(operation));
        paths.set(operation.path, std::move(path));
    }
    return paths;
}

Json tags_of(const std::vector<Tag>& tags)
{
    auto list = Json::list();
    for (const auto& tag : tags) {
        auto json = Json::object();
        json.set("name", tag.name).set("description", tag.description);
        list.add(std::move(json));
    }
    return list;
}

} // namespace

Json openapi_document(const ApiDescription& description)
{
    check_operations(description.operations);
    auto server = Json::object();
    server.set("url", description.server_url);
    auto bearer = Json::object();
    bearer.set("bearer", Json::list());
    auto document = Json::object();
    document.set("openapi", "3.1.0").set("info", info_of(description));
    document.set("servers", Json::List{std::move(server)}).set("security", Json::List{std::move(bearer)});
    document.set("tags", tags_of(description.tags)).set("paths", paths_of(description.operations));
    document.set("components", components_of(description));
    check_references(document);
    return document;
}

} // namespace reachable::api
