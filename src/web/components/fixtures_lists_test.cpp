// Fills the structs of the components that list things from the options of upstream fixtures, name for name.
#include "web/components/fixtures_lists.h"

#include "web/components/fixture_options.h"
#include "web/components/pagination.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/components/tabs.h"
#include "web/components/tag.h"
#include "web/components/task_list.h"

namespace reachable::web {

namespace {

PaginationLink pagination_link_from(const Json& options)
{
    return {.href = text(options, "href"),
            .text = text_or_html(options),
            .label_text = text(options, "labelText"),
            .attributes = attributes(options)};
}

Html pagination_fixture(const Json& options)
{
    auto pagination = with_shared<Pagination>(options);
    pagination.landmark_label = text_or(options, "landmarkLabel", pagination.landmark_label.words);
    pagination.previous = pagination_link_from(part(options, "previous"));
    pagination.next = pagination_link_from(part(options, "next"));
    for (const Json& item : items(options)) {
        if (item.members() != nullptr && item.members()->empty()) continue;
        PaginationItem page{.number = text(item, "number"),
                            .href = text(item, "href"),
                            .current = flag(item, "current"),
                            .ellipsis = flag(item, "ellipsis"),
                            .attributes = attributes(item)};
        if (const auto words = optional_text(item, "visuallyHiddenText")) page.visually_hidden_text = Text(*words);
        pagination.items.push_back(std::move(page));
    }
    return render(pagination);
}

SummaryListActions actions_from(const Json& options)
{
    SummaryListActions actions{.classes = classes(options)};
    for (const Json& item : items(options))
        actions.items.push_back({.text = text_or_html(item),
                                 .href = text(item, "href"),
                                 .visually_hidden_text = text(item, "visuallyHiddenText"),
                                 .classes = classes(item),
                                 .attributes = attributes(item)});
    return actions;
}

SummaryCard card_from(const Json& options)
{
    auto card = with_shared<SummaryCard>(options);
    card.actions = actions_from(part(options, "actions"));
    const Json& title = part(options, "title");
    if (is_truthy(&title))
        card.title = SummaryCardTitle{
            .text = text_or_html(title), .heading_level = number(title, "headingLevel", 2), .classes = classes(title)};
    return card;
}

SummaryListCell summary_cell_from(const Json& options)
{
    return {.text = text_or_html(options), .classes = classes(options)};
}

Html summary_list_fixture(const Json& options)
{
    auto list = with_shared<SummaryList>(options);
    if (flag(options, "card")) list.card = card_from(part(options, "card"));
    for (const Json& row : items(options, "rows"))
        list.rows.push_back({.key = summary_cell_from(part(row, "key")),
                             .value = summary_cell_from(part(row, "value")),
                             .actions = actions_from(part(row, "actions")),
                             .classes = classes(row)});
    return render(list);
}

TableCell table_cell_from(const Json& options)
{
    return {.text = text_or_html(options),
            .format = text(options, "format"),
            .colspan = number(options, "colspan", 0),
            .rowspan = number(options, "rowspan", 0),
            .classes = classes(options),
            .attributes = attributes(options)};
}

Html table_fixture(const Json& options)
{
    auto table = with_shared<Table>(options);
    table.caption = text(options, "caption");
    table.caption_classes = classes(options, "captionClasses");
    table.first_cell_is_header = flag(options, "firstCellIsHeader");
    for (const Json& cell : items(options, "head")) table.head.push_back(table_cell_from(cell));
    for (const Json& row : items(options, "rows")) {
        table.rows.emplace_back();
        for (const Json& cell : *row.items()) table.rows.back().push_back(table_cell_from(cell));
    }
    return render(table);
}

Html tabs_fixture(const Json& options)
{
    auto tabs = with_shared<Tabs>(options);
    tabs.id = text(options, "id");
    tabs.id_prefix = text(options, "idPrefix");
    tabs.title = text_or(options, "title", tabs.title.words);
    for (const Json& item : items(options))
        tabs.items.push_back({.label = text(item, "label"),
                              .panel = text_or_html(part(item, "panel")),
                              .id = text(item, "id"),
                              .attributes = attributes(item),
                              .panel_attributes = attributes(part(item, "panel"))});
    return render(tabs);
}

Tag tag_from(const Json& options)
{
    return {.text = text_or_html(options), .classes = classes(options), .attributes = attributes(options)};
}

TaskListItem task_from(const Json& options)
{
    const Json& title = part(options, "title");
    const Json& status = part(options, "status");
    TaskListItem task{.title = {.text = text_or_html(title), .classes = classes(title)},
                      .hint = text_or_html(part(options, "hint")),
                      .status = {.text = text_or_html(status), .classes = classes(status)},
                      .href = text(options, "href"),
                      .classes = classes(options)};
    if (flag(status, "tag")) task.status.tag = tag_from(part(status, "tag"));
    return task;
}

Html task_list_fixture(const Json& options)
{
    auto list = with_shared<TaskList>(options);
    list.id_prefix = text_or(options, "idPrefix", list.id_prefix);
    int place = 0; // the macro counts the items it passes over
    for (const Json& item : *part(options, "items").items()) {
        ++place;
        if (!is_truthy(&item)) continue;
        list.items.push_back(task_from(item));
        list.items.back().number = place;
    }
    return render(list);
}

} // namespace

std::map<std::string, FixtureRenderer> list_components()
{
    return {
        {"pagination", pagination_fixture}, {"summary-list", summary_list_fixture},
        {"table", table_fixture},           {"tabs", tabs_fixture},
        {"task-list", task_list_fixture},
    };
}

} // namespace reachable::web
