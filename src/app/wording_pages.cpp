// The list of words about children, for people and for the script of a page; and how often a wording was offered and
// taken.
#include "api/json.h"
#include "app/service.h"
#include "app/wording.h"
#include "base/text.h"
#include "clocks/london.h"
#include "policy/question.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Visit;
using web::Page;

constexpr std::string_view counts_action = "wording.read";
/// A smaller count of a small team may tell who wrote it.
constexpr std::int64_t least_told = 5;

std::string how_to_write_it(const language::Phrase& phrase)
{
    auto words = join(phrase.better, "; or ");
    if (!words.empty() && !phrase.advice.empty()) words += words.ends_with("…") ? " " : ". ";
    return words + phrase.advice;
}

Page phrases_page(const Wording& wording, CivilDate day)
{
    Page page{.title = "Words about children"};
    page.main << web::heading("Words about children");
    page.main << web::paragraph("Describe the act and who did it. Keep facts that are uncomfortable, and do not soften "
                                "what was done to the child.");
    page.main << web::paragraph("Where you write one of these, the service says so once and saves what you wrote. It "
                                "changes nothing, and it never reads a child's own words. Teams are counted, never "
                                "people.");
    web::Table table{.caption = "Phrases, what may stand instead, and why",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Rather than"}, {.text = "Write"}, {.text = "Why"}},
                     .first_cell_is_header = true};
    for (const auto& phrase : wording.phrases().all())
        if (phrase.is_in_force(day))
            table.rows.push_back({{.text = phrase.name}, {.text = how_to_write_it(phrase)}, {.text = phrase.why}});
    page.main << web::stacked(table);
    return page;
}

/// Decides, and notes the look or the refusal.
Result<> may_read_counts(const Service& service, const Visit& visit)
{
    const auto& desk = service.desk();
    const auto asked = casework::policy_request(visit.session, std::string(counts_action), visit.now);
    const auto decision = desk.policy.decide(asked);
    if (!decision.is_allowed) {
        note_refusal(service, visit.session, visit.request.id, counts_action, decision, asked);
        return refuse(ProblemKind::not_found, "There is no such page");
    }
    auto entry = casework::audit_entry(desk, visit.session, visit.request.id, {}, decision, visit.now);
    entry.operation = audit::Operation::look;
    entry.action = counts_action;
    entry.outcome = "done";
    entry.question = policy::question_of(asked);
    desk.database.write([&](storage::Transaction& transaction) { desk.log.append(transaction, entry); });
    return {};
}

std::string told(std::int64_t count)
{
    return count > 0 && count < least_told ? fmt::format("fewer than {}", least_told) : std::to_string(count);
}

std::string name_of_phrase(const Wording& wording, int number)
{
    std::string name;
    for (const auto& phrase : wording.phrases().all())
        if (phrase.number == number) name = phrase.name;
    return name;
}

/// What is stored of the visitor's organisation, with the names of its teams.
struct CountsRead {
    language::Counts counts;
    std::map<TeamId, std::string> teams;
};

CountsRead read_counts(const Service& service, const Visit& visit)
{
    constexpr auto a_year = hours{24 * 365};
    CountsRead read;
    service.desk().database.read([&](storage::Transaction& transaction) {
        const auto since = language::month_of(clocks::london_day(visit.now - a_year));
        read = {.counts = language::counts_of(transaction, visit.session.agency, since), .teams = {}};
        for (const auto& [what, count] : read.counts)
            if (const auto team = accounts::find_team(transaction, what.team)) read.teams[what.team] = team->name;
    });
    return read;
}

Result<Page> counts_page(const Service& service, const Visit& visit)
{
    TRY(may_read_counts(service, visit));
    auto read = read_counts(service, visit);
    Page page{.title = "Words about children: how often", .back_link = web::BackLink{.href = "/words-about-children"}};
    page.main << web::heading("Words about children: how often");
    page.main << web::paragraph("By team and month of the last year, in your organisation. Offered: so many times what "
                                "was saved, or was being written, held the phrase. Taken: so many times it was then "
                                "written in other words. Nobody's name is kept with it.");
    if (read.counts.empty()) {
        page.main << web::paragraph("Nothing was counted yet.");
        return page;
    }
    web::Table table{
        .caption = "Phrases by team and month",
        .caption_classes = "govuk-visually-hidden",
        .head = {{.text = "Team"}, {.text = "Month"}, {.text = "Phrase"}, {.text = "Offered"}, {.text = "Taken"}}};
    for (const auto& [what, count] : read.counts)
        table.rows.push_back({{.text = read.teams[what.team]},
                              {.text = what.month},
                              {.text = name_of_phrase(service.wording(), what.phrase)},
                              {.text = told(count.shown)},
                              {.text = told(count.taken)}});
    page.main << web::stacked(table);
    return page;
}

} // namespace

void add_wording_pages(web::Router& router, const Service& service)
{
    router.get("/words-about-children", [&service](const web::Request& request) {
        const auto now = service.time().now();
        const auto session = service.site().session_of(request);
        return service.site().show(phrases_page(service.wording(), clocks::london_day(now)),
                                   {request, session.value_or(accounts::Session{}), now});
    });
    router.get("/words-about-children.json", [&service](const web::Request&) {
        const auto day = clocks::london_day(service.time().now());
        auto response = web::respond(200, "application/json", api::write_json(service.wording().for_scripts(day)));
        response.set("Cache-Control", "public, max-age=600"); // the list, which holds nothing of anybody
        return response;
    });
    service.site().page(router, "/words-about-children/counts",
                        [&service](const Visit& visit) { return counts_page(service, visit); });
}

} // namespace reachable::app
