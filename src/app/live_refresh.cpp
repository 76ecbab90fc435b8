#include "app/live_refresh.h"

#include "app/session_cookies.h"
#include "base/crypto.h"
#include "capabilities/custody/page_parts.h"
#include "capabilities/flags/summary.h"
#include "capabilities/measures/measures.h"
#include "casework/case_store.h"
#include "clocks/london.h"
#include "web/security_headers.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr std::string_view counts_address = "/live/counts";

std::string hashed(const accounts::Session& session, std::string_view what)
{
    constexpr std::size_t letters = 16;
    return to_hex(sha256(as_bytes(fmt::format("{}\n{}", session.form_token, what)))).substr(0, letters);
}

/// How much of the case is shown, field by field, and what stands in the way.
std::string shows_of(const policy::Request& asked, const policy::Decision& decision)
{
    std::string shows =
        fmt::format("{}{} ", asked.is_sealed ? 's' : '-', static_cast<int>(asked.is_opened_with_reason));
    for (const auto show : decision.fields) shows += static_cast<char>('0' + static_cast<int>(show));
    return shows;
}

/// A clock that has run out since reads otherwise.
std::string clocks_of(std::span<const casework::ClockRow> clocks, UtcTime now)
{
    std::string words;
    for (const auto& clock : clocks)
        words += fmt::format(" {}{}{}", clock.code, clock.stopped_at ? "s" : "r", clock.due_at < now ? "l" : "");
    return words;
}

std::optional<std::string> case_in_letters(Transaction& transaction, const casework::Desk& desk,
                                           const accounts::Session& session, CaseId id, UtcTime now)
{
    const auto rows = transaction.recall(fmt::format("{}where id = $1", casework::select_heads), {to_value(id)});
    if (rows.empty()) return std::nullopt;
    auto head = casework::read_head(rows.front());
    const auto* type = desk.find_type(head.type);
    if (type == nullptr) return std::nullopt;
    // What has ended stands in the facts: a case that is closed is asked about as it was loaded.
    if (!type->is_open(head.state))
        if (const auto loaded = casework::load_case(transaction, *type, id)) head = loaded->head;
    const auto asked = casework::policy_request(desk, transaction, *type, head, session, "read", now);
    auto question = asked;
    question.fields = {type->held, {policy::Category::id_core, type->child_held}};
    for (const auto& field : type->fields) question.fields.push_back(field.held);
    const auto decision = desk.policy.decide(question);
    if (!policy::tells_that_it_is_there(question, decision)) return std::nullopt;
    auto letters = shows_of(question, decision);
    if (decision.fields.front() < policy::Show::generalise) return letters;
    letters += fmt::format(" {}{}", head.version, clocks_of(casework::load_clocks(transaction, id), now));
    if (head.heading.child.is_none()) return letters;
    const auto again = [&](Transaction&) { return asked; };
    return letters + flags::summary_mark(desk, session, transaction,
                                         {.child = head.heading.child, .page = "live", .question = again}, now);
}

/// Adds those of the rows that the reader may see, at most so many, and gives how many these are.
std::int64_t add_rows(std::string& letters, Transaction& transaction, const casework::Desk& desk,
                      const accounts::Session& session, const auto& rows, std::int64_t most, UtcTime now)
{
    const auto& type = *desk.find_type(custody::conversation_type().name);
    const auto known = ties::ties_for(transaction, storage::ids_at<ChildId>(rows, casework::child_column),
                                      session.worker, desk.tie_memory);
    std::int64_t added = 0;
    for (const auto& row : rows) {
        if (added == most) break;
        const auto head = casework::read_head(row);
        auto question = casework::policy_request(desk, transaction, type, head, session, "read", now, known);
        question.fields = {type.held, {policy::Category::id_core, type.child_held}};
        const auto decision = desk.policy.decide(question);
        if (!policy::tells_that_it_is_there(question, decision)) continue;
        added += 1;
        letters += fmt::format("\n{} {} {} {}", head.id.text(), head.version, shows_of(question, decision),
                               storage::time_at(row, casework::due_column) < now ? "late" : "");
    }
    return added;
}

/// Those of one team on one side that the reader may see, as a list of them would read.
void add_list(std::string& letters, Transaction& transaction, const casework::Desk& desk,
              const accounts::Session& session, std::string_view side, TeamId team, UtcTime now)
{
    constexpr std::int64_t most_watched = 100;
    const auto& type = *desk.find_type(custody::conversation_type().name);
    const auto sql = fmt::format("{}where {} = $1 and type = $2 and is_open = 1 order by due_at, id limit $3 offset $4",
                                 casework::select_heads, side);
    // What is closed to the reader takes nobody's place: however much of it there is, the same is watched.
    std::int64_t watched = 0;
    for (std::int64_t passed = 0; watched < most_watched; passed += most_watched) {
        const auto rows = transaction.recall(sql, {to_value(team), std::string(type.name), most_watched, passed});
        if (rows.empty()) return;
        watched += add_rows(letters, transaction, desk, session, rows, most_watched - watched, now);
    }
}

web::Response plain(int status, std::string words, bool is_secure)
{
    auto response = web::respond(status, "text/plain; charset=utf-8", std::move(words));
    web::add_security_headers(response, is_secure);
    return response;
}

web::Response answer(const Service& service, const web::Request& request)
{
    const bool is_secure = service.site().is_secure;
    const auto now = service.time().now();
    const auto session = accounts::find_session(service.desk().database, session_cookie_of(service, request), now,
                                                accounts::Asking::by_itself);
    if (!session || !session->only_case.is_none()) return plain(401, "Sign in again", is_secure);
    if (request.path == counts_address) {
        if (const auto letters = measures::national_letters(service.desk(), *session, now))
            return plain(200, hashed(*session, *letters), is_secure);
        return plain(404, "There is no such page", is_secure);
    }
    const auto named = request.path_values.find("id");
    if (named == request.path_values.end()) return plain(200, mark_of_queue(service, *session, now), is_secure);
    const auto id = CaseId::parse(named->second);
    if (id)
        if (auto mark = mark_of_case(service.desk(), *session, *id, now)) return plain(200, *mark, is_secure);
    // A try like every other: it stands in the log, and keepers are told.
    if (id)
        (void)casework::look(service.desk(), *session, request.id,
                             {.type = custody::conversation_type().name, .id = *id, .page = "live"}, now);
    return plain(404, "There is no such page", is_secure);
}

} // namespace

std::optional<std::string> mark_of_case(const casework::Desk& desk, const accounts::Session& session, CaseId id,
                                        UtcTime now)
{
    std::optional<std::string> letters;
    desk.database.read(
        [&](Transaction& transaction) { letters = case_in_letters(transaction, desk, session, id, now); });
    if (!letters) return std::nullopt;
    return hashed(session, *letters);
}

std::string mark_of_queue(const Service& service, const accounts::Session& session, UtcTime now)
{
    const auto suites = custody::suites_of(service.site(), session);
    std::string letters;
    service.desk().database.read([&](Transaction& transaction) {
        letters.clear();
        for (const auto& suite : suites) add_list(letters, transaction, service.desk(), session, "team", suite.id, now);
        add_list(letters, transaction, service.desk(), session, "partner_team", session.team, now);
    });
    return hashed(session, letters);
}

web::LiveMark live_mark_for(const Service& service, const derived::Visit& visit, std::optional<CaseId> about)
{
    // Whoever came by a one-time link has no page of their own to ask.
    if (visit.session.worker.is_none()) return {};
    const auto read_at = clocks::wall_time(visit.now);
    if (!about) return {.url = "/live", .mark = mark_of_queue(service, visit.session, visit.now), .read_at = read_at};
    const auto mark = mark_of_case(service.desk(), visit.session, *about, visit.now);
    return mark ? web::LiveMark{.url = "/live/" + about->text(), .mark = *mark, .read_at = read_at} : web::LiveMark{};
}

web::LiveMark live_mark_of_counts(const derived::Visit& visit, std::string_view letters)
{
    return {.url = std::string(counts_address),
            .mark = hashed(visit.session, letters),
            .read_at = clocks::wall_time(visit.now)};
}

void add_live_pages(web::Router& router, const Service& service)
{
    router.get("/live", [&service](const web::Request& request) { return answer(service, request); });
    router.get(std::string(counts_address),
               [&service](const web::Request& request) { return answer(service, request); });
    router.get("/live/{id}", [&service](const web::Request& request) { return answer(service, request); });
}

} // namespace reachable::app
