#include "app/safety_summary_api.h"

#include "capabilities/flags/summary.h"
#include "casework/search.h"
#include "web/json_exchange.h"

namespace reachable::app {
namespace {

using web::Request;
using web::Response;

Json to_json(const web::SafetyLine& line)
{
    return Json::object()
        .set("code", line.code)
        .set("label", line.label)
        .set("subject", line.subject)
        .set("plain_words", line.words)
        .set("prompt", line.prompt)
        .set("standing", line.standing)
        .set("caution", line.caution)
        .set("source", line.source)
        .set("section", line.section)
        .set("is_urgent", line.is_urgent);
}

Result<Response> answer(const Service& service, const accounts::Session& session, const Request& request)
{
    const auto now = service.time().now();
    const auto& desk = service.desk();
    const auto child = ChildId::parse(request.path_values.at("id"));
    if (!child) return casework::no_such_case();
    // The look that tells whether there is such a record for whoever asks.
    TRY(casework::look_at_child(desk, session, request.id, *child, "summary", now));
    const auto question = [&](storage::Transaction& transaction) {
        return casework::policy_request(desk, transaction, *child, session, "read", now);
    };
    const auto shown =
        flags::see_flags(desk, session, request.id, {.child = *child, .page = "summary", .question = question}, now);
    if (!shown.is_shown) return casework::no_such_case();
    auto lines = Json::list();
    for (const auto& line : flags::summary_of(desk, shown, *child).lines) lines.add(to_json(line));
    return web::json_response(200, Json::object().set("flags", std::move(lines)).set("as_at", to_iso(now)));
}

} // namespace

void add_safety_summary_route(web::Router& router, const Service& service,
                              std::function<Result<accounts::Session>(const Request&)> session_of)
{
    router.get("/api/v1/children/{id}/safety-summary",
               [&service, session_of = std::move(session_of)](const Request& request) {
                   const auto session = session_of(request);
                   auto response = session ? answer(service, *session, request)
                                           : Result<Response>(tl::unexpected<Problems>(session.error()));
                   if (response) return std::move(*response);
                   return web::problem_response(response.error(), request);
               });
}

void describe_safety_summary(api::ApiDescription& api)
{
    namespace schema = api::schema;
    const auto line = schema::object(
        "A flag that stands, or is shown while it is checked",
        {{"code", schema::text("Its code in the national catalogue, such as CCE_CON")},
         {"label", schema::text("Its plain words")},
         {"subject", schema::text("Whom it names; often empty")},
         {"plain_words", schema::text("Why, in at most 200 letters")},
         {"prompt", schema::text("What the reader is to do")},
         {"standing", schema::text("\"being checked\", \"out of date since …\", \"disputed by …\"; empty: it stands")},
         {"caution", schema::text("That the child must not be told of it, and why; often empty")},
         {"source", schema::text("Who says so, and since when")},
         {"section", schema::text("The part of the summary in which it stands")},
         {"is_urgent", schema::boolean("It cannot wait")}});
    const auto summary =
        schema::object("The safety summary, the most pressing first",
                       {{"flags", schema::array("An empty list does not say that there is no risk", line, 100)},
                        {"as_at", schema::date_time("When it stood so")}});
    api.operations.push_back(
        {.method = "get",
         .path = "/children/{id}/safety-summary",
         .operation_id = "children_safety_summary",
         .summary = "Read the safety summary of a child",
         .description = "The flags of a child whom an open case or a list connects with your system's post. Each read "
                        "stands in the audit.",
         .tags = {"children"},
         .parameters = {{.name = "id",
                         .place = api::Place::path,
                         .description = "The child's record",
                         .is_required = true,
                         .schema = schema::id("The child's record")},
                        {.name = "Purpose",
                         .place = api::Place::header,
                         .description = "What you ask for this for, such as custody-safeguarding. It is never assumed.",
                         .is_required = true,
                         .schema = schema::text("A purpose code", {.max_length = 60})}},
         .responses = {
             {.description = "The flags, in the words and codes of the national catalogue", .schema = summary}}});
}

} // namespace reachable::app
