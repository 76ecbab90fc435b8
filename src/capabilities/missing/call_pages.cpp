// Calls that ended before a report: those to ring back, one of them, and how long calls take.
#include "capabilities/missing/call.h"
#include "capabilities/missing/call_lengths.h"
#include "capabilities/missing/pages.h"
#include "clocks/london.h"
#include "policy/question.h"
#include "storage/columns.h"
#include "web/components/button.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <fmt/format.h>

namespace reachable::missing {
namespace {

constexpr auto months_shown = hours{24 * 366};

std::string address_of_call(CaseId id)
{
    return "/missing/calls/" + id.text();
}

std::string words_or(const std::string& words, std::string_view otherwise)
{
    return words.empty() ? std::string(otherwise) : words;
}

std::string length_words(seconds length)
{
    return fmt::format("{} min {:02} s", length.count() / 60, length.count() % 60);
}

std::string length_of(const Call& call)
{
    if (!call.call_started_at || !call.ended_at) return "Not known";
    return length_words(*call.ended_at - *call.call_started_at);
}

Result<Seen> look_at_call(const Site& site, const Visit& visit, CaseId id, std::string_view page)
{
    return derived::look_at_case(site.desk, visit.session, visit.request.id,
                                 {.type = call_type().name, .id = id, .page = page}, visit.now);
}

/// Each a look of its own, the one that waits longest first.
Html calls_to_ring_back(const Site& site, const Visit& visit)
{
    constexpr std::size_t most_calls = 100;
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids = storage::ids_at<CaseId>(
            transaction.query(fmt::format("select id from cases where type = $1 and agency = $2 and is_open = 1 order "
                                          "by opened_at, id limit {}",
                                          most_calls),
                              {std::string(call_type().name), storage::to_value(visit.session.agency)}),
            0);
    });
    web::Table table{
        .caption = "To ring back, the longest waiting first",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "Ended"}, {.text = "Number"}, {.text = "Name said"}, {.text = "How far"}, {.text = "Due"}}};
    for (const auto id : ids) {
        const auto seen = look_at_call(site, visit, id, "calls");
        if (!seen) continue;
        const auto& call = seen->as<Call>();
        table.rows.push_back(
            {{.text = web::link(address_of_call(id), call.ended_at ? clocks::wall_date_time(*call.ended_at) : "Call")},
             {.text = words_or(call.number, "Not shown")},
             {.text = words_or(call.name_said, "None")},
             {.text = std::string(site.desk.lists.label_of("missing.questions", call.how_far))},
             {.text = derived::due_words(seen->clocks, visit.now)}});
    }
    if (table.rows.empty()) return web::paragraph("Nobody waits to be rung back.");
    return web::stacked(table);
}

/// The calls of the own force as numbers, for whoever may read a call of it: the question that is asked of one call,
/// with no child in it. What was read stands in the log.
std::vector<CallsOfMonth> read_months(const Site& site, const Visit& visit)
{
    auto asked = casework::policy_request(visit.session, "read", visit.now);
    asked.relationships = {policy::Relationship::searching};
    asked.fields = {call_type().held};
    const auto decision = site.desk.policy.decide(asked);
    std::vector<CallsOfMonth> months;
    if (!decision.is_allowed || decision.fields.front() < policy::Show::generalise) return months;
    auto entry = casework::audit_entry(site.desk, visit.session, visit.request.id, {}, decision, visit.now);
    entry.operation = audit::Operation::look;
    entry.action = "look:call.lengths";
    entry.question = policy::question_of(asked);
    entry.outcome = "done";
    site.desk.database.observe(
        [&](storage::Transaction& transaction) {
            months = calls_by_month(transaction, visit.session.agency, visit.now - months_shown);
        },
        [&](storage::Transaction& transaction) { site.desk.log.append(transaction, entry); });
    return months;
}

/// 2.42, measures: "median call length and abandonment". Numbers of the own force's calls alone.
Html how_long_calls_take(const Site& site, const Visit& visit)
{
    const auto months = read_months(site, visit);
    if (months.empty()) return {};
    web::Table table{.caption = "How long calls take",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Month"},
                              {.text = "Reports"},
                              {.text = "Ended before a report"},
                              {.text = "Half of the reports took at most"}}};
    for (const auto& one : months) {
        const auto all = one.reports + one.ended;
        table.rows.push_back({{.text = fmt::format("{:02}/{}", static_cast<unsigned>(one.month.month()),
                                                   static_cast<int>(one.month.year()))},
                              {.text = std::to_string(one.reports)},
                              {.text = fmt::format("{} of {}, {} in a hundred", one.ended, all, one.ended * 100 / all)},
                              {.text = one.median ? length_words(*one.median)
                                                  : fmt::format("Fewer than {} reports", CallsOfMonth::enough)}});
    }
    return web::stacked(table);
}

Result<Page> calls_page(const Site& site, const Visit& visit)
{
    if (!looks_for_children(visit.session.role))
        return refuse(ProblemKind::withheld, "Calls are rung back by those who take them and look for children");
    Page page{.title = "Calls that ended before a report",
              .back_link = web::BackLink{.text = "Missing children", .href = "/missing"}};
    page.main << web::heading("Calls that ended before a report")
              << web::paragraph(
                     "A child may be missing of whom nobody knows more. Ring back within ten minutes. Nobody "
                     "is asked why they rang off; what would have made the call shorter is.")
              << calls_to_ring_back(site, visit) << how_long_calls_take(site, visit);
    return page;
}

Html link_line(const std::string& address, std::string_view words)
{
    Html html;
    html.lit("<p class=\"govuk-body\">") << web::link(address, words);
    return html.lit("</p>");
}

Html rung_back_so_far(const Site& site, const Call& call)
{
    if (call.rung_back.empty()) return {};
    web::Table table{.caption = "Rung back",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "When"}, {.text = "What came of it"}, {.text = "What was said"}}};
    for (const auto& one : call.rung_back)
        table.rows.push_back({{.text = one.at ? clocks::wall_date_time(*one.at) : std::string()},
                              {.text = std::string(site.desk.lists.label_of("missing.rung_back", one.answer))},
                              {.text = words_or(one.words.words, "Nothing is noted")}});
    return web::stacked(table);
}

constexpr std::string_view in_the_call[] = {"number", "name_said", "how_far", "said", "closed_because"};

Result<Page> call_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = call_type().name, .id = id, .page = "call", .with_history = true}, visit.now));
    const auto& call = seen.as<Call>();
    Page page{.title = "A call that ended before a report",
              .back_link = web::BackLink{.text = "Calls", .href = "/missing/calls"}};
    if (const auto* news_of = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news_of->action)),
                                                 news_of->at);
    page.main << web::heading("A call that ended before a report")
              << web::paragraph(fmt::format("It ended {} and took {}.",
                                            call.ended_at ? "on " + clocks::wall_date_time(*call.ended_at) : "",
                                            length_of(call)))
              << derived::what_is_awaited(seen, visit.now) << derived::rows_of(site.desk, seen, in_the_call)
              << rung_back_so_far(site, call);
    if (seen.may_do("join"))
        page.main << render(web::Button{.text = "Report a child missing", .href = "/missing/report?call=" + id.text()})
                  << link_line("/missing/absence?call=" + id.text(), "Record the absence that the call was about");
    auto others = seen;
    std::erase(others.may, std::string("join")); // the reports do it
    page.main << derived::buttons_of(others);
    if (!call.episode.empty()) page.main << link_line("/missing/" + call.episode, "What it was joined to");
    page.main << derived::link_to_record(seen);
    return page;
}

} // namespace

Html earlier_calls(const Site& site, const Visit& visit, const Seen& episode)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids = ended_calls_from(transaction, visit.session.agency, episode.as<Episode>().contact);
    });
    Html rows;
    for (const auto id : ids) {
        const auto seen = look_at_call(site, visit, id, "calls");
        if (!seen || seen->head.state == joined) continue;
        const auto& call = seen->as<Call>();
        rows.lit("<li>") << web::Text(fmt::format("{}: ", clocks::wall_date_time(call.ended_at.value_or(visit.now))))
                         << web::link(
                                fmt::format("/missing/absence?call={}&episode={}", id.text(), episode.head.id.text()),
                                "record the absence that it was about");
        rows.lit("</li>");
    }
    if (rows.empty()) return {};
    Html html = web::heading("Calls from this number that ended before a report", 2);
    html << web::paragraph(
        "Ask whether the child was missing then too. Each absence counts, and the child is offered an "
        "interview for it.");
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">") << rows;
    return html.lit("</ul>");
}

void join_the_call(const Site& site, const Visit& visit, std::string_view call, CaseId episode)
{
    const auto id = CaseId::parse(call);
    if (!id) return;
    // A refusal has its entry in the log, and the call stays on the list.
    (void)casework::act(
        site.desk, visit.session, visit.request.id,
        {.type = call_type().name, .action = "join", .id = *id, .asked = Json::object().set("episode", episode.text())},
        visit.now);
}

void fill_from_the_call(const Site& site, const Visit& visit, web::Fields& values)
{
    const auto id = CaseId::parse(visit.request.query.get("call"));
    if (!id) return;
    const auto seen = look_at_call(site, visit, *id, "form");
    if (!seen) return;
    values.add("call", id->text());
    values.add("name_given", seen->as<Call>().name_said);
    values.add("contact", seen->as<Call>().number);
}

Result<std::string> note_ended_call(const Site& site, const Visit& visit, const web::Fields& sent, Json began)
{
    constexpr std::pair<std::string_view, int> questions[] = {
        {"name_given", 1}, {"lives_where", 1},   {"last_seen_at-time", 2}, {"last_seen_where", 2}, {"worried", 3},
        {"company", 4},    {"urgent_health", 5}, {"look_first", 6},        {"contact", 7}};
    constexpr std::string_view said_in[] = {"lives_where", "last_seen_where", "worried",
                                            "company",     "urgent_health",   "look_first"};
    int furthest = 0;
    for (const auto& [field, question] : questions)
        if (!trim(sent.get(field)).empty() && field != "contact") furthest = std::max(furthest, question);
    std::vector<std::string> said;
    for (const auto field : said_in)
        if (const auto words = trim(sent.get(field)); !words.empty()) said.emplace_back(words);
    auto asked = Json::object().set("how_far", fmt::format("question_{}", furthest));
    if (began.text() != nullptr) asked.set("call_started_at", std::move(began));
    if (const auto name = trim(sent.get("name_given")); !name.empty()) asked.set("name_said", std::string(name));
    if (const auto number = trim(sent.get("contact")); !number.empty()) asked.set("number", std::string(number));
    if (!said.empty()) asked.set("said", join(said, ". "));
    const auto acted = TRY(casework::act(
        site.desk, visit.session, visit.request.id,
        {.type = call_type().name, .action = "note", .key = std::string(sent.get("key")), .asked = std::move(asked)},
        visit.now));
    return derived::with_news(address_of_call(acted.id), acted.version);
}

void add_call_pages(web::Router& router, const Site& site)
{
    site.watched_page(router, "/missing/calls", [&site](const Visit& visit) { return calls_page(site, visit); });
    site.page(router, "/missing/calls/{id}", [&site](const Visit& visit) { return call_page(site, visit); });
}

} // namespace reachable::missing
