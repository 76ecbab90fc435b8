#include "app/missing_changes_api.h"

#include "capabilities/missing/absences.h"
#include "capabilities/missing/missing.h"
#include "derived/json_api.h"
#include "web/json_exchange.h"

#include <algorithm>

namespace reachable::app {
namespace {

using web::Request;
using web::Response;

constexpr std::int64_t most_at_once = 100;

Result<std::int64_t> number_or(const Request& request, std::string_view name, std::int64_t otherwise)
{
    if (!request.query.has(name)) return otherwise;
    const auto number = TRY(web::number_in(request.query, name));
    if (number < 0) return refuse(ProblemKind::malformed, "Give a number that is not below 0", std::string(name));
    return number;
}

/// What the policy closes is left out, as if it had not changed: that it is there is not told either.
Result<Response> changes(const Service& service, const accounts::Session& session, const Request& request)
{
    const auto after = TRY(number_or(request, "after", 0));
    const auto most = std::clamp<std::int64_t>(TRY(number_or(request, "most", 50)), 1, most_at_once);
    const auto now = service.time().now();
    auto episodes = Json::list();
    std::int64_t told = after, read = after, count = 0;
    bool has_more = true;
    while (has_more && count < most) {
        missing::Changes changed;
        service.desk().database.read([&](storage::Transaction& transaction) {
            changed = missing::changes_after(transaction, session.agency, read, static_cast<std::size_t>(most - count));
        });
        for (const auto& one : changed.all) {
            const auto seen =
                derived::look_at_case(service.desk(), session, request.id,
                                      {.type = missing::episode_type().name, .id = one.id, .page = "api"}, now);
            if (!seen) continue;
            episodes.add(Json::object().set("change", one.number).set("episode", derived::seen_to_json(*seen, now)));
            told = one.number;
            count += 1;
        }
        read = changed.last;
        has_more = changed.has_more;
    }
    return web::json_response(
        200, Json::object().set("changes", std::move(episodes)).set("last", told).set("has_more", has_more));
}

/// As it is seen one by one.
Json episode_schema(const api::ApiDescription& api)
{
    const auto one = std::ranges::find_if(api.operations, [](const api::Operation& operation) {
        return operation.method == "get" && operation.path == "/missing/{id}";
    });
    CHECK(one != api.operations.end(), "the API describes no missing episode");
    return one->responses.front().schema.value();
}

} // namespace

void add_missing_changes_route(web::Router& router, const Service& service,
                               std::function<Result<accounts::Session>(const Request&)> session_of)
{
    router.get("/api/v1/missing-changes", [&service, session_of = std::move(session_of)](const Request& request) {
        const auto session = session_of(request);
        auto response =
            session ? changes(service, *session, request) : Result<Response>(tl::unexpected<Problems>(session.error()));
        return response ? std::move(*response) : web::problem_response(response.error(), request);
    });
}

void describe_missing_changes(api::ApiDescription& api)
{
    namespace schema = api::schema;
    constexpr std::int64_t most = 1'000'000'000'000;
    const auto change = schema::object(
        "An episode that changed",
        {{"change", schema::whole_number("The number of its newest change; numbers of a force only grow", 1, most)},
         {"episode", episode_schema(api)}});
    const auto page =
        schema::object("What changed, the oldest first",
                       {{"changes", schema::array("Each episode once, as it stands now", change, most_at_once)},
                        {"last", schema::whole_number("Ask for what came after it the next time", 0, most)},
                        {"has_more", schema::boolean("More changed since")}});
    api.operations.push_back(
        {.method = "get",
         .path = "/missing-changes",
         .operation_id = "missing_changes",
         .summary = "Fetch what changed of the episodes that your force leads or searches for",
         .description =
             "Keep `last` and send it as `after` the next time: each episode that changed since stands there "
             "once, as it is now. What your system sent itself is among it, and says so (`sent_by`). What is "
             "not open to your system's post is left out, and an episode is open while the child is looked "
             "for and for 72 hours afterwards. Each that you are given stands in the audit. A webhook can "
             "tell you when to ask.",
         .tags = {"missing"},
         .parameters = {{.name = "after",
                         .place = api::Place::query,
                         .description = "`last` of the answer before; left out: from the beginning",
                         .schema = schema::whole_number("A change", 0, most)},
                        {.name = "most",
                         .place = api::Place::query,
                         .description = "At most so many changes; 50 if it is left out",
                         .schema = schema::whole_number("A number", 1, most_at_once)},
                        {.name = "Purpose",
                         .place = api::Place::header,
                         .description = "What you fetch it for, such as missing-response. It is never assumed.",
                         .is_required = true,
                         .schema = schema::text("A purpose code", {.max_length = 60})}},
         .responses = {{.description = "What changed", .schema = page}}});
}

} // namespace reachable::app
