#include "web/components/app_bartable.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"
#include "web/components/link_address.h"
#include "web/components/table.h"

namespace reachable::web {

namespace {

double full_bar(const AppBarTable& table)
{
    double greatest = table.maximum;
    for (const BarRow& row : table.rows) {
        if (!row.value) continue;
        CHECK(std::isfinite(*row.value) && *row.value >= 0, "a bar stands for a number from 0 up");
        if (table.maximum <= 0) greatest = std::max(greatest, *row.value);
    }
    return greatest;
}

/// Tenths of a per cent, as "37.5"; a value beyond the full bar ends with it.
std::string per_cent(double value, double full)
{
    if (full <= 0) return "0";
    const long tenths = std::lround(std::min(value / full, 1.0) * 1000);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

Html value_cell(const BarRow& row, double full)
{
    Html out = lit("<span class=\"app-bar__value\">");
    out << (row.text.empty() ? Text("[x]") : row.text);
    out.lit("</span>");
    if (!row.value) return out;
    out.lit("<svg class=\"app-bar\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 100 1\" height=\"12\""
            " preserveAspectRatio=\"none\"><rect height=\"1\" fill=\"currentColor\"")
        .attribute("width", per_cent(*row.value, full));
    return out.lit("/></svg>");
}

Content label_cell(const BarRow& row)
{
    if (row.href.empty()) return row.label;
    Html out = lit("<a class=\"govuk-link\"");
    put_href(out, row.href);
    out.lit(">") << row.label;
    return out.lit("</a>");
}

/// On a phone the cells stand below one another, so each carries the words of its heading.
void put_more(std::vector<TableCell>& cells, const AppBarTable& bars, const BarRow& row)
{
    CHECK(row.more.size() == bars.more_headings.size(), "a row of a bar table has a value for each heading");
    for (std::size_t index = 0; index < row.more.size(); ++index)
        cells.push_back({.text = row.more[index],
                         .format = "numeric",
                         .attributes = {{"data-label", bars.more_headings[index].words}}});
}

} // namespace

Html render(const AppBarTable& bars)
{
    const double full = full_bar(bars);
    Table table{.caption = bars.caption,
                .caption_classes = "govuk-table__caption--s",
                .first_cell_is_header = true,
                .classes = bars.more_headings.empty() ? "app-bartable" : "app-bartable app-rows"};
    table.head = {{.text = bars.label_heading}, {.text = bars.value_heading}};
    for (const Text& more : bars.more_headings) table.head.push_back({.text = more, .format = "numeric"});
    for (const BarRow& row : bars.rows) {
        auto& cells = table.rows.emplace_back();
        cells.push_back({.text = label_cell(row)});
        cells.push_back({.text = value_cell(row, full), .classes = "app-bartable__bar"});
        put_more(cells, bars, row);
    }
    Html out;
    if (!bars.note.empty()) {
        out.lit("<p class=\"govuk-hint\">") << bars.note;
        out.lit("</p>");
    }
    return out << render(table);
}

} // namespace reachable::web
