#include "app/match_report.h"

#include "web/components/app_bartable.h"
#include "web/components/app_figure.h"
#include "web/components/summary_list.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using namespace identity;
using web::Html;
using web::Text;

// The page is read without the service, so it brings what little it needs to look like one of its pages.
constexpr char style[] = R"(<style>
body { font: 19px/1.4 Arial, sans-serif; color: #0b0c0c; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 2rem; } h2 { font-size: 1.5rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; } caption { font-weight: bold; text-align: left; }
th, td { border-bottom: 1px solid #b1b4b6; padding: .4rem .8rem .4rem 0; text-align: left; vertical-align: top; }
td.govuk-table__cell--numeric, th.govuk-table__header--numeric { text-align: right; }
.app-bar { color: #1d70b8; display: block; width: 100%; } dl > div { display: flex; } dt { width: 22rem; font-weight: bold; }
dd { margin: 0; } figure { margin: 0; } figcaption { margin-bottom: .5rem; } .app-source { color: #484949; }
@media print { body { font-size: 11pt; } h2, table, figure { break-inside: avoid; } }
</style>)";

std::string share_words(double share)
{
    return fmt::format("{:.1f}%", 100 * share);
}

std::string count_words(double count)
{
    auto digits = fmt::format("{:.0f}", count);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string whole_page(std::string_view title, const Html& body)
{
    Html page;
    page.lit("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
             "content=\"width=device-width, initial-scale=1\"><title>")
        << title;
    page.lit("</title>").lit(style).lit("</head><body><main><h1>") << title;
    page.lit("</h1>") << body;
    return std::move(page.lit("</main></body></html>\n")).take();
}

void add(web::SummaryList& list, const char* name, const std::string& value)
{
    list.rows.push_back({.key = {.text = name}, .value = {.text = value}});
}

Html in_short(const Assessment& found)
{
    web::SummaryList list;
    add(list, "Model", found.model_version);
    add(list, "Records", count_words(static_cast<double>(found.records)));
    add(list, "People they are of", count_words(static_cast<double>(found.people)));
    add(list, "Pairs compared",
        fmt::format("{}, which hold {} of the true ones", count_words(static_cast<double>(found.compared)),
                    share_words(found.proposed)));
    add(list, "Pairs, best threshold",
        fmt::format("{:.4f} F1 from {:.2f} bits on", found.best.accuracy.f1(), found.best.log_odds));
    add(list, "Pairs, even odds",
        fmt::format("{} found, {} of them right", share_words(found.at_even_odds.recall),
                    share_words(found.at_even_odds.precision)));
    add(list, "People put together",
        fmt::format("{} of the pairs found, {} of them right", share_words(found.clusters.pairs.recall),
                    share_words(found.clusters.pairs.precision)));
    add(list, "By record (B-cubed)",
        fmt::format("recall {:.4f}, precision {:.4f}", found.clusters.b_cubed.recall,
                    found.clusters.b_cubed.precision));
    add(list, "People exactly right", count_words(static_cast<double>(found.clusters.exactly_right)));
    return render(list);
}

/// Recall and precision as two lines over the threshold, told apart by their dashes and the words at their ends.
Html curve_picture(const std::vector<CurvePoint>& curve)
{
    constexpr double left = 50;
    constexpr double width = 560;
    constexpr double height = 240;
    const auto line = [&](double Accuracy::* share) {
        std::string points;
        for (std::size_t i = 0; i < curve.size(); ++i)
            points += fmt::format("{:.1f},{:.1f} ",
                                  left + width * static_cast<double>(i) / static_cast<double>(curve.size() - 1),
                                  10 + height * (1 - curve[i].accuracy.*share));
        return points;
    };
    Html svg;
    svg.lit("<svg role=\"img\" viewBox=\"0 0 720 300\" width=\"100%\"><title>How much is found, and how much of it is "
            "right</title><desc>Two lines over the threshold in bits. The table below holds every value.</desc>"
            "<g stroke=\"#b1b4b6\"><path d=\"M50 10H610M50 130H610M50 250H610\"/></g>"
            "<g font-size=\"16\" font-family=\"Arial, sans-serif\"><text x=\"5\" y=\"16\">100%</text>"
            "<text x=\"5\" y=\"136\">50%</text><text x=\"5\" y=\"256\">0%</text>");
    svg.lit("<text x=\"50\" y=\"280\">") << fmt::format("{:.0f} bits", curve.front().log_odds);
    svg.lit("</text><text x=\"550\" y=\"280\">") << fmt::format("{:.0f} bits", curve.back().log_odds);
    const auto end_of = [&](double share) { return fmt::format("{:.0f}", 16 + height * (1 - share)); };
    svg.lit("</text><text x=\"616\"").attribute("y", end_of(curve.back().accuracy.recall)).lit(">Found</text>");
    svg.lit("<text x=\"616\"").attribute("y", end_of(curve.back().accuracy.precision)).lit(">Right</text></g>");
    svg.lit("<polyline fill=\"none\" stroke=\"#1d70b8\" stroke-width=\"3\"")
        .attribute("points", line(&Accuracy::recall));
    svg.lit("/><polyline fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"3\" stroke-dasharray=\"8 5\"")
        .attribute("points", line(&Accuracy::precision));
    return svg.lit("/></svg>");
}

Html curve_block(const Assessment& found)
{
    web::AppBarTable bars{
        .label_heading = "From so many bits on", .value_heading = "Found", .more_headings = {"Right"}, .maximum = 1};
    for (const auto& point : found.curve)
        bars.rows.push_back({.label = fmt::format("{:.0f}", point.log_odds),
                             .value = point.accuracy.recall,
                             .text = share_words(point.accuracy.recall),
                             .more = {share_words(point.accuracy.precision)}});
    return render(
        web::AppFigure{.headline = "What a higher threshold costs",
                       .caption = "Share of the true pairs found, and share of the found pairs that are right",
                       .picture = curve_picture(found.curve),
                       .table = render(bars)});
}

Html calibration_block(const Assessment& found)
{
    web::AppBarTable bars{.label_heading = "Chance stated",
                          .value_heading = "Really one person",
                          .more_headings = {"Mean stated", "Pairs"},
                          .maximum = 1};
    for (const auto& bucket : found.calibration) {
        web::BarRow row{.label = fmt::format("{:.0f}% to {:.0f}%", 100 * bucket.from, 100 * bucket.to),
                        .more = {share_words(bucket.stated), count_words(static_cast<double>(bucket.pairs))}};
        if (bucket.pairs > 0) row.value = bucket.right;
        row.text = bucket.pairs > 0 ? share_words(bucket.right) : std::string("no pair");
        bars.rows.push_back(std::move(row));
    }
    return render(web::AppFigure{.headline = "Whether a stated chance means what it says",
                                 .caption = "Of the pairs with so much chance, the share that is one person",
                                 .table = render(bars)});
}

Html groups_block(const Assessment& found)
{
    if (found.groups.empty()) return {};
    web::AppBarTable bars{.label_heading = "Group",
                          .value_heading = "Found at even odds",
                          .more_headings = {"Right", "Proposed at all", "True pairs"},
                          .maximum = 1};
    for (const auto& group : found.groups)
        bars.rows.push_back(
            {.label = group.group.empty() ? "Not recorded" : group.group,
             .value = group.pairs.recall,
             .text = share_words(group.pairs.recall),
             .more = {share_words(group.pairs.precision), share_words(group.proposed), count_words(group.true_pairs)}});
    return render(web::AppFigure{.headline = "Whether every group is served alike",
                                 .caption = "By the group that the tables name; nothing is inferred from a name",
                                 .table = render(bars)});
}

double same_in(const BetweenSources& between, Field field)
{
    return between.m[static_cast<std::size_t>(field)][level_count(field) - 1];
}

std::string names_of(const BetweenSources& between)
{
    return between.one == between.other ? between.one + ", twice" : between.one + " and " + between.other;
}

/// Where a system's slips lie, so that whoever keeps it can mend them.
Html sources_block(const Assessment& found)
{
    if (found.between.empty()) return {};
    web::AppBarTable bars{.label_heading = "Systems",
                          .value_heading = "Same date of birth",
                          .more_headings = {"Same first name", "Same surname", "Same postcode"},
                          .maximum = 1};
    for (const auto& between : found.between)
        bars.rows.push_back(
            {.label = names_of(between),
             .value = same_in(between, Field::born),
             .text = share_words(same_in(between, Field::born)),
             .more = {share_words(same_in(between, Field::given)), share_words(same_in(between, Field::family)),
                      share_words(same_in(between, Field::postcode))}});
    return render(web::AppFigure{.headline = "How often two systems say the same of one person",
                                 .caption = "As the model learned it: each pair counts by its chance to be one person, "
                                            "where both records say something",
                                 .table = render(bars)});
}

/// "south_asian_muslim" as words: "South Asian Muslim".
std::string words_of(Tradition tradition)
{
    std::string words(code_of(tradition));
    bool begins = true;
    for (auto& letter : words) {
        if (letter == '_') letter = ' ';
        if (begins && letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
        begins = letter == ' ';
    }
    return words;
}

double of(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

CsvTable::Row row_of(std::string measure, std::string what, std::string value)
{
    return {.line = 0, .cells = {std::move(measure), std::move(what), std::move(value)}};
}

CsvTable empty_table()
{
    return {.header = {"measure", "of", "value"}, .rows = {}};
}

} // namespace

std::string report_page(const Assessment& found)
{
    Html body = in_short(found);
    body << curve_block(found) << calibration_block(found) << sources_block(found) << groups_block(found);
    return whole_page("How well the records were linked", body);
}

std::string report_page(const std::vector<TraditionFigures>& found, std::string_view model_version)
{
    const auto gap = gap_of(found);
    web::SummaryList list;
    add(list, "Model", std::string(model_version));
    add(list, "Gap between best and worst", fmt::format("{:.1f} points (aim: 1 at most)", 100 * gap.recall_gap));
    add(list, "Wrong candidates, worst to mean", fmt::format("{:.2f} (aim: 1.25 at most)", gap.wrong_ratio));
    web::AppBarTable bars{.label_heading = "Naming tradition",
                          .value_heading = "Found among the first 20",
                          .more_headings = {"Found first", "With even odds", "Wrong in 1,000 searches", "Searches"},
                          .maximum = 1};
    for (const auto& one : found)
        bars.rows.push_back(
            {.label = words_of(one.tradition),
             .value = of(one.found, one.searches),
             .text = share_words(of(one.found, one.searches)),
             .more = {share_words(of(one.found_first, one.searches)), share_words(of(one.likely, one.searches)),
                      fmt::format("{:.0f}", 1000 * of(one.wrong, one.searches)),
                      count_words(static_cast<double>(one.searches))}});
    Html body = render(list);
    body << render(web::AppFigure{
        .headline = "Whether a search finds children of every naming tradition alike",
        .caption = "Invented people, the same errors in each tradition. Wrong: others shown with even odds or better",
        .table = render(bars)});
    return whole_page("Whom the search serves", body);
}

CsvTable report_table(const Assessment& found)
{
    auto table = empty_table();
    const auto put = [&](std::string measure, std::string what, double value) {
        table.rows.push_back(row_of(std::move(measure), std::move(what), fmt::format("{:.6g}", value)));
    };
    const auto put_accuracy = [&](const char* what, const Accuracy& accuracy) {
        put("precision", what, accuracy.precision);
        put("recall", what, accuracy.recall);
        put("F1", what, accuracy.f1());
    };
    table.rows.push_back(row_of("model", "", found.model_version));
    put("records", "", static_cast<double>(found.records));
    put("people", "", static_cast<double>(found.people));
    put("true pairs", "", found.true_pairs);
    put("pairs compared", "", static_cast<double>(found.compared));
    put("true pairs proposed", "", found.proposed);
    put("bits", "best threshold", found.best.log_odds);
    put_accuracy("pairs, best threshold", found.best.accuracy);
    put_accuracy("pairs, even odds", found.at_even_odds);
    put_accuracy("people, pairs inside", found.clusters.pairs);
    put_accuracy("people, B-cubed", found.clusters.b_cubed);
    put("people exactly right", "", static_cast<double>(found.clusters.exactly_right));
    for (const auto& point : found.curve)
        put_accuracy(fmt::format("pairs from {:.0f} bits", point.log_odds).c_str(), point.accuracy);
    for (const auto& bucket : found.calibration) {
        const auto what = fmt::format("chance {:.2f} to {:.2f}", bucket.from, bucket.to);
        put("pairs", what, static_cast<double>(bucket.pairs));
        put("mean stated", what, bucket.stated);
        put("really one person", what, bucket.right);
    }
    for (const auto& between : found.between)
        for (const auto field : {Field::born, Field::given, Field::family, Field::postcode})
            put(fmt::format("same {}", code_of(field)), names_of(between), same_in(between, field));
    for (const auto& group : found.groups) {
        const auto what = "group " + group.group;
        put("records", what, static_cast<double>(group.records));
        put("true pairs", what, group.true_pairs);
        put("true pairs proposed", what, group.proposed);
        put_accuracy(what.c_str(), group.pairs);
    }
    return table;
}

CsvTable report_table(const std::vector<TraditionFigures>& found)
{
    auto table = empty_table();
    const auto put = [&](const char* measure, const TraditionFigures& one, std::size_t value) {
        table.rows.push_back(row_of(measure, std::string(code_of(one.tradition)), std::to_string(value)));
    };
    for (const auto& one : found) {
        put("searches", one, one.searches);
        put("found among the first 20", one, one.found);
        put("found first", one, one.found_first);
        put("found with even odds", one, one.likely);
        put("wrong with even odds", one, one.wrong);
    }
    return table;
}

} // namespace reachable::app
