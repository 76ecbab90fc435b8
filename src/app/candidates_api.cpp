#include "app/candidates_api.h"

#include "api/json.h"
#include "app/identifier_asked.h"
#include "base/text.h"
#include "casework/search.h"
#include "web/json_exchange.h"

#include <algorithm>
#include <array>

namespace reachable::app {
namespace {

using web::Request;
using web::Response;

constexpr std::array<std::string_view, 6> members{"name", "born", "identifier", "place", "phone", "reason"};
constexpr std::array<std::string_view, 3> members_of_identifier{"type", "issuer", "value"};

void read_identifier(const casework::Desk& desk, const Json& json, UtcTime now, identity::SourceRecord& asked,
                     Problems& problems)
{
    const auto* given = json.find("identifier");
    if (given == nullptr || given->is_null()) return;
    if (given->members() == nullptr)
        return problems.push_back({ProblemKind::malformed, "Give an identifier by its values' names", "identifier"});
    bool is_text = true;
    for (const auto& [name, value] : *given->members()) {
        const auto field = "identifier." + name;
        if (std::ranges::find(members_of_identifier, name) == members_of_identifier.end())
            problems.push_back({ProblemKind::malformed, "This search does not ask for that", field});
        else if (value.text() == nullptr && !value.is_null())
            problems.push_back({ProblemKind::malformed, "Give this as text", field});
        else
            continue;
        is_text = false;
    }
    if (!is_text) return;
    const IdentifierAsked typed{.kind = std::string(given->text_of("type")),
                                .issuer = std::string(given->text_of("issuer")),
                                .number = std::string(given->text_of("value")),
                                .kind_field = "identifier.type",
                                .issuer_field = "identifier.issuer",
                                .number_field = "identifier.value"};
    if (trim(typed.kind).empty() && trim(typed.issuer).empty() && trim(typed.number).empty())
        problems.push_back({ProblemKind::missing, "Give an identifier as its type and its value", "identifier"});
    add_identifier(desk, typed, now, asked, problems);
}

/// A system asks before it books a child in, so no reason is asked for; one that is given stands in the log.
Result<casework::Search> read_asked(const casework::Desk& desk, const Request& request, UtcTime now)
{
    if (!request.header("content-type").starts_with("application/json"))
        return refuse(ProblemKind::malformed, "Send the values as application/json");
    const auto json = TRY(api::parse_json(request.body));
    Problems problems;
    if (json.members() == nullptr) return refuse(ProblemKind::malformed, "Give the values by name");
    for (const auto& [name, value] : *json.members())
        if (std::ranges::find(members, name) == members.end())
            problems.push_back({ProblemKind::malformed, "This search does not ask for that", name});
        else if (name != "identifier" && value.text() == nullptr && !value.is_null())
            problems.push_back({ProblemKind::malformed, "Give this as text", name});
    std::optional<PartialDate> known;
    if (const auto* born = json.find("born"); born != nullptr && !born->is_null()) {
        const auto date = parse_partial_date(json.text_of("born"));
        if (date)
            known = *date;
        else
            problems.push_back(
                {ProblemKind::malformed, "Give the date of birth as 2011-05-17, 2011-05 or 2011", "born"});
    }
    const auto name = std::string(trim(json.text_of("name")));
    casework::Search search{.asked = identity::described_by(name, known),
                            .reason = std::string(trim(json.text_of("reason"))),
                            .searched_for = casework::SearchedFor::booking};
    read_identifier(desk, json, now, search.asked, problems);
    if (name.empty() && search.asked.identifiers.empty() && problems.empty())
        problems.push_back({ProblemKind::missing, "Enter: Full name", "name"});
    if (const auto place = json.text_of("place"); !trim(place).empty()) identity::add_place(search.asked, place);
    if (const auto phone = json.text_of("phone"); !trim(phone).empty()) search.asked.phones.emplace_back(phone);
    if (!problems.empty()) return refuse(std::move(problems));
    return search;
}

Json to_json(const casework::Candidate& candidate)
{
    auto reasons = Json::list();
    for (const auto& reason : candidate.reasons) reasons.add(reason);
    auto json = Json::object();
    json.set("id", candidate.child.id.text()).set("name", candidate.child.names.front().as_given);
    json.set("born", candidate.child.born ? Json(to_iso(*candidate.child.born)) : Json());
    json.set("area", candidate.area.empty() ? Json() : Json(candidate.area));
    auto facts = Json::list();
    for (const auto& fact : candidate.would_settle) facts.add(fact);
    auto also_as = Json::list();
    for (const auto& name : candidate.also_as) also_as.add(name);
    json.set("reasons", std::move(reasons)).set("would_settle", std::move(facts));
    return json.set("also_as", std::move(also_as));
}

Result<Response> answer(const Service& service, const accounts::Session& session, const Request& request)
{
    const auto now = service.time().now();
    const auto asked = TRY(read_asked(service.desk(), request, now));
    const auto found = TRY(casework::search_children(service.desk(), session, request.id, asked, now));
    auto candidates = Json::list();
    for (const auto& candidate : found.likely) candidates.add(to_json(candidate));
    const auto json = Json::object().set("candidates", std::move(candidates));
    return web::json_response(200, json);
}

Json identifier_schema()
{
    namespace schema = api::schema;
    return schema::object(
        "A number that a system gave the child",
        {{"type", schema::text("Whose it is: a code of the list data/identity/identifier_kinds.csv, "
                               "such as pnc, upn or la")},
         {"issuer", schema::text("The organisation, where it is a number of that organisation's own system"), false},
         {"value", schema::text("The number")}});
}

Json candidate_schema()
{
    namespace schema = api::schema;
    return schema::object(
        "A child who may be this one",
        {{"id", schema::id("The child's record: give it as `child` when you book in, if you are sure")},
         {"name", schema::text("The name on record", {.max_length = 500})},
         {"born", schema::nullable(schema::partial_date("Date of birth"))},
         {"area", schema::nullable(schema::text("The authority where the child lives, or that is responsible"))},
         {"reasons", schema::array("Why, in words; never a score", schema::text("A reason"), 20)},
         {"would_settle",
          schema::array("Facts of which one more would tell whether it is the child", schema::text("A fact"), 2)},
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
        if (response) return std::move(*response);
        auto refused = web::problem_response(response.error(), request);
        if (response.error().front().kind == ProblemKind::too_many) {
            const auto wait = casework::wait_before_searching(service.desk(), *session, service.time().now());
            refused.set("Retry-After", std::to_string(wait.count()));
        }
        return refused;
    });
}

void describe_candidates(api::ApiDescription& api)
{
    namespace schema = api::schema;
    const auto asked = schema::object(
        "Whom you look for",
        {{"name", schema::text("Full name, as given", {.max_length = 500}), false},
         {"born", schema::partial_date("Date of birth, as far as it is known"), false},
         {"identifier", identifier_schema(), false},
         {"place", schema::text("A postcode or an address", {.max_length = 500}), false},
         {"phone", schema::text("A telephone number of the child"), false},
         {"reason", schema::text("Why the child is looked for; kept with the log", {.max_length = 500}), false}});
    const auto found =
        schema::object("Children who may be this one",
                       {{"candidates", schema::array("At most ten, the likeliest first", candidate_schema(), 10)}});
    api.tags.push_back({"children", "Children who may be known already"});
    api.operations.push_back(
        {.method = "post",
         .path = "/children/candidates",
         .operation_id = "children_candidates",
         .summary = "Ask whether a child is known already",
         .description = "Ask this before you book a child in: with two names, or one and the birth date, or an "
                        "identifier. Booking in without `child` opens a new record and offers "
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
