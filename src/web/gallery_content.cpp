#include "web/components/back_link.h"
#include "web/components/breadcrumbs.h"
#include "web/components/details.h"
#include "web/components/exit_this_page.h"
#include "web/components/feedback.h"
#include "web/components/inset_text.h"
#include "web/components/notification_banner.h"
#include "web/components/pagination.h"
#include "web/components/panel.h"
#include "web/components/phase_banner.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/components/tabs.h"
#include "web/components/tag.h"
#include "web/components/task_list.h"
#include "web/components/warning_text.h"
#include "web/gallery.h"

namespace reachable::web {

namespace {

Html banners()
{
    Html out = render(NotificationBanner{.text = "The request was sent at 22:05.", .title_id = "banner-1"});
    return out << render(NotificationBanner{.title = "Done",
                                            .text = "The brief was read.",
                                            .type = "success",
                                            .role = "region",
                                            .title_id = "banner-2",
                                            .disable_auto_focus = true});
}

Html paginations()
{
    Html out = render(Pagination{
        .items = {{.number = "1", .href = "?page=1"},
                  {.number = "2", .href = "?page=2", .current = true},
                  {.ellipsis = true},
                  {.number = "9", .href = "?page=9"}},
        .previous = {.href = "?page=1"},
        .next = {.href = "?page=3"},
        .landmark_label = "Pages of results",
    });
    return out << render(Pagination{.previous = {.href = "#", .label_text = "Arrival"},
                                    .next = {.href = "#", .label_text = "Safe contact"},
                                    .landmark_label = "Steps"});
}

Html panels()
{
    Html out = render(Panel{.title = "Answer sent", .text = "Reference 7K4M 2Q9X", .heading_level = 3});
    return out << render(Panel{
               .title = "This leaves your agency",
               .text = lit("<p class=\"govuk-body\">Two other agencies will see it.</p>"),
               .heading_level = 3,
               .actions =
                   PanelActions{.items = {{.text = "Send it", .type = "submit"}, {.text = "Go back", .href = "#"}}},
               .classes = "govuk-panel--interruption",
           });
}

Html summary()
{
    return render(SummaryList{
        .rows = {{.key = {.text = "Date of birth"},
                  .value = {.text = "27 March 2011"},
                  .actions = {.items = {{.text = "Change", .href = "#", .visually_hidden_text = "date of birth"}}}},
                 {.key = {.text = "Likes to be called"}, .value = {.text = "Not asked yet"}}},
        .card = SummaryCard{.title = SummaryCardTitle{.text = "Person", .heading_level = 3},
                            .actions = {.items = {{.text = "Remove", .href = "#"}, {.text = "Copy", .href = "#"}}}},
    });
}

Html queue_table()
{
    return render(Table{
        .caption = "Due now",
        .caption_classes = "govuk-table__caption--s",
        .head = {{.text = "Due"}, {.text = "What"}, {.text = "Minutes", .format = "numeric"}},
        .rows = {{{.text = "22:23", .attributes = {{"data-label", "Due"}}},
                  {.text = "Answer", .attributes = {{"data-label", "What"}}},
                  {.text = "18", .format = "numeric", .attributes = {{"data-label", "Minutes"}}}},
                 {{.text = "23:10", .attributes = {{"data-label", "Due"}}},
                  {.text = "Review", .attributes = {{"data-label", "What"}}},
                  {.text = "65", .format = "numeric", .attributes = {{"data-label", "Minutes"}}}}},
        .classes = "app-rows",
    });
}

Html tags()
{
    Html out;
    for (const char* colour : {"", "govuk-tag--green", "govuk-tag--red", "govuk-tag--yellow", "govuk-tag--grey"}) {
        out << render(Tag{.text = "In progress", .classes = colour});
        out.lit(" ");
    }
    return out;
}

Html tasks()
{
    return render(TaskList{
        .items = {{.title = {.text = "Freeze the figures"}, .status = {.text = "Completed"}, .href = "#"},
                  {.title = {.text = "Check what could identify somebody"},
                   .hint = "Cell by cell",
                   .status = {.tag = Tag{.text = "Not started", .classes = "govuk-tag--blue"}},
                   .href = "#"},
                  {.title = {.text = "Release"},
                   .status = {.text = "Cannot start yet", .classes = "govuk-task-list__status--cannot-start-yet"}}},
    });
}

} // namespace

Html gallery_of_content()
{
    Html out;
    put_sample(out, "Back link", render(BackLink{.href = "#main-content"}));
    put_sample(out, "Breadcrumbs",
               render(Breadcrumbs{.items = {{.text = "Queue", .href = "#"}, {.text = "This page"}}}));
    put_sample(out, "Details", render(Details{.summary = "Who is asking", .text = "The custody suite."}));
    put_sample(out, "Exit this page", render(ExitThisPage{.redirect_url = "/leave"}));
    put_sample(out, "Feedback", render(Feedback{.title = "Tell us", .text = "What would help?", .heading_level = 3}));
    put_sample(out, "Inset text", render(InsetText{.text = "It is not a complaint."}));
    put_sample(out, "Notification banner", banners());
    put_sample(out, "Pagination", paginations());
    put_sample(out, "Panel", panels());
    put_sample(out, "Phase banner",
               render(PhaseBanner{.tag = {.text = "Demo"}, .text = "Every person here is invented."}));
    put_sample(out, "Summary list", summary());
    put_sample(out, "Table", queue_table());
    put_sample(out, "Tabs",
               render(Tabs{.items = {{.label = "Today", .panel = "Two due."}, {.label = "Tomorrow", .panel = "None."}},
                           .id_prefix = "days"}));
    put_sample(out, "Tag", tags());
    put_sample(out, "Task list", tasks());
    put_sample(out, "Warning text", render(WarningText{.text = "After 23:00 nobody answers this number."}));
    return out;
}

} // namespace reachable::web
