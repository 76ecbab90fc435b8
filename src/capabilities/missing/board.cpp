// Who is missing now: every child for whom the reader's force looks, whoever leads, the longest away first; for an
// authority, those of whom its desk is told. A row is a look of its own, so nobody stands there of whom the reader may
// not know.
#include "capabilities/missing/pages.h"
#include "capabilities/missing/triggers.h"
#include "clocks/london.h"
#include "derived/site_sealed.h"
#include "ties/ties.h"
#include "web/components/button.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

using accounts::Role;

constexpr std::size_t most_rows = 200;

struct BoardRow {
    Seen seen;
    const Episode& episode() const { return seen.as<Episode>(); }
};

std::vector<CaseId> cases_on_the_board(const Site& site, const Visit& visit)
{
    std::vector<CaseId> ids;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { ids = ties::searches_of(transaction, visit.session.agency); });
    return ids;
}

/// Those who are away or seen and not yet safe, and then those who are back and wait for something.
std::vector<BoardRow> rows_of(const Site& site, const Visit& visit, const std::vector<CaseId>& ids)
{
    std::vector<BoardRow> rows;
    for (const auto id : std::span(ids).first(std::min(ids.size(), most_rows))) {
        auto seen = derived::look_sealed_or_open(site.desk, visit.session, visit.request.id,
                                                 {.type = episode_type().name, .id = id, .page = "board"}, visit.now);
        if (seen) rows.push_back({std::move(*seen)});
    }
    std::ranges::stable_sort(rows, {}, [](const BoardRow& row) { return began_at(row.episode()); });
    return rows;
}

std::string level_words(const Site& site, const Episode& episode)
{
    const auto level = level_of(episode);
    return level.empty() ? "Not graded yet" : std::string(site.desk.lists.label_of("missing.levels", level));
}

Html first_due(const Seen& seen, UtcTime now)
{
    Html html;
    const casework::ClockRow* first = nullptr;
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at && (first == nullptr || clock.due_at < first->due_at)) first = &clock;
    if (first == nullptr) return html << web::Text("Nothing is due");
    for (const auto& declared : episode_type().clocks)
        if (declared.code == first->code) html << web::Text(declared.title) << web::Text(": ");
    return html << web::Text(fmt::format("{}{}", first->due_at < now ? "overdue since " : "by ",
                                         clocks::wall_date_time(first->due_at)));
}

Html table_of(const Site& site, const Visit& visit, std::span<const BoardRow> rows)
{
    web::Table table{
        .caption = "Missing now, the longest away first",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "Child"}, {.text = "Away"}, {.text = "Risk"}, {.text = "Leads"}, {.text = "Due"}}};
    for (const auto& row : rows) {
        if (derived::waits_for_a_reason(row.seen)) {
            table.rows.push_back({{.text = web::link(address_of(row.seen.head.id), "A sealed record")},
                                  {.text = "Say why you open it"},
                                  {.text = ""},
                                  {.text = name_of(site, row.seen.head.heading.agency)},
                                  {.text = first_due(row.seen, visit.now)}});
            continue;
        }
        const auto& episode = row.episode();
        const auto name = derived::shown_name(row.seen.child);
        Html leads;
        leads << web::Text(name_of(site, episode.force));
        if (!episode.offered_to.is_none())
            leads << web::Text(fmt::format("; offered to {}", name_of(site, episode.offered_to)));
        table.rows.push_back(
            {{.text = web::link(address_of(row.seen.head.id), name)},
             {.text = row.seen.head.state == located ? "Found, not seen yet" : away_words(episode, visit.now)},
             {.text = level_words(site, episode)},
             {.text = leads},
             {.text = first_due(row.seen, visit.now)}});
    }
    return web::stacked(table);
}

/// Back, and not spoken with or closed yet: the force that leads, or the authority that is told.
Result<Html> what_waits_after(const Site& site, const Visit& visit)
{
    const auto role = visit.session.role;
    const auto whose = role == Role::LADM  ? casework::Whose::asked_agency
                       : role == Role::EDT ? casework::Whose::desk
                                           : casework::Whose::agency;
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = episode_type().name, .whose = whose}, visit.now));
    Html html = web::heading(
        is_told_of_the_missing(role) ? "Episodes of which you are told" : "Open episodes that your force leads", 2);
    if (listed.cases.empty()) return html << web::paragraph("None is open that you may see.");
    return html << derived::more_than_these(listed)
                << web::stacked(derived::queue_of_children(listed, visit.now, address_of));
}

/// Pairs and places that repeat (../patterns): the second is for those who coordinate the search.
Html what_repeats(Role role)
{
    Html html;
    html.lit("<p class=\"govuk-body\">") << web::link("/patterns/pairs", "Who goes missing with whom");
    if (role == Role::MPC) html.lit("<br>") << web::link("/patterns/places", "Places that repeat");
    return html.lit("</p>");
}

Result<Page> board_page(const Site& site, const Visit& visit)
{
    const auto role = visit.session.role;
    if (!looks_for_children(role) && !is_told_of_the_missing(role))
        return refuse(ProblemKind::withheld,
                      "The board of missing children is for those who look for them and for the desks that are told");
    Page page{.title = "Missing children", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Missing children");
    if (may_report(role)) {
        page.main << render(web::Button{.text = "Report a child missing", .href = "/missing/report"});
        page.main.lit("<p class=\"govuk-body\">")
            << web::link("/missing/absence", "Record an absence that nobody reported");
        page.main.lit("</p>");
    }
    if (looks_for_children(role)) page.main << what_repeats(role);
    if (looks_for_children(role)) {
        page.main.lit("<p class=\"govuk-body\">")
            << web::link("/missing/handover", "Who has the duty of this board, and its handover");
        page.main.lit("</p>");
        page.main.lit("<p class=\"govuk-body\">") << web::link("/missing/calls", "Calls that ended before a report");
        page.main.lit("</p>");
    }
    if (looks_for_children(role)) {
        const auto rows = rows_of(site, visit, cases_on_the_board(site, visit));
        if (rows.empty())
            page.main << web::paragraph("Nobody for whom your force looks is missing now.");
        else
            page.main << table_of(site, visit, rows);
    }
    page.main << TRY(what_waits_after(site, visit));
    return page;
}

} // namespace

void add_board(web::Router& router, const Site& site)
{
    site.watched_page(router, "/missing", [&site](const Visit& visit) { return board_page(site, visit); });
}

} // namespace reachable::missing
