#include "app/candidates_api.h"

#include "api/json.h"
#include "casework/search.h"
#include "web/json_exchange.h"

namespace reachable::app {
namespace {

using web::Request;
using web::Response;

struct Asked {
    std::string name;
    std::optional<PartialDate> born;
};

Result<Asked> read_asked(const Request& request)
{
    if (!request.header("content-type").starts_with("application/json"))
        return refuse(ProblemKind::malformed, "Send the values as application/json");
    const auto json = TRY(api::parse_json(request.body));
    Problems problems;
    if (json.members() == nullptr) return refuse(ProblemKind::malformed, "Give the values by name");
    for (const auto& [name, value] : *json.members())
        if (name != "name" && name != "born")
            problems.push_back({ProblemKind::malformed, "This search does not ask for that", name});
    Asked asked{.name = std::string(trim(json.text_of("name")))};
    if (asked.name.empty()) problems.push_back({ProblemKind::missing, "Enter: Full name", "name"});
    if (asked.name.size() > records::text_limit || !is_clean_utf8(asked.name))
        problems.push_back({ProblemKind::malformed, "Give the name as plain text of 500 characters or fewer", "name"});
    if (const auto* born = json.find("born"); born != nullptr && !born->is_null()) {
        const auto date = parse_partial_date(json.text_of("born"));
        if (date)
            asked.born = *date;
        else
            problems.push_back(
                {ProblemKind::malformed, "Give the date of birth as 2011-05-17, 2011-05 or 2011", "born"});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return asked;
}

Json to_json(const casework::Candidate& candidate)
{
    auto reasons = Json::list();
    for (const auto& reason : candidate.reasons) reasons.add(reason);
    auto json = Json::object();
    json.set("id", candidate.child.id.text()).set("name", candidate.child.names.front().as_given);
    json.set("born", candidate.child.born ? Json(to_iso(*candidate.child.born)) : Json());
    auto also_as = Json::list();
    for (const auto& name : candidate.also_as) also_as.add(name);
    return json.set("reasons", std::move(reasons)).set("also_as", std::move(also_as));
}

Result<Response> answer(const Service& service, const accounts::Session& session, const Request& request)
{
    const auto asked = TRY(read_asked(request));
    const auto found = TRY(
        casework::search_children(service.desk(), session, request.id, asked.name, asked.born, service.time().now()));
    auto candidates = Json::list();
    for (const auto& candidate : found) candidates.add(to_json(candidate));
    const auto json = Json::object().set("candidates", std::move(candidates));
    return web::json_response(200, json);
}

Json candidate_schema()
{
    namespace schema = api::schema;
    return schema::object(
        "A child who may be this one",
        {{"id", schema::id("The child's record: give it as `child` when you book in, if you are sure")},
         {"name", schema::text("The name on record", {.max_length = 500})},
         {"born", schema::nullable(schema::partial_date("Date of birth"))},
         {"reasons", schema::array("Why, in words; never a score", schema::text("A reason"), 20)},
         {"also_as", schema::array("Names on other records that were decided to be of the same child",
                                   schema::text("A name", {.max_length = 500}), 20)}});
}

} // namespace

void add_candidates_route(web::Router& router, const Service& service,
                          std::function<Result<accounts::Session>(const Request&)> session_of)
{
    router.post("/api/v1/children/candidates", [&service, session_of = std::move(session_of)](const Request& request) {
        const auto session = session_of(request);
        auto response =
            session ? answer(service, *session, request) : Result<Response>(tl::unexpected<Problems>(session.error()));
        return response ? std::move(*response) : web::problem_response(response.error(), request);
    });
}

void describe_candidates(api::ApiDescription& api)
{
    namespace schema = api::schema;
    const auto asked = schema::object("Whom you look for",
                                      {{"name", schema::text("Full name, as given", {.max_length = 500})},
                                       {"born", schema::partial_date("Date of birth, as far as it is known"), false}});
    const auto found =
        schema::object("Children who may be this one",
                       {{"candidates", schema::array("At most ten, the likeliest first", candidate_schema(), 10)}});
    api.tags.push_back({"children", "Children who may be known already"});
    api.operations.push_back(
        {.method = "post",
         .path = "/children/candidates",
         .operation_id = "children_candidates",
         .summary = "Ask whether a child is known already",
         .description = "Ask this before you book a child in. Booking in without `child` opens a new record and offers "
                        "no candidates. It changes nothing; each child shown stands in the audit.",
         .tags = {"children"},
         .parameters = {{.name = "Purpose",
                         .place = api::Place::header,
                         .description = "What you ask for this for, such as custody-safeguarding. It is never assumed.",
                         .is_required = true,
                         .schema = schema::text("A purpose code", {.max_length = 60})}},
         .request = asked,
         .responses = {
             {.description = "Who may be this child; an empty list says that nobody was found", .schema = found}}});
}

} // namespace reachable::app
