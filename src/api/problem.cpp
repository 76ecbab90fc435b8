#include "api/problem.h"

#include "api/json.h"

#include <algorithm>

namespace reachable::api {
namespace {

constexpr std::string_view withheld_title = "Not open to you";
constexpr std::string_view failure_title = "Something broke";
constexpr std::string_view sign_in_title = "Not signed in";
constexpr std::string_view not_found_sentence = "There is no such thing here, or it is not open to you";

/// One line for each kind, in the order in which a kind decides over the next.
struct Meaning {
    ProblemKind kind;
    int status;
    std::string_view title;
};
constexpr Meaning meanings[] = {
    {ProblemKind::withheld, 404, "Not found"},
    {ProblemKind::not_found, 404, "Not found"},
    {ProblemKind::unavailable, 503, "A part that is needed does not answer"},
    {ProblemKind::too_many, 429, "Too many requests"},
    {ProblemKind::too_large, 413, "Over a limit"},
    {ProblemKind::conflict, 409, "Changed in the meantime"},
    {ProblemKind::out_of_order, 409, "Not possible now"},
    {ProblemKind::malformed, 422, "Something cannot be read"},
    {ProblemKind::missing, 422, "Something is missing"},
};

const Meaning& deciding(const Problems& problems)
{
    CHECK(!problems.empty(), "a refusal came without a problem");
    for (const auto& meaning : meanings)
        if (std::any_of(problems.begin(), problems.end(), [&](const Problem& one) { return one.kind == meaning.kind; }))
            return meaning;
    throw Bug("a problem of no known kind");
}

bool is_told(const Meaning& meaning, const ProblemOptions& options)
{
    return meaning.kind == ProblemKind::withheld && options.withheld == Withheld::told;
}

int status_of_kind(const Meaning& meaning, const ProblemOptions& options)
{
    if (is_told(meaning, options)) return 403;
    if (meaning.kind == ProblemKind::conflict && options.conflict == FoundBy::if_match) return 412;
    return meaning.status;
}

Json item_of(std::string_view kind, std::string_view sentence, const std::string& field = {})
{
    auto item = Json::object();
    item.set("kind", kind).set("sentence", sentence);
    if (!field.empty()) item.set("field", field);
    return item;
}

/// `items` stands last, so that the short members are read first.
ProblemDocument document(std::string_view type, std::string_view title, int status, std::string detail,
                         const std::string& instance, Json::List items)
{
    auto json = Json::object();
    json.set("type", "/problems/" + std::string(type)).set("title", title).set("status", status);
    json.set("detail", std::move(detail));
    if (!instance.empty()) json.set("instance", instance);
    json.set("problems", std::move(items));
    return {.status = status, .body = write_json(json)};
}

ProblemDocument document(std::string_view type, std::string_view title, int status, const Problems& problems,
                         const std::string& instance)
{
    Json::List items;
    for (const auto& problem : problems)
        items.push_back(item_of(name_of(problem.kind), problem.sentence, problem.field));
    return document(type, title, status, sentences(problems), instance, std::move(items));
}

/// A refusal that no Problem describes: nothing was wrong with what was asked.
ProblemDocument document(std::string_view kind, std::string_view title, int status, std::string_view sentence,
                         const std::string& instance)
{
    return document(kind, title, status, std::string(sentence), instance, {item_of(kind, sentence)});
}

Json text_schema(std::string_view description)
{
    auto schema = Json::object();
    schema.set("type", "string").set("description", description);
    return schema;
}

Json listed_schema()
{
    auto kind = text_schema("What is wrong, in the few ways that callers treat differently");
    auto kinds = Json::list();
    for (const auto& one : document_kinds()) kinds.add(one.name);
    kind.set("enum", std::move(kinds));
    auto properties = Json::object();
    properties.set("kind", std::move(kind));
    properties.set("sentence", text_schema("What a person can do about it"));
    properties.set("field", text_schema("The field it belongs to; left out for the whole"));
    auto item = Json::object();
    item.set("type", "object").set("required", Json::List{"kind", "sentence"}).set("properties", std::move(properties));
    auto list = Json::object();
    list.set("type", "array").set("description", "Every problem, at once").set("items", std::move(item));
    return list;
}

} // namespace

int status_of(const Problems& problems, const ProblemOptions& options)
{
    return status_of_kind(deciding(problems), options);
}

ProblemDocument problem_document(const Problems& problems, const ProblemOptions& options)
{
    const auto& meaning = deciding(problems);
    const int status = status_of_kind(meaning, options);
    if (status == 404) {
        const Problems only = {{ProblemKind::not_found, std::string(not_found_sentence)}};
        return document(name_of(ProblemKind::not_found), meaning.title, status, only, options.instance);
    }
    const auto title = is_told(meaning, options) ? withheld_title : meaning.title;
    return document(name_of(meaning.kind), title, status, problems, options.instance);
}

ProblemDocument failure_document(const std::string& instance)
{
    return document("failure", failure_title, 500,
                    "Something broke on our side. Try again, and quote the number of this request if it happens again.",
                    instance);
}

ProblemDocument sign_in_document(const std::string& instance)
{
    return document("sign_in", sign_in_title, 401, "Sign in, or send a token that is still good.", instance);
}

/// A document of the kind `withheld` is one whose reader is told.
std::vector<DocumentKind> document_kinds()
{
    std::vector<DocumentKind> kinds;
    for (const auto& meaning : meanings)
        kinds.push_back(
            {name_of(meaning.kind), meaning.kind == ProblemKind::withheld ? withheld_title : meaning.title});
    kinds.push_back({"failure", failure_title});
    kinds.push_back({"sign_in", sign_in_title});
    return kinds;
}

Json problem_schema()
{
    auto status = Json::object();
    status.set("type", "integer").set("description", "The HTTP status").set("minimum", 400).set("maximum", 599);
    auto properties = Json::object();
    properties.set("type", text_schema("A name for the kind of refusal, such as /problems/out_of_order"));
    properties.set("title", text_schema("The kind in words"));
    properties.set("status", std::move(status));
    properties.set("detail", text_schema("All sentences, one after another"));
    properties.set("instance", text_schema("The number of the request, to quote when asking for help"));
    properties.set("problems", listed_schema());
    auto schema = Json::object();
    schema.set("type", "object")
        .set("description", "A refusal (RFC 9457). Sentences never repeat a value from a record");
    schema.set("required", Json::List{"type", "title", "status", "detail", "problems"});
    schema.set("properties", std::move(properties));
    return schema;
}

} // namespace reachable::api
