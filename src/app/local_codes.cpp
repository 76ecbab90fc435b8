#include "app/local_codes.h"

#include "base/csv.h"
#include "capabilities/flags/local_codes.h"
#include "capabilities/flags/local_flags.h"
#include "clocks/london.h"
#include "policy/question.h"
#include "web/components/table.h"
#include "web/json_exchange.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using accounts::Session;
using derived::Visit;
using web::Page;
using web::Request;
using web::Response;

constexpr std::string_view look_at_local_codes = "local-codes.read";
/// A smaller count may tell which child it is.
constexpr std::int64_t fewest_children_told = 5;

/// A code as it is shown.
struct LocalCodeLine {
    std::string organisation;
    std::string system;
    std::string code;
    std::string meaning;                  // as its organisation calls it; empty: nobody has said
    std::string national;                 // the national code; empty: it is not mapped
    std::optional<std::int64_t> children; // none: fewer than may be told
    CivilDate first_seen;
    CivilDate last_seen;
};

LocalCodeLine line_of(const casework::Desk& desk, const accounts::Agency& agency, const flags::LocalCodeUse& use,
                      CivilDate day)
{
    LocalCodeLine line{.organisation = agency.name,
                       .system = use.system,
                       .code = use.code,
                       .meaning = {},
                       .national = {},
                       .children = use.children,
                       .first_seen = clocks::london_day(use.first_seen),
                       .last_seen = clocks::london_day(use.last_seen)};
    if (use.children < fewest_children_told) line.children.reset();
    if (const auto* mapped = flags::find_local_code(desk.lists, agency.code, use.system, use.code, day)) {
        line.meaning = mapped->label;
        line.national = flags::national_code_of(*mapped);
    }
    return line;
}

/// Those of the own organisation, and of every one for whoever runs the service; what is not mapped first. Decided by
/// the policy, and noted with the read or with the refusal.
Result<std::vector<LocalCodeLine>> read_lines(const Service& service, const Session& session, RequestId request,
                                              UtcTime now)
{
    const auto& desk = service.desk();
    const auto asked = casework::policy_request(session, std::string(look_at_local_codes), now);
    const auto decision = desk.policy.decide(asked);
    if (!decision.is_allowed) {
        note_refusal(service, session, request, look_at_local_codes, decision, asked);
        return refuse(ProblemKind::not_found, "There is no such page");
    }
    const bool is_of_all = session.agency_kind == accounts::AgencyKind::operator_;
    std::vector<LocalCodeLine> lines;
    const auto read = [&](storage::Transaction& transaction) {
        lines.clear();
        for (const auto& use : flags::local_codes_used(transaction, is_of_all ? AgencyId{} : session.agency))
            if (const auto agency = accounts::find_agency(transaction, use.agency))
                lines.push_back(line_of(desk, *agency, use, clocks::london_day(now)));
    };
    desk.database.observe(read, [&](storage::Transaction& transaction) {
        auto entry = casework::audit_entry(desk, session, request, {}, decision, now);
        entry.operation = audit::Operation::look;
        entry.action = look_at_local_codes;
        entry.outcome = "done";
        entry.question = policy::question_of(asked);
        desk.log.append(transaction, std::move(entry));
    });
    std::ranges::stable_sort(lines, {}, [](const LocalCodeLine& line) { return !line.national.empty(); });
    return lines;
}

std::string children_told(const LocalCodeLine& line)
{
    return line.children ? std::to_string(*line.children) : fmt::format("fewer than {}", fewest_children_told);
}

std::string mapped_words(const casework::Desk& desk, const LocalCodeLine& line)
{
    if (line.national.empty()) return "Not mapped";
    return fmt::format("{} ({})", desk.lists.label_of("flags.catalogue", line.national), line.national);
}

/// "2 of 5 codes are not mapped to a national code.", and what is to be done about it.
web::Html how_many_are_mapped(const std::vector<LocalCodeLine>& lines)
{
    const auto count = std::ranges::count_if(lines, [](const LocalCodeLine& one) { return one.national.empty(); });
    if (count == 0) return web::paragraph("Every code that was sent is mapped to a national code.");
    web::Html html;
    html.lit("<p class=\"govuk-body\"><strong>")
        << fmt::format("{} of {} code{} {} not mapped to a national code.", count, lines.size(),
                       lines.size() == 1 ? "" : "s", count == 1 ? "is" : "are");
    return html.lit("</strong> Such a code stands for no flag. Tell the owner of the national catalogue what it means: "
                    "when it is on the list of local codes, the flags of the children who are still marked with it are "
                    "proposed.</p>");
}

web::Table table_of(const casework::Desk& desk, const std::vector<LocalCodeLine>& lines, bool is_of_all)
{
    web::Table table{.caption = "Local codes, those that are not mapped first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Code"},
                              {.text = "Called there"},
                              {.text = "National code"},
                              {.text = "Children now"},
                              {.text = "First seen"},
                              {.text = "Last seen"}}};
    for (const auto& line : lines) {
        auto name = fmt::format("{} of {}", line.code, line.system);
        if (is_of_all) name += ", " + line.organisation;
        table.rows.push_back({{.text = name},
                              {.text = line.meaning.empty() ? std::string("Nobody has said") : line.meaning},
                              {.text = mapped_words(desk, line)},
                              {.text = children_told(line)},
                              {.text = clocks::day_words(line.first_seen)},
                              {.text = clocks::day_words(line.last_seen)}});
    }
    return table;
}

Result<Page> local_codes_page(const Service& service, const Visit& visit)
{
    const auto lines = TRY(read_lines(service, visit.session, visit.request.id, visit.now));
    Page page{.title = "Local codes of flags", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Local codes of flags")
              << web::paragraph("What your own systems mark children with, as their feeds carry it. A code that is "
                                "mapped proposes its national flag, and somebody who decides on flags accepts or "
                                "declines that. No child is named here, and fewer than 5 are not counted.");
    if (lines.empty()) {
        page.main << web::paragraph("No feed has carried a local code yet.");
        return page;
    }
    page.main << how_many_are_mapped(lines);
    page.main << web::stacked(
        table_of(service.desk(), lines, visit.session.agency_kind == accounts::AgencyKind::operator_));
    page.main.lit("<p class=\"govuk-body\">") << web::link("/flags/local-codes.csv", "The same as a table (CSV)");
    page.main.lit("</p><p class=\"govuk-body\">") << web::link("/flags/catalogue", "The national catalogue of flags");
    page.main.lit("</p>");
    return page;
}

Response csv_of(const std::vector<LocalCodeLine>& lines)
{
    CsvTable table{
        .header = {"organisation", "system", "code", "label", "national", "children", "first_seen", "last_seen"},
        .rows = {}};
    for (const auto& line : lines)
        table.rows.push_back({.line = 0,
                              .cells = {line.organisation, line.system, line.code, line.meaning, line.national,
                                        children_told(line), to_iso(line.first_seen), to_iso(line.last_seen)}});
    auto response = web::respond(200, "text/csv; charset=utf-8", write_csv(table));
    response.set("Content-Disposition", "attachment; filename=\"local-codes.csv\"");
    return response;
}

Json json_of(const LocalCodeLine& line)
{
    auto json = Json::object();
    json.set("organisation", line.organisation).set("system", line.system).set("code", line.code);
    json.set("label", line.meaning).set("national", line.national.empty() ? Json() : Json(line.national));
    json.set("children", line.children ? Json(*line.children) : Json());
    return json.set("first_seen", to_iso(line.first_seen)).set("last_seen", to_iso(line.last_seen));
}

Result<Response> answer_with_codes(const Service& service, const Session& session, const Request& request)
{
    auto codes = Json::list();
    for (const auto& line : TRY(read_lines(service, session, request.id, service.time().now())))
        codes.add(json_of(line));
    return web::json_response(200, Json::object().set("codes", std::move(codes)));
}

} // namespace

void add_local_codes_pages(web::Router& router, const Service& service)
{
    const auto& site = service.site();
    site.page(router, "/flags/local-codes",
              [&service](const Visit& visit) { return local_codes_page(service, visit); });
    router.get("/flags/local-codes.csv", [&service](const Request& request) {
        const auto session = service.site().session_of(request);
        // The page sends whoever is not signed in, or has no purpose, where they choose that.
        if (!session || session->purpose.empty()) return web::see_other("/flags/local-codes");
        const auto now = service.time().now();
        const auto lines = read_lines(service, *session, request.id, now);
        if (lines) return csv_of(*lines);
        return service.site().show(derived::refusal_page(lines.error()), {request, *session, now}, 404);
    });
}

void add_local_codes_route(web::Router& router, const Service& service,
                           std::function<Result<Session>(const Request&)> session_of)
{
    router.get("/api/v1/flags/local-codes", [&service, session_of = std::move(session_of)](const Request& request) {
        const auto session = session_of(request);
        auto response = session ? answer_with_codes(service, *session, request)
                                : Result<Response>(tl::unexpected<Problems>(session.error()));
        return response ? std::move(*response) : web::problem_response(response.error(), request);
    });
}

void describe_local_codes(api::ApiDescription& api)
{
    namespace schema = api::schema;
    const auto code = schema::object(
        "A code that a system marks children with",
        {{"organisation", schema::text("Whose system it is")},
         {"system", schema::text("The system")},
         {"code", schema::text("The code there")},
         {"label", schema::text("What the list of local codes calls it; often empty")},
         {"national", schema::nullable(schema::text("The national code that it is a child of; null: not mapped"))},
         {"children", schema::nullable(schema::whole_number("How many are marked with it now; null: fewer than 5",
                                                            fewest_children_told, 1'000'000'000))},
         {"first_seen", schema::date("The first day on which a feed carried it")},
         {"last_seen", schema::date("The last day on which one did")}});
    api.operations.push_back(
        {.method = "get",
         .path = "/flags/local-codes",
         .operation_id = "flags_local_codes",
         .summary = "Read which local codes your feeds carry, and which national code each is mapped to",
         .description = "What is not mapped comes first, and stands for no flag. No child is named. Each read stands "
                        "in the audit.",
         .tags = {"feeds"},
         .parameters = {{.name = "Purpose",
                         .place = api::Place::header,
                         .description = "What you ask for this for: administration. It is never assumed.",
                         .is_required = true,
                         .schema = schema::text("A purpose code", {.max_length = 60})}},
         .responses = {{.description = "The codes",
                        .schema = schema::object("Local codes", {{"codes", schema::array("One for each code of each "
                                                                                         "system",
                                                                                         code, 10'000)}})}}});
}

} // namespace reachable::app
