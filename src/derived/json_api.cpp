#include "derived/json_api.h"

#include "api/etag.h"
#include "api/json.h"
#include "api/problem.h"

#include <charconv>
#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

namespace {

using web::Request;
using web::Response;

Response json_response(int status, const Json& json)
{
    return web::respond(status, "application/json", api::write_json(json));
}

Result<std::int64_t> number_in(std::string_view text, std::string_view field)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && number >= 0) return number;
    return refuse(ProblemKind::malformed, "Give a whole number", std::string(field));
}

Json acted_to_json(const Acted& acted)
{
    auto json = Json::object();
    json.set("id", acted.id.text()).set("version", acted.version).set("state", acted.state);
    return json;
}

Json time_json(const std::optional<UtcTime>& time)
{
    return time ? Json(to_iso(*time)) : Json();
}

std::string_view standing_of(const ClockRow& clock, UtcTime now)
{
    switch (clocks::standing(clock.due_at, clock.first_warning_at, clock.stopped_at, now)) {
    case clocks::Standing::on_time:
        return "on_time";
    case clocks::Standing::due_soon:
        return "due_soon";
    case clocks::Standing::overdue:
        return "overdue";
    case clocks::Standing::stopped_in_time:
        return "stopped_in_time";
    case clocks::Standing::stopped_late:
        return "stopped_late";
    }
    throw Bug("a clock stands nowhere known");
}

Json clocks_to_json(std::span<const ClockRow> clocks, UtcTime now)
{
    auto list = Json::list();
    for (const auto& clock : clocks) {
        auto json = Json::object();
        json.set("code", clock.code).set("instance", clock.instance).set("standing", standing_of(clock, now));
        json.set("started_at", to_iso(clock.started_at)).set("due_at", to_iso(clock.due_at));
        json.set("stopped_at", time_json(clock.stopped_at)).set("breached_at", time_json(clock.breached_at));
        list.add(std::move(json));
    }
    return list;
}

Json head_to_json(const CaseHead& head)
{
    auto json = Json::object();
    json.set("id", head.id.text()).set("type", head.type).set("version", head.version).set("state", head.state);
    json.set("opened_at", to_iso(head.opened_at)).set("changed_at", to_iso(head.changed_at));
    return json;
}

/// The body as named values. An empty body stands for none.
Result<Json> asked_in(const Request& request)
{
    if (request.body.empty()) return Json::object();
    if (!request.header("content-type").starts_with("application/json"))
        return refuse(ProblemKind::malformed, "Send the values as application/json");
    return api::parse_json(request.body);
}

Result<std::string> key_in(const Request& request)
{
    std::string key(request.header("idempotency-key"));
    if (key.empty())
        return refuse(ProblemKind::missing, "Send an Idempotency-Key header, so that sending twice does it once",
                      "Idempotency-Key");
    return key;
}

std::string_view opening_action(const CaseType& type)
{
    for (const auto& action : type.actions)
        if (action.from.has(nothing_yet)) return action.name;
    throw Bug("a case type that nothing opens");
}

Response acted_response(const ApiSettings& settings, std::string_view type, const Acted& acted, int status)
{
    (void)settings;
    auto response = json_response(status, acted_to_json(acted));
    response.set("ETag", api::etag_of(acted.version));
    if (status == 201) response.set("Location", fmt::format("/api/v1/{}/{}", type, acted.id.text()));
    if (acted.is_repeat) response.set("Idempotent-Replayed", "true");
    return response;
}

Result<Response> open_case(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    Act act{.type = type.name,
            .action = std::string(opening_action(type)),
            .key = TRY(key_in(request)),
            .asked = TRY(asked_in(request))};
    const auto acted = TRY(casework::act(settings.desk, session, request.id, act, settings.time.now()));
    return acted_response(settings, type.name, acted, 201);
}

Result<CaseId> case_in(const Request& request)
{
    auto id = CaseId::parse(request.path_values.at("id"));
    if (!id) return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
    return id;
}

Result<Response> act_on_case(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    Act act{.type = type.name,
            .action = request.path_values.at("action"),
            .id = TRY(case_in(request)),
            .is_strict = true,
            .key = TRY(key_in(request)),
            .asked = TRY(asked_in(request))};
    const auto match = TRY(api::parse_if_match(request.header("if-match")));
    if (!match.is_any) {
        if (match.only() == nullptr)
            return refuse(ProblemKind::missing, "Send an If-Match header with the ETag you saw", "If-Match");
        act.expected_version = *match.only();
    }
    const auto acted = TRY(casework::act(settings.desk, session, request.id, act, settings.time.now()));
    return acted_response(settings, type.name, acted, 200);
}

Result<Response> see_case(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    Look look{.type = type.name, .id = TRY(case_in(request)), .page = "api"};
    if (request.query.has("version")) look.version = TRY(number_in(request.query.get("version"), "version"));
    if (request.query.has("as_at")) look.as_at = TRY(parse_utc(request.query.get("as_at")));
    const auto now = settings.time.now();
    const auto seen = TRY(casework::look(settings.desk, session, request.id, look, now));
    auto response = json_response(200, seen_to_json(settings.desk, seen, now));
    response.set("ETag", api::etag_of(seen.head.version));
    return response;
}

Result<Response> list_cases(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    ListLook look{.type = type.name, .as_partner = request.query.get("side") == "asked"};
    if (request.query.has("skip"))
        look.skip = static_cast<std::size_t>(TRY(number_in(request.query.get("skip"), "skip")));
    const auto now = settings.time.now();
    const auto listed = TRY(casework::list(settings.desk, session, request.id, look, now));
    auto cases = Json::list();
    for (const auto& one : listed.cases) {
        auto json = head_to_json(one.head);
        json.set("clocks", clocks_to_json(one.clocks, now));
        cases.add(std::move(json));
    }
    auto json = Json::object();
    json.set("cases", std::move(cases)).set("open_count", listed.open_count).set("overdue_count", listed.overdue_count);
    return json_response(200, json);
}

using Answering = Result<Response> (*)(const ApiSettings&, const CaseType&, const Request&);

web::Handler route(const ApiSettings& settings, const CaseType& type, Answering answering)
{
    return [settings, &type, answering](const Request& request) {
        auto response = answering(settings, type, request);
        if (response) return std::move(*response);
        return refusal_response(response.error(), request, request.headers.has("if-match"));
    };
}

} // namespace

Response refusal_response(const Problems& problems, const Request& request, bool by_if_match)
{
    const bool is_unknown = problems.front().kind == ProblemKind::withheld && problems.front().field == "Authorization";
    const auto document =
        is_unknown
            ? api::sign_in_document(request.id.text())
            : api::problem_document(problems, {.instance = request.id.text(),
                                               .conflict = by_if_match ? api::FoundBy::if_match : api::FoundBy::state});
    auto response = web::respond(document.status, document.content_type, document.body);
    if (is_unknown) response.set("WWW-Authenticate", "Bearer");
    return response;
}

Json seen_to_json(const Desk&, const Seen& seen, UtcTime now)
{
    auto json = head_to_json(seen.head);
    if (seen.child) {
        auto child = Json::object();
        child.set("id", seen.child->id.text()).set("name", seen.child->shown_name());
        child.set("born", seen.child->born ? Json(to_iso(*seen.child->born)) : Json());
        json.set("child", std::move(child));
    }
    json.set("facts", facts_to_json(*seen.type, seen.facts.get()));
    json.set("held_back_count", seen.held_back);
    json.set("clocks", clocks_to_json(seen.clocks, now));
    auto may = Json::list();
    for (const auto& action : seen.may) may.add(action);
    return json.set("may", std::move(may));
}

void add_api_routes(web::Router& router, const ApiSettings& settings)
{
    for (const auto* type : settings.desk.types) {
        const auto base = fmt::format("/api/v1/{}", type->name);
        router.post(base, route(settings, *type, open_case));
        router.get(base, route(settings, *type, list_cases));
        router.get(base + "/{id}", route(settings, *type, see_case));
        router.post(base + "/{id}/{action}", route(settings, *type, act_on_case));
    }
}

} // namespace reachable::derived
