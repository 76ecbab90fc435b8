// The pages of what repeats: pairs as a table and a picture, and the places that may be named.
#include "accounts/accounts.h"
#include "capabilities/patterns/patterns.h"
#include "capabilities/patterns/picture.h"
#include "capabilities/patterns/seen_pairs.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "policy/question.h"
#include "web/components/app_bartable.h"
#include "web/components/app_figure.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace reachable::patterns {
namespace {

using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

constexpr std::string_view read_places = "patterns.read";

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"patterns.read", "read which places repeat in the absences of children"},
    {"look:child.pairs", "saw with whom the child goes missing"},
    {"look:child.network", "opened the page that says with whom the child goes missing"},
};

std::string printed(const Visit& visit)
{
    return fmt::format("Printed {} by {}.", clocks::wall_date_time(visit.now),
                       with_article(accounts::title_of(visit.session.role)));
}

/// A child once, with the number that stands in the picture.
struct Numbered {
    const SeenPairs& seen;
    std::vector<ChildId> order = {};

    explicit Numbered(const SeenPairs& pairs) : seen(pairs)
    {
        for (const auto& pair : pairs.pairs)
            for (const auto child : {pair.child, pair.other})
                if (std::ranges::find(order, child) == order.end()) order.push_back(child);
    }
    std::size_t place_of(ChildId child) const
    {
        return static_cast<std::size_t>(std::ranges::find(order, child) - order.begin());
    }
    std::string name_of(ChildId child) const { return seen.children.at(child).shown_name(); }
    static std::string address_of(ChildId child) { return fmt::format("/children/{}/episodes", child.text()); }
    Html link_to(ChildId child) const
    {
        Html html;
        html << fmt::format("{}. ", place_of(child) + 1);
        return html << web::link(address_of(child), name_of(child));
    }
};

Html table_of(const Numbered& children)
{
    web::Table table{.caption = "Pairs, the most frequent first. The number of a child is that in the picture",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Child"},
                              {.text = "And"},
                              {.text = "Times together"},
                              {.text = "Last time"},
                              {.text = "Forces that led"}}};
    for (const auto& pair : children.seen.pairs) {
        std::vector<std::string> forces;
        for (const auto force : pair.forces) forces.push_back(children.seen.forces.at(force));
        table.rows.push_back({{.text = children.link_to(pair.child)},
                              {.text = children.link_to(pair.other)},
                              {.text = std::to_string(pair.times), .format = "numeric"},
                              {.text = clocks::day_words(clocks::london_day(pair.last), true)},
                              {.text = join(forces, ", ")}});
    }
    return web::stacked(table);
}

/// Under the table, which says the same in words.
Html picture_of(const Numbered& children, UtcTime now)
{
    std::vector<Circle> circles;
    std::vector<Line> lines;
    for (const auto child : children.order)
        circles.push_back({.href = Numbered::address_of(child), .name = children.name_of(child)});
    for (const auto& pair : children.seen.pairs)
        lines.push_back({children.place_of(pair.child), children.place_of(pair.other), pair.times});
    const auto words = fmt::format("{} children and {} pairs. A line joins two who were missing together, the thicker "
                                   "the more often. The table above says the same.",
                                   circles.size(), lines.size());
    return render(web::AppFigure{
        .headline = "The same as a picture",
        .caption = words,
        .picture = draw(circles, lines, words),
        .source = fmt::format("Source: linked missing episodes of the last two years that are open to you, {}",
                              clocks::wall_date_time(now))});
}

constexpr const char* what_a_pair_says =
    "Two children stand here because their episodes were linked. Ask what draws them together, and who else is "
    "there. Neither is the reason that the other is missing. A pair of which you may not see both is not shown.";

Html body_of(const SeenPairs& seen, UtcTime now)
{
    Html html = web::paragraph(what_a_pair_says);
    if (seen.pairs.empty()) return html << web::paragraph("No pair that is open to you.");
    const Numbered children(seen);
    if (seen.is_cut) html << web::paragraph("Only the pairs of 40 children are shown, the most frequent first.");
    return html << table_of(children) << picture_of(children, now);
}

Result<Page> pairs_page(const Site& site, const Visit& visit)
{
    std::vector<ChildId> children;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { children = looked_for_by(transaction, visit.session.agency); });
    const auto seen = see_pairs(site.desk, visit.session, visit.request.id, {.children = children}, visit.now);
    Page page{.title = "Who goes missing with whom",
              .back_link = web::BackLink{.text = "Missing children", .href = "/missing"}};
    page.printed_by_line = printed(visit);
    page.main << web::heading("Who goes missing with whom")
              << web::paragraph("Of the children for whom your force looks, or whose episode it leads.")
              << body_of(seen, visit.now);
    return page;
}

Result<Page> network_page(const Site& site, const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    const auto child =
        TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, *id, "network", visit.now));
    if (casework::name_is_held_back(child.child)) return casework::no_such_case();
    std::vector<ChildId> records;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto is_seen = [&](ChildId record) {
            return record == *id || (!ties::is_sealed(transaction, record) &&
                                     !ties::is_closed_to(transaction, record, visit.session, visit.now));
        };
        records = identity::members_seen(transaction, *id, is_seen);
    });
    const auto seen = see_pairs(site.desk, visit.session, visit.request.id, {.children = records}, visit.now);
    Page page{.title = "With whom a child goes missing",
              .back_link =
                  web::BackLink{.text = "Missing episodes", .href = fmt::format("/children/{}/episodes", id->text())}};
    page.printed_by_line = printed(visit);
    page.main.lit("<span class=\"govuk-caption-l\">") << child.child.shown_name();
    page.main.lit("</span>") << web::heading("With whom the child goes missing") << body_of(seen, visit.now);
    return page;
}

/// Decides, and notes the look or the refusal. No child is looked at: what is read are places, from three children on.
Result<> may_read_places(const Site& site, const Visit& visit)
{
    const auto& desk = site.desk;
    auto asked = casework::policy_request(visit.session, std::string(read_places), visit.now);
    asked.fields = {{policy::Category::statistics, policy::Label::open}};
    const auto decision = desk.policy.decide(asked);
    const bool is_shown = decision.is_allowed && decision.fields.front() == policy::Show::show;
    auto entry = casework::audit_entry(desk, visit.session, visit.request.id, {}, decision, visit.now);
    entry.operation = is_shown ? audit::Operation::look : audit::Operation::refusal;
    entry.action = read_places;
    entry.outcome = is_shown ? "done" : "withheld";
    std::tie(entry.categories, entry.view) = policy::category_bits(asked.fields, decision).both();
    entry.question = policy::question_of(asked);
    desk.database.write([&](storage::Transaction& transaction) { desk.log.append(transaction, entry); });
    if (!is_shown)
        return refuse(ProblemKind::withheld,
                      "Places that repeat are for those who coordinate the search for missing children");
    return {};
}

/// Counts that are not told one by one are of one height, and then names are in order.
std::size_t height_of(const Spot& spot)
{
    return count_words(spot.children) == std::to_string(spot.children) ? spot.children : 0;
}

std::string area_words(const Site& site, AgencyId force)
{
    std::optional<accounts::Agency> agency;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { agency = accounts::find_agency(transaction, force); });
    return agency ? agency->name : std::string("Not known");
}

/// Homes that report are not among them.
Html bars_of(const Site& site, std::vector<Spot> spots, std::string_view headline, UtcTime now)
{
    std::erase_if(spots, [](const Spot& spot) { return spot.is_home_that_reports; });
    if (spots.empty()) return web::heading(headline, 2) << web::paragraph("No place is named now.");
    std::ranges::sort(spots, [](const Spot& a, const Spot& b) {
        return height_of(a) != height_of(b) ? height_of(a) > height_of(b) : a.name < b.name;
    });
    web::AppBarTable bars{.caption =
                              fmt::format("Different children in 90 days, until {}", clocks::wall_date_time(now)),
                          .label_heading = "Place",
                          .value_heading = "Children",
                          .more_headings = {"Kind", "In the area of", "Last time"},
                          .note = "A count below five is told as “3 or 4”, with no bar."};
    for (const auto& spot : spots) {
        const auto height = height_of(spot);
        bars.rows.push_back(
            {.label = spot.name,
             .value = height > 0 ? std::optional(static_cast<double>(height)) : std::nullopt,
             .text = count_words(spot.children),
             .more = {std::string(site.desk.lists.label_of("missing.place_kinds", spot.kind)),
                      area_words(site, spot.area), clocks::day_words(clocks::london_day(spot.last), true)}});
    }
    return render(web::AppFigure{.headline = headline, .table = render(bars)});
}

/// R-B-11: "children's homes reporting often are not ranked publicly: reporting is protective".
Html those_that_report(std::vector<Spot> homes)
{
    std::erase_if(homes, [](const Spot& spot) { return !spot.is_home_that_reports; });
    if (homes.empty()) return {};
    std::ranges::sort(homes, {}, &Spot::name);
    Html html = web::heading("Homes that report", 2);
    html << web::paragraph(
        "Three different children or more were reported by each of these in 90 days. To report protects "
        "children: nobody is ranked by it, and how many children live there is not known here.");
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto& home : homes) {
        html.lit("<li>") << home.name;
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

Result<Page> places_page(const Site& site, const Visit& visit)
{
    TRY(may_read_places(site, visit));
    const auto& lists = site.desk.lists;
    const auto force = visit.session.agency;
    std::vector<Spot> here, elsewhere;
    site.desk.database.read([&](storage::Transaction& transaction) {
        here = spots_in(lists, transaction, force, visit.now);
        elsewhere = spots_elsewhere(lists, transaction, force, visit.now);
    });
    Page page{.title = "Places that repeat",
              .back_link = web::BackLink{.text = "Missing children", .href = "/missing"}};
    page.printed_by_line = printed(visit);
    page.main
        << web::heading("Places that repeat")
        << web::paragraph(
               "Where children go missing from, go to and are found. A place is named here, and in the papers of a "
               "meeting, from three different children within 90 days on. Until then it is not shown. No child "
               "stands beside a place. At most 40 places are named, those of the newest third child.")
        << bars_of(site, here, "In the area of your force", visit.now)
        << bars_of(site, elsewhere, "In the areas of other forces: children whose episodes yours leads", visit.now)
        << those_that_report(here);
    return page;
}

} // namespace

std::string_view log_words(std::string_view action)
{
    for (const auto& [code, words] : words_of_the_log)
        if (code == action) return words;
    return {};
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/patterns/pairs", [&site](const Visit& visit) { return pairs_page(site, visit); });
    site.page(router, "/patterns/places", [&site](const Visit& visit) { return places_page(site, visit); });
    site.page(router, "/children/{id}/network", [&site](const Visit& visit) { return network_page(site, visit); });
}

} // namespace reachable::patterns
