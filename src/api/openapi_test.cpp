#include "api/openapi.h"

#include "api/json.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace reachable::api {
namespace {

/// A small API that uses every part of a description once.
ApiDescription sample()
{
    ApiDescription api;
    api.title = "Reachable";
    api.version = "1.0.0";
    api.description = "Requests to children's services, and their answers.";
    api.server_url = "/api/v1";
    api.tags = {{"custody", "Children in custody"}};
    const Parameter id{"id", Place::path, "The conversation", true, schema::id("A conversation")};
    api.schemas = {
        {"Answer", schema::object("One answer",
                                  {{"question", schema::text("Its number", {.max_length = 3, .pattern = "^Q\\d\\d$"})},
                                   {"answered_at", schema::date_time("When")}})}};
    api.operations = {
        {.method = "get",
         .path = "/custody",
         .operation_id = "list_conversations",
         .summary = "Open conversations",
         .tags = {"custody"},
         .parameters = {{"skip", Place::query, "How many to leave out", false, schema::whole_number("", 0, 1000)}},
         .responses = {{200, "The conversations", schema::array("", schema::id("A conversation"), 100)}}},
        {.method = "get",
         .path = "/custody/{id}",
         .operation_id = "see_conversation",
         .summary = "One conversation",
         .tags = {"custody"},
         .parameters = {id},
         .responses = {{.status = 200,
                        .description = "The conversation",
                        .schema = schema::reference("Answer"),
                        .has_etag = true}}},
        {.method = "post",
         .path = "/custody/{id}",
         .operation_id = "answer",
         .summary = "Answer",
         .description = "Adds answers.",
         .tags = {"custody"},
         .parameters = {id},
         .request =
             schema::object("Answers", {{"answers", schema::array("One or more", schema::reference("Answer"), 22)},
                                        {"state", schema::code("How it stands", {{"yes", "Yes"}, {"no", "No"}})},
                                        {"born", schema::nullable(schema::partial_date("Date of birth")), false},
                                        {"known_on", schema::nullable(schema::date("How old it is")), false},
                                        {"kind", schema::nullable(schema::code("Kind", {{"a", "A"}})), false},
                                        {"last", schema::nullable(schema::reference("Answer")), false},
                                        {"is_read_back", schema::boolean("Read back")}}),
         .responses = {{201, "Recorded"}},
         .refusals = {403},
         .takes_idempotency_key = true,
         .needs_if_match = true},
        {.method = "get",
         .path = "/health",
         .operation_id = "health",
         .summary = "Is it well?",
         .tags = {"custody"},
         .responses = {{204, "It is"}},
         .needs_token = false},
    };
    return api;
}

const Json& at(const Json& json, std::initializer_list<std::string_view> names)
{
    const auto* here = &json;
    for (const auto name : names) {
        here = here->find(name);
        CHECK(here != nullptr, "the document has no such member");
    }
    return *here;
}

std::vector<std::string> names_of(const Json& json)
{
    std::vector<std::string> names;
    for (const auto& [name, value] : *json.members()) names.push_back(name);
    return names;
}

using Names = std::vector<std::string>;

TEST(OpenApi, the_document_says_what_it_is)
{
    const auto document = openapi_document(sample());
    EXPECT_EQ(document.text_of("openapi"), "3.1.0");
    EXPECT_EQ(at(document, {"info", "title"}), Json("Reachable"));
    EXPECT_EQ(names_of(at(document, {"paths"})), (Names{"/custody", "/custody/{id}", "/health"}));
    EXPECT_EQ(names_of(at(document, {"paths", "/custody/{id}"})), (Names{"get", "post"}));
}

TEST(OpenApi, refusals_follow_from_the_shape_of_an_operation)
{
    const auto document = openapi_document(sample());
    const auto statuses = [&](std::string_view path, std::string_view method) {
        return names_of(at(document, {"paths", path, method, "responses"}));
    };
    EXPECT_EQ(statuses("/custody", "get"), (Names{"200", "401", "422", "429", "500", "503"}));
    EXPECT_EQ(statuses("/custody/{id}", "get"), (Names{"200", "401", "404", "429", "500", "503"}));
    EXPECT_EQ(statuses("/custody/{id}", "post"),
              (Names{"201", "401", "403", "404", "409", "412", "413", "422", "429", "500", "503"}));
    EXPECT_EQ(statuses("/health", "get"), (Names{"204", "429", "500", "503"}));
}

TEST(OpenApi, what_is_shared_stands_once_and_only_if_it_is_used)
{
    auto api = sample();
    auto document = openapi_document(api);
    EXPECT_EQ(names_of(at(document, {"components", "parameters"})), (Names{"IdempotencyKey", "IfMatch"}));
    EXPECT_NE(at(document, {"components"}).find("headers"), nullptr);
    api.operations = {api.operations.back()};
    document = openapi_document(api);
    EXPECT_EQ(at(document, {"components"}).find("parameters"), nullptr);
    EXPECT_EQ(at(document, {"components"}).find("headers"), nullptr);
    EXPECT_EQ(names_of(at(document, {"components", "responses"})), (Names{"TooMany", "Failure", "Unavailable"}));
}

TEST(OpenApi, an_open_operation_asks_for_no_token)
{
    const auto document = openapi_document(sample());
    EXPECT_EQ(at(document, {"paths", "/health", "get", "security"}), Json::list());
    EXPECT_EQ(at(document, {"paths", "/custody", "get"}).find("security"), nullptr);
}

TEST(OpenApi, a_description_that_contradicts_itself_is_a_bug)
{
    const auto with = [](auto change) {
        auto api = sample();
        change(api);
        return api;
    };
    EXPECT_THROW(openapi_document(with([](auto& api) { api.operations[0].operation_id = "health"; })), Bug);
    EXPECT_THROW(openapi_document(with([](auto& api) { api.operations[0].path = "/health"; })), Bug);
    EXPECT_THROW(openapi_document(with([](auto& api) { api.operations[1].parameters.clear(); })), Bug);
    EXPECT_THROW(openapi_document(with([](auto& api) { api.operations[1].path = "/custody/{id"; })), Bug);
    EXPECT_THROW(openapi_document(with([](auto& api) { api.operations[0].responses.clear(); })), Bug);
    EXPECT_THROW(openapi_document(with([](auto& api) { api.operations[0].refusals = {418}; })), Bug);
    EXPECT_THROW(openapi_document(with([](auto& api) { api.schemas.clear(); })), Bug);
    EXPECT_THROW(schema::object("", {{"a", {}}, {"a", {}}}), Bug);
}

TEST(Schemas, null_is_added_to_the_type_and_to_the_codes)
{
    EXPECT_EQ(write_json(schema::nullable(schema::boolean("Read back"))),
              R"({"type":["boolean","null"],"description":"Read back"})");
    EXPECT_EQ(write_json(schema::nullable(schema::code("Kind", {{"a", "A"}}))),
              R"({"type":["string","null"],"description":"Kind\n- `a`: A","enum":["a",null]})");
    EXPECT_EQ(write_json(schema::nullable(schema::reference("X"))),
              R"({"anyOf":[{"$ref":"#/components/schemas/X"},{"type":"null"}]})");
}

TEST(Schemas, an_object_refuses_what_it_does_not_name)
{
    EXPECT_EQ(write_json(schema::object("", {{"a", schema::boolean(""), false}})),
              R"({"type":"object","properties":{"a":{"type":"boolean"}},"additionalProperties":false})");
}

/// With OPENAPI_SAMPLE set to a file name the sample is written there, for a linter to read.
TEST(OpenApi, the_same_description_gives_the_same_bytes)
{
    const auto text = write_json_for_people(openapi_document(sample()));
    EXPECT_EQ(text, write_json_for_people(openapi_document(sample())));
    if (const auto* path = std::getenv("OPENAPI_SAMPLE")) std::ofstream(path) << text;
}

} // namespace
} // namespace reachable::api
