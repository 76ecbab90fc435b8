#include "derived/json_api.h"

#include "api/etag.h"
#include "derived/site.h"
#include "web/json_exchange.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

namespace {

using records::json_of;
using web::Request;
using web::Response;

Json clocks_to_json(std::span<const ClockRow> clocks, UtcTime now)
{
    auto list = Json::list();
    for (const auto& clock : clocks) {
        const auto standing = clocks::standing(clock.due_at, clock.first_warning_at, clock.stopped_at, now);
        auto json = Json::object().set("code", clock.code).set("instance", clock.instance);
        json.set("standing", clocks::code_of(standing)).set("started_at", to_iso(clock.started_at));
        json.set("due_at", to_iso(clock.due_at)).set("stopped_at", json_of(clock.stopped_at));
        json.set("breached_at", json_of(clock.breached_at)).set("corrected_at", json_of(clock.corrected_at));
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

/// Does what the path names, or opens a case where it names none.
Result<Response> do_act(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    const auto named = request.path_values.find("action");
    const bool opens = named == request.path_values.end();
    const auto opening = std::ranges::find_if(type.actions, &Action::opens);
    Act act{.type = type.name,
            .action = opens ? std::string(opening->name) : named->second,
            .id = opens ? CaseId{} : TRY(case_id_in(request)),
            .is_strict = !opens,
            .key = TRY(web::idempotency_key(request)),
            .asked = TRY(web::json_body(request))};
    if (!opens) act.expected_version = TRY(web::version_to_match(request));
    const auto now = settings.time.now();
    const auto done = casework::act(settings.desk, session, request.id, act, now);
    if (!done) return refuse(as_told(settings.desk, session, act, done.error(), now));
    const auto& acted = *done;
    const auto json = Json::object().set("id", acted.id.text()).set("version", acted.version).set("state", acted.state);
    auto response = web::json_response(opens ? 201 : 200, json);
    response.set("ETag", api::etag_of(acted.version));
    if (opens) response.set("Location", fmt::format("/api/v1/{}/{}", type.name, acted.id.text()));
    if (acted.is_repeat) response.set("Idempotent-Replayed", "true");
    return response;
}

Result<Response> see_case(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    Look look{.type = type.name, .id = TRY(case_id_in(request)), .page = "api"};
    if (request.query.has("version")) look.version = TRY(web::number_in(request.query, "version"));
    if (request.query.has("as_at")) look.as_at = TRY(parse_utc(request.query.get("as_at")));
    const auto now = settings.time.now();
    const auto seen = TRY(look_at_case(settings.desk, session, request.id, look, now));
    auto response = web::json_response(200, seen_to_json(seen, now));
    if (shows_how_it_goes(seen)) response.set("ETag", api::etag_of(seen.head.version));
    return response;
}

Result<Response> list_cases(const ApiSettings& settings, const CaseType& type, const Request& request)
{
    const auto session = TRY(settings.session_of(request));
    ListLook look{.type = type.name, .whose = request.query.get("side") == "asked" ? Whose::desk : Whose::team};
    if (request.query.has("skip")) look.skip = static_cast<std::size_t>(TRY(web::number_in(request.query, "skip")));
    const auto now = settings.time.now();
    const auto listed = TRY(casework::list(settings.desk, session, request.id, look, now));
    auto cases = Json::list();
    for (const auto& one : listed.cases)
        cases.add(head_to_json(one.head).set("clocks", clocks_to_json(one.clocks, now)));
    auto json = Json::object().set("cases", std::move(cases)).set("open_count", listed.open_count);
    json.set("overdue_count", listed.overdue_count);
    return web::json_response(200, json);
}

using Answering = Result<Response> (*)(const ApiSettings&, const CaseType&, const Request&);

web::Handler route(const ApiSettings& settings, const CaseType& type, Answering answering)
{
    return [settings, &type, answering](const Request& request) {
        auto response = answering(settings, type, request);
        if (response) return std::move(*response);
        return web::problem_response(response.error(), request);
    };
}

} // namespace

Json seen_to_json(const Seen& seen, UtcTime now)
{
    const bool is_whole = shows_how_it_goes(seen);
    auto json = is_whole ? head_to_json(seen.head) : Json::object();
    if (!is_whole) json.set("id", seen.head.id.text()).set("type", seen.head.type);
    if (seen.child && is_whole) {
        auto child = Json::object().set("id", seen.child->id.text()).set("name", seen.child->shown_name());
        json.set("child", child.set("born", json_of(seen.child->born)));
    }
    json.set("facts", facts_to_json(*seen.type, seen.facts.get()));
    if (is_whole) json.set("held_back_count", seen.held_back);
    json.set("clocks", clocks_to_json(seen.clocks, now));
    return json.set("may", json_of(seen.may));
}

void add_api_routes(web::Router& router, const ApiSettings& settings)
{
    for (const auto* type : settings.desk.types) {
        const auto base = fmt::format("/api/v1/{}", type->name);
        router.post(base, route(settings, *type, do_act));
        router.get(base, route(settings, *type, list_cases));
        router.get(base + "/{id}", route(settings, *type, see_case));
        router.post(base + "/{id}/{action}", route(settings, *type, do_act));
    }
}

} // namespace reachable::derived
