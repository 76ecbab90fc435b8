// The measures of a quarter: a page, and the same as a file.
#include "capabilities/measures/reading.h"
#include "capabilities/measures/report.h"

#include "base/csv.h"
#include "clocks/london.h"
#include "web/components/app_figure.h"
#include "web/components/inset_text.h"
#include "web/components/select.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::measures {
namespace {

using derived::Visit;
using web::Html;
using web::Page;

constexpr int quarters_shown = 12;

/// What a visitor chose, and the forces that they may choose of.
struct Chosen {
    Quarter quarter;
    std::optional<accounts::Agency> force; // none: all
    std::vector<accounts::Agency> forces = {};

    std::string place() const { return force ? force->name : std::string("All forces"); }
    std::string query() const
    {
        auto query = "?quarter=" + code_of(quarter);
        if (force) query += "&force=" + force->code;
        return query;
    }
};

std::vector<Quarter> quarters_until(UtcTime now)
{
    std::vector<Quarter> quarters{quarter_of(clocks::london_day(now))};
    while (quarters.size() < quarters_shown) quarters.push_back(before(quarters.back()));
    return quarters;
}

/// Whole quarters only, and only those on the list: what lies between two periods that nearly are one is a few
/// children.
Result<Chosen> chosen_in(const web::Request& request, const std::vector<accounts::Agency>& forces, UtcTime now)
{
    const auto quarters = quarters_until(now);
    Chosen chosen{.quarter = quarters.front(), .force = {}, .forces = forces};
    if (const auto code = request.query.get("quarter"); !code.empty()) {
        const auto quarter = quarter_from(code);
        if (!quarter || std::ranges::find(quarters, *quarter) == quarters.end())
            return refuse(ProblemKind::not_found, "There is no such page");
        chosen.quarter = *quarter;
    }
    const auto code = request.query.get("force");
    if (code.empty()) return chosen;
    const auto force = std::ranges::find(forces, code, &accounts::Agency::code);
    if (force == forces.end()) return refuse(ProblemKind::not_found, "There is no such page");
    chosen.force = *force;
    return chosen;
}

struct Shown {
    Chosen chosen;
    std::vector<Measure> measures;
};

Result<Shown> read_measures(const casework::Desk& desk, const accounts::Session& session, const web::Request& request,
                            UtcTime now)
{
    Result<Shown> shown = Shown{};
    TRY(read_counts(
        desk, session, request.id,
        [&](storage::Transaction& transaction) {
            const auto chosen =
                chosen_in(request, accounts::list_agencies(transaction, accounts::AgencyKind::police_force), now);
            if (!chosen)
                shown = tl::unexpected<Problems>(chosen.error());
            else
                shown = Shown{*chosen, measures_of(transaction, desk, chosen->quarter,
                                                   chosen->force ? chosen->force->id : AgencyId{}, now)};
        },
        now));
    return shown;
}

const lists::Code& definition_of(const casework::Desk& desk, std::string_view code, CivilDate day)
{
    for (const auto* one : desk.lists.codes_on("measures.definitions", day))
        if (one->code == code) return *one;
    throw Bug("a measure has no definition: " + std::string(code));
}

std::string words_of(const Figure& figure)
{
    auto words = told_words(figure.count);
    if (figure.share) words += fmt::format(" ({}%)", *figure.share);
    return words;
}

Html table_of(const Measure& measure, const std::string& title)
{
    web::Table table{.caption = title,
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Group"}},
                     .first_cell_is_header = true};
    for (const auto& heading : measure.headings) table.head.push_back({.text = heading});
    for (const auto& one : measure.rows) {
        auto& row = table.rows.emplace_back();
        row.push_back({.text = one.label});
        for (const auto& figure : one.figures) row.push_back({.text = words_of(figure)});
    }
    return web::stacked(table);
}

Html form_of(const Chosen& chosen, UtcTime now)
{
    std::vector<web::SelectItem> quarters, forces{{.text = "All forces", .value = ""}};
    for (const auto& one : quarters_until(now))
        quarters.push_back({.text = measures::words_of(one), .value = code_of(one)});
    for (const auto& one : chosen.forces) forces.push_back({.text = one.name, .value = one.code});
    Html html = web::lit("<form method=\"get\" action=\"/missing/measures\" class=\"app-no-print\" novalidate>");
    html << render(web::Select{.name = "quarter",
                               .items = std::move(quarters),
                               .value = code_of(chosen.quarter),
                               .label = {.text = "Which quarter?"}})
         << render(web::Select{.name = "force",
                               .items = std::move(forces),
                               .value = chosen.force ? chosen.force->code : std::string(),
                               .label = {.text = "Which force?"}})
         << web::button("Show", web::ButtonLook::secondary);
    return html.lit("</form>");
}

/// G-12: what the records do not say is said.
Html not_recorded()
{
    Html html = web::heading("What is not recorded", 2);
    html.lit(
        "<ul class=\"govuk-list govuk-list--bullet\">"
        "<li>How many callers give up before somebody answers. How long calls take, and how many end before a report, "
        "stands with the calls of each force.</li>"
        "<li>How many children who were not missing have a profile.</li>"
        "<li>Levels of risk by ethnicity at one force: of so few children that some could be told.</li>"
        "<li>Where the child was found, as a distance in kilometres: it is recorded in bands.</li>");
    return html.lit("</ul>");
}

Result<Page> measures_page(const derived::Site& site, const Visit& visit)
{
    const auto shown = TRY(read_measures(site.desk, visit.session, visit.request, visit.now));
    const auto& chosen = shown.chosen;
    const auto day = clocks::london_day(visit.now);
    const auto where = fmt::format("{}, {}", chosen.place(), measures::words_of(chosen.quarter));
    Page page{.title = "Missing children: measures of a quarter", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Missing children: measures of a quarter")
              << render(web::InsetText{.text = "Working figures. They may change while records are completed, and they "
                                               "are not for publication: what is published comes later, from a "
                                               "snapshot, with more protection."})
              << form_of(chosen, visit.now);
    page.main << web::heading(where, 2);
    if (chosen.quarter == quarter_of(day)) page.main << web::paragraph("This quarter is not over yet.");
    page.main << web::paragraph(what_signs_mean)
              << web::paragraph(
                     fmt::format("Numbers are rounded to {}. Shares are of what is rounded, and are told of {} "
                                 "and more.",
                                 chosen.force ? rounded_here : rounded_for_all, fewest_for_a_share));
    for (const auto& measure : shown.measures) {
        const auto& definition = definition_of(site.desk, measure.code, day);
        page.main << render(web::AppFigure{
            .headline = definition.label,
            .heading_level = 3,
            .caption = where + ". " + definition.definition,
            .table = table_of(measure, definition.label),
            .source = fmt::format("Source: episodes and interviews as they stand in this service, {}",
                                  clocks::wall_date_time(visit.now)),
        });
    }
    page.main << not_recorded();
    page.main.lit("<p class=\"govuk-body\">")
        << web::link("/missing/measures.csv" + chosen.query(), "The same as a table (CSV)");
    page.main.lit("</p><p class=\"govuk-body\">") << web::link("/missing/national", "Missing now, all forces");
    page.main.lit("</p>");
    return page;
}

web::Response csv_of(const casework::Desk& desk, const Shown& shown, CivilDate day)
{
    CsvTable table{.header = {"measure", "definition", "force", "quarter", "group", "value", "count", "percent"},
                   .rows = {}};
    for (const auto& measure : shown.measures) {
        const auto& definition = definition_of(desk, measure.code, day);
        for (const auto& row : measure.rows)
            for (std::size_t i = 0; i < measure.headings.size(); ++i)
                table.rows.push_back(
                    {.line = 0,
                     .cells = {definition.label, definition.definition, shown.chosen.place(),
                               code_of(shown.chosen.quarter), row.label, measure.headings[i],
                               told_words(row.figures[i].count),
                               row.figures[i].share ? std::to_string(*row.figures[i].share) : std::string("[x]")}});
    }
    auto response = web::respond(200, "text/csv; charset=utf-8", write_csv(table));
    response.set("Content-Disposition",
                 fmt::format("attachment; filename=\"missing-measures-{}.csv\"", code_of(shown.chosen.quarter)));
    return response;
}

} // namespace

void add_pages(web::Router& router, const derived::Site& site,
               std::function<web::LiveMark(const Visit&, std::string_view letters)> mark_of)
{
    add_national_page(router, site, std::move(mark_of));
    site.page(router, "/missing/measures", [&site](const Visit& visit) { return measures_page(site, visit); });
    router.get("/missing/measures.csv", [&site](const web::Request& request) {
        const auto session = site.session_of(request);
        // The page sends whoever is not signed in, or has no purpose, where they choose that.
        if (!session || session->purpose.empty()) return web::see_other("/missing/measures");
        const auto now = site.time.now();
        const auto shown = read_measures(site.desk, *session, request, now);
        if (shown) return csv_of(site.desk, *shown, clocks::london_day(now));
        return site.show(derived::refusal_page(shown.error()), {request, *session, now}, 404);
    });
}

} // namespace reachable::measures
