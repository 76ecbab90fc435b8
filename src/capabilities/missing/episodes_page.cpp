// The missing episodes of one child, one after the other: how often, from where, where found, with whom. Each row is a
// look at that episode. It prints as it stands.
#include "capabilities/missing/pages.h"
#include "capabilities/missing/triggers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/app_bartable.h"
#include "web/components/app_figure.h"
#include "web/components/table.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

constexpr std::size_t most_shown = 200;
constexpr int months_drawn = 12;
constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};

/// Those of the child that are open to the reader, the newest first; no absence is what was reclassified.
std::vector<Seen> episodes_of(const Site& site, const Visit& visit, ChildId child)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids.clear();
        for (const auto& one :
             absences_of(transaction, records_seen(transaction, child, visit.session, visit.now), most_shown))
            ids.push_back(one.id);
    });
    std::vector<Seen> episodes;
    for (const auto id : ids)
        if (auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                              {.type = episode_type().name, .id = id, .page = "episodes"}, visit.now))
            episodes.push_back(std::move(*seen));
    return episodes;
}

std::string where_words(const Site& site, const Episode& episode, std::string_view role)
{
    std::vector<std::string> words;
    for (const auto& place : episode.places)
        if (place.role == role) words.push_back(place.name);
    if (!words.empty()) return join(words, "; ");
    if (role == "found" && !episode.found_where.empty()) return episode.found_where;
    if (role == "from" && !episode.missing_from.empty())
        return std::string(site.desk.lists.label_of("missing.from", episode.missing_from));
    return "Not recorded";
}

std::string distance_words(const Site& site, const Episode& episode)
{
    if (episode.distance_km > 0) return fmt::format("{} km", episode.distance_km);
    if (episode.found_distance.empty()) return "Not recorded";
    return std::string(site.desk.lists.label_of("encounters.distances", episode.found_distance));
}

/// Children by their own episode, as far as it is open to the reader; others as they were written down.
Html with_whom(const Site& site, const Visit& visit, const Episode& episode)
{
    Html html;
    const auto gap = [&] {
        if (!html.empty()) html << web::Text("; ");
    };
    for (const auto& one : episode.linked) {
        const auto other =
            derived::look_at_case(site.desk, visit.session, visit.request.id,
                                  {.type = episode_type().name, .id = one.episode, .page = "linked"}, visit.now);
        if (!other) continue;
        gap();
        html << web::link(address_of(one.episode), derived::shown_name(other->child));
    }
    for (const auto& one : episode.companions) {
        gap();
        html << web::Text(one.who);
    }
    return html.empty() ? web::html("Nobody is recorded") : html;
}

std::string state_words(const Seen& seen)
{
    if (seen.head.state == learnt_later) return "nobody reported it";
    const bool is_away = seen.head.state == reported || seen.head.state == active || seen.head.state == located;
    return is_away ? "missing now" : "back";
}

Html table_of(const Site& site, const Visit& visit, std::span<const Seen> episodes)
{
    web::Table table{.caption = "Every episode that is open to you, the newest first",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Since"},
                              {.text = "Away"},
                              {.text = "From"},
                              {.text = "Found"},
                              {.text = "How far"},
                              {.text = "With whom"},
                              {.text = "Risk"}}};
    for (const auto& seen : episodes) {
        const auto& episode = seen.as<Episode>();
        const auto level = level_of(episode);
        table.rows.push_back(
            {{.text = web::link(address_of(seen.head.id), clocks::wall_date_time(began_at(episode)))},
             {.text = fmt::format("{}, {}", away_words(episode, visit.now), state_words(seen))},
             {.text = where_words(site, episode, "from")},
             {.text = where_words(site, episode, "found")},
             {.text = distance_words(site, episode)},
             {.text = with_whom(site, visit, episode)},
             {.text = level.empty() ? std::string("Not graded")
                                    : std::string(site.desk.lists.label_of("missing.levels", level))}});
    }
    return web::stacked(table);
}

/// A count for each of the last twelve months, this one last.
Html by_month(std::span<const Seen> episodes, UtcTime now)
{
    const auto month_of = [](UtcTime at) {
        const auto day = clocks::london_day(at);
        return static_cast<int>(day.year()) * months_drawn + static_cast<int>(static_cast<unsigned>(day.month())) - 1;
    };
    const int last = month_of(now);
    std::array<int, months_drawn> counts{};
    int total = 0;
    for (const auto& seen : episodes) {
        const int ago = last - month_of(began_at(seen.as<Episode>()));
        if (ago < 0 || ago >= months_drawn) continue;
        counts.at(static_cast<std::size_t>(months_drawn - 1 - ago)) += 1;
        total += 1;
    }
    web::AppBarTable bars{.caption = "Episodes by the month in which the child went",
                          .label_heading = "Month",
                          .value_heading = "Episodes"};
    for (int i = 0; i < months_drawn; ++i) {
        const int month = last - months_drawn + 1 + i;
        const int count = counts.at(static_cast<std::size_t>(i));
        bars.rows.push_back({.label = fmt::format("{} {}", months.at(static_cast<std::size_t>(month % months_drawn)),
                                                  month / months_drawn),
                             .value = count,
                             .text = std::to_string(count)});
    }
    return render(web::AppFigure{
        .headline =
            total == 1 ? std::string("1 episode in twelve months") : fmt::format("{} episodes in twelve months", total),
        .table = render(bars),
        .source = fmt::format("Source: the missing episodes that are open to you, {}", clocks::wall_date_time(now))});
}

Result<Page> episodes_page(const Site& site, const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    const auto child =
        TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, *id, "episodes", visit.now));
    if (casework::name_is_held_back(child.child)) return casework::no_such_case();
    const auto episodes = episodes_of(site, visit, *id);
    Page page{.title = "Missing episodes of a child",
              .back_link = web::BackLink{.text = "The child's page", .href = fmt::format("/children/{}", id->text())}};
    page.printed_by_line = fmt::format("Printed {} by {}.", clocks::wall_date_time(visit.now),
                                       with_article(accounts::title_of(visit.session.role)));
    page.main.lit("<span class=\"govuk-caption-l\">") << child.child.shown_name();
    page.main.lit("</span>") << web::heading("Missing episodes");
    if (episodes.empty()) {
        page.main << web::paragraph("No episode that is open to you.");
        return page;
    }
    page.main << table_of(site, visit, episodes) << by_month(episodes, visit.now);
    page.main.lit("<p class=\"govuk-body app-no-print\">")
        << web::link(fmt::format("/children/{}/network", id->text()), "With whom the child goes missing");
    page.main.lit("</p>");
    return page;
}

} // namespace

void add_episodes_page(web::Router& router, const Site& site)
{
    site.page(router, "/children/{id}/episodes", [&site](const Visit& visit) { return episodes_page(site, visit); });
}

} // namespace reachable::missing
