#include "web/components/table.h"

namespace reachable::web {

namespace {

void put_spans(Html& out, const TableCell& cell)
{
    if (cell.colspan != 0) out.attribute("colspan", std::to_string(cell.colspan));
    if (cell.rowspan != 0) out.attribute("rowspan", std::to_string(cell.rowspan));
    out << cell.attributes;
    out.lit(">") << cell.text;
}

void put_column_heading(Html& out, const TableCell& cell)
{
    Classes classes = cell.format.empty() ? "" : "govuk-table__header--" + cell.format;
    out.lit("<th scope=\"col\"");
    put_classes(out, "govuk-table__header", classes.add(cell.classes));
    put_spans(out, cell);
    out.lit("</th>");
}

void put_row_heading(Html& out, const TableCell& cell)
{
    out.lit("<th scope=\"row\"");
    put_classes(out, "govuk-table__header", cell.classes);
    put_spans(out, cell);
    out.lit("</th>");
}

void put_cell(Html& out, const TableCell& cell)
{
    Classes classes = cell.format.empty() ? "" : "govuk-table__cell--" + cell.format;
    out.lit("<td");
    put_classes(out, "govuk-table__cell", classes.add(cell.classes));
    put_spans(out, cell);
    out.lit("</td>");
}

void put_caption(Html& out, const Table& table)
{
    if (table.caption.empty()) return;
    out.lit("<caption");
    put_classes(out, "govuk-table__caption", table.caption_classes);
    out.lit(">") << table.caption;
    out.lit("</caption>");
}

void put_head(Html& out, const Table& table)
{
    if (table.head.empty()) return;
    out.lit("<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    for (const auto& cell : table.head) put_column_heading(out, cell);
    out.lit("</tr></thead>");
}

} // namespace

Html render(const Table& table)
{
    Html out = lit("<table");
    put_classes(out, "govuk-table", table.classes);
    out << table.attributes;
    out.lit(">");
    put_caption(out, table);
    put_head(out, table);
    out.lit("<tbody class=\"govuk-table__body\">");
    for (const auto& row : table.rows) {
        out.lit("<tr class=\"govuk-table__row\">");
        for (const auto& cell : row) {
            if (table.first_cell_is_header && &cell == &row.front())
                put_row_heading(out, cell);
            else
                put_cell(out, cell);
        }
        out.lit("</tr>");
    }
    out.lit("</tbody></table>");
    return out;
}

Html stacked(Table table)
{
    table.classes.add("app-rows");
    for (auto& row : table.rows)
        for (std::size_t i = 0; i < row.size() && i < table.head.size(); ++i)
            row[i].attributes.add("data-label", table.head[i].text.as_html().markup());
    return render(table);
}

} // namespace reachable::web
