#include "app/feeds_api.h"

#include "app/consequences.h"
#include "app/import_words.h"
#include "app/text_files.h"
#include "base/text.h"
#include "capabilities/flags/local_flags.h"
#include "capabilities/missing/sent_episodes.h"
#include "capabilities/missing/sent_mapping.h"
#include "clocks/london.h"
#include "identity/feed.h"
#include "identity/source_mapping.h"
#include "web/json_exchange.h"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>

namespace reachable::app {
namespace {

using accounts::Session;
using identity::Import;
using storage::Transaction;
using web::Request;
using web::Response;

/// Custody waits for no batch: each is short.
constexpr std::size_t rows_in_a_batch = 100;
constexpr std::size_t most_set_aside_told = 100;
constexpr std::string_view action = "feed.send";

/// Nothing but the name of a file stands in such a name.
bool is_name(std::string_view text)
{
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, is_plain);
}

/// Of people or of missing episodes; the examples are there for a demonstration.
Result<std::string> installed_mapping(const Service& service, std::string_view name)
{
    const std::filesystem::path folder = service.settings().data_folder;
    auto text = Result<std::string>(refuse(ProblemKind::not_found, "There is no such mapping"));
    for (const auto* room : {"identity", "missing"}) {
        if (!text) text = text_of(folder / room / "mappings" / fmt::format("{}.map", name));
        if (!text && service.settings().is_demo)
            text = text_of(folder / room / "examples" / fmt::format("{}.map", name));
    }
    return text;
}

struct Meant {
    std::string source;
    std::string agency;
};
Result<Meant> owner_of(const Service& service, std::string_view mapping)
{
    if (!missing::is_of_episodes(mapping)) {
        const auto read = TRY(identity::read_mapping(mapping));
        return Meant{read.source, read.agency};
    }
    const auto read =
        TRY(missing::read_sent_mapping(mapping, service.desk().lists, clocks::london_day(service.time().now())));
    return Meant{read.source, read.agency};
}

/// The mapping of that name, if it is of this source and of the agency that sends it. One of another agency is refused
/// in the same words as one that is not there.
Result<std::string> mapping_of(const Service& service, const Session& session, const Request& request)
{
    const auto name = request.query.get("mapping");
    if (!is_name(name))
        return refuse(ProblemKind::missing, "Name the mapping, as your administrator called it: ?mapping=", "mapping");
    const auto unknown = [] {
        return refuse(ProblemKind::not_found, "There is no such mapping of this source for your agency", "mapping");
    };
    auto text = installed_mapping(service, name);
    if (!text) return unknown();
    const auto meant = TRY(owner_of(service, *text));
    std::string own;
    service.desk().database.read([&](Transaction& transaction) {
        const auto agency = accounts::find_agency(transaction, session.agency);
        own = agency ? agency->code : std::string{};
    });
    const auto source = request.path_values.find("source");
    if (own.empty() || meant.agency != own || meant.source != source->second) return unknown();
    return std::move(*text);
}

Json to_json(const identity::FeedReport& report, const std::vector<identity::QuarantinedRow>& set_aside, bool is_dry)
{
    const auto& import = report.import;
    auto reasons = Json::list();
    for (const auto& [reason, count] : report.reasons)
        reasons.add(Json::object().set("reason", reason).set("rows", count));
    auto rows = Json::list();
    for (std::size_t i = 0; i < std::min(most_set_aside_told, set_aside.size()); ++i) {
        auto words = Json::list();
        for (const auto& reason : set_aside[i].reasons) words.add(reason);
        rows.add(Json::object()
                     .set("row", set_aside[i].row)
                     .set("line", set_aside[i].line)
                     .set("reasons", std::move(words)));
    }
    auto empty = Json::list();
    for (const auto& column : report.never_filled) empty.add(column);
    const auto local = Json::object()
                           .set("carried", report.local_flags.carried)
                           .set("mapped", report.local_flags.carried - report.local_flags.not_mapped)
                           .set("not_mapped", report.local_flags.not_mapped);
    auto json = Json::object();
    json.set("import", is_dry ? Json() : Json(import.number)).set("source", import.source);
    json.set("rows", import.counts.rows).set("new", import.counts.is_new).set("changed", import.counts.changed);
    json.set("withdrawn", import.counts.withdrawn).set("same", import.counts.same);
    json.set("set_aside", import.counts.quarantined).set("rows_before", report.rows_before);
    json.set("reasons", std::move(reasons)).set("set_aside_rows", std::move(rows));
    return json.set("never_filled", std::move(empty)).set("local_flags", local);
}

/// One sender at a time: two of one source would take turns within one import.
class Feeds {
  public:
    explicit Feeds(const Service& service) : service_(service) {}

    Result<Response> take(const Session& session, const Request& request)
    {
        const auto asked = casework::policy_request(session, std::string(action), service_.time().now());
        const auto decision = service_.desk().policy.decide(asked);
        if (!decision.is_allowed) {
            note_refusal(service_, session, request.id, action, decision, asked);
            return refuse(ProblemKind::withheld, "Your system may not send a feed", "");
        }
        // A mistyped "dry_run" must not import in earnest.
        for (const auto& [name, value] : request.query.all())
            if ((name != "dry_run" && name != "mapping") || request.query.all_of(name).size() > 1)
                return refuse(ProblemKind::malformed, "Say mapping and dry_run, once each", name);
        const auto dry = request.query.get("dry_run");
        if (!dry.empty() && dry != "yes" && dry != "no")
            return refuse(ProblemKind::malformed, "dry_run is yes or no", "dry_run");
        const auto mapping = TRY(mapping_of(service_, session, request));
        if (request.body.empty()) return refuse(ProblemKind::missing, "Send a table (CSV) or JSON as the body", "");
        const std::unique_lock only(one_at_a_time_, std::try_to_lock);
        if (!only)
            return refuse(ProblemKind::too_many, "Another feed is being taken in. Send this one again in a minute");
        return import(session, request, decision, mapping, dry == "yes");
    }

  private:
    Result<Response> import(const Session& session, const Request& request, const policy::Decision& decision,
                            const std::string& mapping, bool is_dry)
    {
        const identity::Feed feed{
            .agency = session.agency, .file_name = "sent over the API", .text = request.body, .mapping = mapping};
        const auto note = [&](Transaction& transaction, std::string_view what, const Import& before,
                              const Import& after) {
            auto entry =
                casework::audit_entry(service_.desk(), session, request.id, {}, decision, service_.time().now());
            entry.operation = audit::Operation::administration;
            entry.action = what;
            entry.recipients = is_dry ? std::string{} : handle_of(after.number);
            entry.reason_code = counts_as_code(before.counts, after.counts);
            entry.outcome = "done";
            service_.desk().log.append(transaction, std::move(entry));
        };
        std::vector<identity::QuarantinedRow> set_aside;
        const identity::FeedWork work{
            .now = [this] { return service_.time().now(); },
            .kept = is_dry ? identity::Kept::no : identity::Kept::yes,
            .rows_in_a_batch = rows_in_a_batch,
            .account = [&](Transaction& transaction, const Import& before,
                           const Import& after) { note(transaction, batch_in_log(after), before, after); },
            .set_aside = [&](const identity::QuarantinedRow& row) { set_aside.push_back(row); },
            .local_flags =
                [&](Transaction& transaction, const identity::LocalFlagsSent& sent, UtcTime now) {
                    return flags::take_local_flags(service_.desk(), transaction, sent, now);
                }};
        const auto report = TRY(missing::is_of_episodes(mapping)
                                    ? missing::import_episodes(service_.desk(), feed, work, at_once_of_feeds())
                                    : identity::import_feed(service_.desk().database, feed, work));
        if (is_dry)
            service_.desk().database.write(
                [&](Transaction& transaction) { note(transaction, "identity.import_tried", {}, report.import); });
        return web::json_response(200, to_json(report, set_aside, is_dry));
    }

    const Service& service_;
    std::mutex one_at_a_time_;
};

Json report_schema()
{
    namespace schema = api::schema;
    constexpr std::int64_t most = 1'000'000'000;
    const auto count = [&](std::string_view words) { return schema::whole_number(words, 0, most); };
    const auto reason = schema::object("Why rows were set aside", {{"reason", schema::text("The row …")},
                                                                   {"rows", count("How many rows for this reason")}});
    const auto row = schema::object("A row that was not taken",
                                    {{"row", count("Its number, from 1")},
                                     {"line", count("The line of the body where it begins")},
                                     {"reasons", schema::array("Why; never a value", schema::text("The row …"), 50)}});
    const auto local =
        schema::object("The local flags that the rows carried, where the mapping names their column",
                       {{"carried", count("All of them")},
                        {"mapped", count("Its code is mapped to a national one")},
                        {"not_mapped", count("Its code is mapped to no national code yet: it is kept")}});
    return schema::object(
        "What was done with the rows; each is counted once",
        {{"import", schema::nullable(count("The number of the import; null for a dry run"))},
         {"source", schema::text("The source")},
         {"rows", count("All rows")},
         {"new", count("Records that were not known")},
         {"changed", count("Records that say something new")},
         {"withdrawn", count("Records that their system deleted")},
         {"same", count("Rows that changed nothing")},
         {"set_aside", count("Rows that could not be taken")},
         {"rows_before", count("Rows that an earlier request had done before it was interrupted")},
         {"reasons", schema::array("Why rows were set aside", reason, 10'000)},
         {"set_aside_rows", schema::array("The first hundred rows set aside", row, most_set_aside_told)},
         {"never_filled",
          schema::array("Columns of the mapping with no value in any row", schema::text("Column"), 200)},
         {"local_flags", local}});
}

} // namespace

void add_feeds_route(web::Router& router, const Service& service,
                     std::function<Result<Session>(const Request&)> session_of)
{
    const auto feeds = std::make_shared<Feeds>(service);
    router.post("/api/v1/feeds/{source}", [feeds, session_of = std::move(session_of)](const Request& request) {
        const auto session = session_of(request);
        auto response =
            session ? feeds->take(*session, request) : Result<Response>(tl::unexpected<Problems>(session.error()));
        return response ? std::move(*response) : web::problem_response(response.error(), request);
    });
}

void describe_feeds(api::ApiDescription& api)
{
    namespace schema = api::schema;
    api.tags.push_back({"feeds", "The people and the missing episodes that a system of your own knows"});
    api.operations.push_back(
        {.method = "post",
         .path = "/feeds/{source}",
         .operation_id = "feeds_send",
         .summary = "Send the people your system knows, or its missing episodes",
         .description =
             "The body is a table (CSV with a header, UTF-8) or JSON (a list of objects, or one object a line), at "
             "most 1 MiB. Send a larger feed in several requests, each with its header: a record is known by its "
             "reference, so that parts may come in any order and again. The same rows again change nothing; a request "
             "that was interrupted goes on where it stopped when it is sent again. A row that cannot be taken is set "
             "aside with its reasons, and the others are taken. Nobody is joined by it. A row may carry what your "
             "system marks the child with in codes of its own (local_flags in the mapping): in a cell as "
             "system|code|since|reason, divided by semicolons, or as a list of objects with these members. A code that "
             "is mapped to a national one proposes that flag once; any other is kept until it is mapped. A mapping of "
             "missing episodes (rows = episodes) takes those: a row is known by its reference, a changed one is a new "
             "version of the episode, and one that your system deleted is kept and counted as reclassified.",
         .tags = {"feeds"},
         .parameters = {{.name = "source",
                         .place = api::Place::path,
                         .description = "The name of your system, as its mapping says",
                         .is_required = true,
                         .schema = schema::text("A source", {.max_length = 100})},
                        {.name = "mapping",
                         .place = api::Place::query,
                         .description = "Which mapping says what the columns mean, among those that the service's "
                                        "administrator installed for your agency",
                         .is_required = true,
                         .schema = schema::text("A mapping", {.max_length = 100, .pattern = "^[a-z0-9-]+$"})},
                        {.name = "dry_run",
                         .place = api::Place::query,
                         .description = "yes: tells what would be done, and keeps nothing",
                         .schema = schema::code("Whether it is a try", {{"yes", "A try"}, {"no", "In earnest"}})},
                        {.name = "Purpose",
                         .place = api::Place::header,
                         .description = "What you send it for: administration. It is never assumed.",
                         .is_required = true,
                         .schema = schema::text("A purpose code", {.max_length = 60})}},
         .request = Json::object().set("description", "Rows"),
         .request_types = {"text/csv", "application/json", "application/x-ndjson"},
         .responses = {{.description = "What was done", .schema = report_schema()}}});
}

} // namespace reachable::app
