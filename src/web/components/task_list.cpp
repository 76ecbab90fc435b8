#include "web/components/task_list.h"

#include "web/components/link_address.h"

namespace reachable::web {

namespace {

struct Ids {
    std::string hint;
    std::string status;
};

void put_title(Html& out, const TaskListItem& item, const Ids& ids)
{
    if (item.href.empty()) {
        out.lit("<div");
        put_if(out, "class", item.title.classes.names());
        out.lit(">") << item.title.text;
        out.lit("</div>");
        return;
    }
    out.lit("<a");
    put_classes(out, "govuk-link govuk-task-list__link", item.title.classes);
    put_href(out, item.href);
    out.attribute("aria-describedby", with_space(item.hint.empty() ? "" : ids.hint, ids.status));
    out.lit(">\n") << item.title.text;
    out.lit("\n</a>\n");
}

void put_status(Html& out, const TaskListStatus& status, const Ids& ids)
{
    out.lit("<div");
    put_classes(out, "govuk-task-list__status", status.classes);
    out.attribute("id", ids.status);
    out.lit(">");
    if (status.tag)
        out << render(*status.tag);
    else
        out << status.text;
    out.lit("</div>");
}

void put_item(Html& out, const TaskListItem& item, const Ids& ids)
{
    Classes classes = item.href.empty() ? "" : "govuk-task-list__item--with-link";
    out.lit("<li");
    put_classes(out, "govuk-task-list__item", classes.add(item.classes));
    out.lit("><div class=\"govuk-task-list__name-and-hint\">");
    put_title(out, item, ids);
    if (!item.hint.empty()) {
        out.lit("<div").attribute("id", ids.hint).lit(" class=\"govuk-task-list__hint\">") << item.hint;
        out.lit("</div>");
    }
    out.lit("</div>");
    put_status(out, item.status, ids);
    out.lit("</li>");
}

} // namespace

Html render(const TaskList& list)
{
    Html out = lit("<ul");
    put_classes(out, "govuk-task-list", list.classes);
    out << list.attributes;
    out.lit(">");
    int place = 0;
    for (const auto& item : list.items) {
        ++place;
        const std::string id = list.id_prefix + "-" + std::to_string(item.number.value_or(place));
        put_item(out, item, {id + "-hint", id + "-status"});
    }
    out.lit("</ul>");
    return out;
}

} // namespace reachable::web
