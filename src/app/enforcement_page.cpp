// How often immigration enforcement asked, for everybody to see. Numbers of requests; no number of children.
#include "app/service.h"

#include "web/components/table.h"
#include "web/prose.h"

namespace reachable::app {
namespace {

web::Page enforcement_page(const Service& service)
{
    std::vector<sharing::EnforcementCount> counts;
    service.desk().database.read(
        [&](storage::Transaction& transaction) { counts = sharing::enforcement_counts(transaction); });
    web::Page page{.title = "Requests for immigration enforcement"};
    page.main << web::heading("Requests for immigration enforcement");
    page.main << web::paragraph(
        "Nothing about a child, a victim, a witness, a missing person or the family who reported is "
        "given to immigration enforcement from this service. Each request is recorded, refused, "
        "and told to a chief officer. Nobody has the rights to decide otherwise here.");
    if (counts.empty()) {
        page.main << web::paragraph("No request has been recorded.");
        return page;
    }
    web::Table table{.caption = "Requests by quarter, newest first",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Quarter"}, {.text = "Received"}, {.text = "Refused"}},
                     .first_cell_is_header = true};
    for (const auto& count : counts)
        table.rows.push_back({{.text = count.quarter},
                              {.text = std::to_string(count.received)},
                              {.text = std::to_string(count.refused)}});
    page.main << web::stacked(table);
    return page;
}

} // namespace

void add_enforcement_page(web::Router& router, const Service& service)
{
    router.get("/immigration-requests", [&service](const web::Request& request) {
        const auto session = service.site().session_of(request);
        return service.site().show(enforcement_page(service),
                                   {request, session.value_or(accounts::Session{}), service.time().now()});
    });
}

} // namespace reachable::app
