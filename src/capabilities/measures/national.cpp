// How many children are missing now, of all forces: for whoever leads a search, or answers for how searches go. No name
// and no case, and no number by which one child is known.
#include "capabilities/measures/national.h"
#include "capabilities/measures/reading.h"

#include "clocks/london.h"
#include "web/components/app_figure.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <fmt/format.h>
#include <numeric>

namespace reachable::measures {
namespace {

using derived::Visit;
using web::Html;
using web::Page;

constexpr std::string_view address = "/missing/national";

Divided by_level(const Now& now, std::span<const std::string> levels)
{
    Divided counts;
    const auto of = [&](const std::string& level) {
        const auto found = now.by_level.find(level);
        return found == now.by_level.end() ? std::int64_t{0} : found->second;
    };
    for (const auto& level : levels) counts.push_back(of(level));
    counts.push_back(now.away - std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
    return counts;
}

/// Only in words that many children share, and only where so many are missing that it is nobody's own.
std::string longest_words(const ToldCount& away, const Now& now, UtcTime at)
{
    if (!away) return "[c]";
    if (*away == 0) return "Nobody is missing";
    const auto longest = at - now.longest_since;
    if (longest < hours{24}) return "Less than a day";
    return longest < hours{24 * 7} ? "1 to 7 days" : "More than 7 days";
}

/// Of a force of which the count is held back, nothing else is told.
std::vector<ToldCount> told_by_level(const ToldCount& away, const Divided& counts)
{
    const auto told = told_together(std::vector<Divided>{counts}, rounded_here);
    if (away && told.total) return told.cells.front();
    return std::vector<ToldCount>(counts.size());
}

std::string level_heading(const lists::DatedLists& lists, const std::string& code)
{
    return std::string(lists.label_of("missing.levels", code));
}

web::Table table_of(const National& national, const lists::DatedLists& lists, CivilDate day)
{
    web::Table table{.caption = "Missing now by police force, in the order of names",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Force"}, {.text = "Missing now"}},
                     .first_cell_is_header = true};
    for (const auto& code : levels_counted(lists, day)) table.head.push_back({.text = level_heading(lists, code)});
    table.head.push_back({.text = "Not graded"});
    table.head.push_back({.text = "Longest away"});
    const auto add = [&](const std::string& name, const ToldCount& away, const std::vector<ToldCount>& levels,
                         const std::string& longest) {
        auto& row = table.rows.emplace_back();
        row.push_back({.text = name});
        row.push_back({.text = told_words(away)});
        for (const auto& count : levels) row.push_back({.text = told_words(count)});
        row.push_back({.text = longest});
    };
    for (const auto& one : national.forces) add(one.force.name, one.away, one.by_level, one.longest);
    add("All forces", national.away, national.by_level, "Not told of all together");
    return table;
}

std::string headline_of(const National& national)
{
    if (!national.away) return "Few children are missing now";
    if (*national.away == 0) return "No child is missing now";
    return fmt::format("About {} children are missing now", *national.away);
}

Result<Page> national_page(const derived::Site& site, const Visit& visit,
                           const std::function<web::LiveMark(const Visit&, std::string_view letters)>& mark_of)
{
    National national;
    TRY(read_counts(
        site.desk, visit.session, visit.request.id,
        [&](storage::Transaction& transaction) { national = national_now(transaction, site.desk.lists, visit.now); },
        visit.now));
    const auto day = clocks::london_day(visit.now);
    Page page{.title = "Missing now, all forces", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Missing now, all forces")
              << web::paragraph("Every child for whom a force that uses this service looks, counted by the force that "
                                "leads. No child is named. Names stand on the board of your own force, for children "
                                "for whom it looks.");
    page.main << web::paragraph(what_signs_mean);
    page.main << web::paragraph("On the map, c: held back, x: a force that does not use this service. A tile with a "
                                "broken edge is no place: its officers work everywhere.");
    page.main << render(web::AppFigure{
        .headline = headline_of(national),
        .caption = fmt::format("Children missing now by police force, England and Wales, at {}",
                               clocks::wall_date_time(visit.now)),
        .picture = tile_map(national, site.desk.lists, day),
        .table = web::stacked(table_of(national, site.desk.lists, day)),
        .source = fmt::format("Source: episodes as they stand in this service, {}", clocks::wall_date_time(visit.now)),
    });
    page.main.lit("<p class=\"govuk-body\">") << web::link("/missing/measures", "Measures of a quarter");
    page.main.lit("</p>");
    page.live = mark_of(visit, letters_of(national));
    return page;
}

} // namespace

std::vector<std::string> levels_counted(const lists::DatedLists& lists, CivilDate day)
{
    std::vector<std::string> codes;
    for (const auto* code : lists.codes_on("missing.levels", day)) codes.push_back(code->code);
    return codes;
}

National national_now(storage::Transaction& transaction, const lists::DatedLists& lists, UtcTime now)
{
    const auto levels = levels_counted(lists, clocks::london_day(now));
    const auto counted = missing_now(transaction);
    National national;
    Now all;
    Divided of_forces;
    std::vector<Now> each;
    for (auto& force : accounts::list_agencies(transaction, accounts::AgencyKind::police_force)) {
        const auto found = counted.find(force.id);
        each.push_back(found == counted.end() ? Now{} : found->second);
        of_forces.push_back(each.back().away);
        all.away += each.back().away;
        for (const auto& [level, count] : each.back().by_level) all.by_level[level] += count;
        national.forces.push_back({.force = std::move(force), .away = {}, .by_level = {}, .longest = {}});
    }
    const auto told = told_together(std::vector{of_forces, by_level(all, levels)}, rounded_here);
    national.away = told.total;
    // Where few are missing anywhere, the levels of all would be those of the one force that has any.
    national.by_level = told.total ? told.cells.at(1) : std::vector<ToldCount>(told.cells.at(1).size());
    for (std::size_t i = 0; i < each.size(); ++i) {
        auto& one = national.forces[i];
        one.away = told.cells.front()[i];
        one.by_level = told_by_level(one.away, by_level(each[i], levels));
        one.longest = longest_words(one.away, each[i], now);
    }
    return national;
}

std::string letters_of(const National& national)
{
    std::string letters = told_words(national.away);
    for (const auto& count : national.by_level) letters += " " + told_words(count);
    for (const auto& one : national.forces) {
        letters += fmt::format("\n{} {} {}", one.force.id.text(), told_words(one.away), one.longest);
        for (const auto& count : one.by_level) letters += " " + told_words(count);
    }
    return letters;
}

std::optional<std::string> national_letters(const casework::Desk& desk, const accounts::Session& session, UtcTime now)
{
    if (!may_read_figures(desk, session, now)) return std::nullopt;
    std::string letters;
    desk.database.read(
        [&](storage::Transaction& transaction) { letters = letters_of(national_now(transaction, desk.lists, now)); });
    return letters;
}

void add_national_page(web::Router& router, const derived::Site& site,
                       std::function<web::LiveMark(const Visit&, std::string_view letters)> mark_of)
{
    site.page(router, std::string(address), [&site, mark_of = std::move(mark_of)](const Visit& visit) {
        return national_page(site, visit, mark_of);
    });
}

} // namespace reachable::measures
