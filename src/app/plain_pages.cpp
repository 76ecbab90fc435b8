// Pages that anybody may open: what the service is, who can see what, and how it is doing.
#include "app/policy_matrix.h"
#include "app/service.h"
#include "capabilities/custody/page_parts.h"
#include "notices/notices.h"
#include "storage/columns.h"
#include "web/components/table.h"
#include "web/gallery.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using web::Html;
using web::Page;
using web::Request;
using web::Response;

/// A page without a session, made anew for each request.
void plain(web::Router& router, const Service& service, const std::string& path, std::function<Page()> make)
{
    router.get(path, [&service, make = std::move(make)](const Request& request) {
        auto page = make();
        const auto session = service.site().session_of(request);
        return service.site().show(std::move(page),
                                   {request, session.value_or(accounts::Session{}), service.time().now()});
    });
}

Page words_page(std::string_view title, std::initializer_list<std::string_view> paragraphs)
{
    Page page{.title = title};
    page.main << web::heading(title);
    for (const auto words : paragraphs) page.main << web::paragraph(words);
    return page;
}

/// The policy as tables: each role with the purposes it may choose, and each rule that lets somebody read.
Page who_sees_what(const policy::TextPolicy& policy)
{
    auto page =
        words_page("Who can see what", {"Nobody may browse. You see a child's record only while your work connects you "
                                        "with the child, for a purpose you choose, and every look is recorded.",
                                        "Custody sees what keeps a child safe in custody, until 24 hours after the "
                                        "child leaves. Children's services see what custody asks and what they answer. "
                                        "What the tables say is what the rules in force say; a forbid wins over all.",
                                        "Information about a victim never serves immigration enforcement."});
    web::Table table{.caption = "Purposes each role may choose",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Role"}, {.text = "Purposes"}},
                     .first_cell_is_header = true};
    for (int i = 0; i <= static_cast<int>(accounts::Role::ADMIN); ++i) {
        const auto role = static_cast<accounts::Role>(i);
        std::vector<std::string> titles;
        for (const auto& purpose : policy.purposes_of(role)) titles.emplace_back(purpose.title);
        if (!titles.empty() && role != accounts::Role::system)
            table.rows.push_back({{.text = accounts::title_of(role)}, {.text = join(titles, "; ")}});
    }
    page.main << web::stacked(table) << who_reads_what(policy.text());
    return page;
}

Response status(const Service& service)
{
    // Anybody may ask. How many mails wait would tell them that somewhere a child was just taken into custody; how long
    // the log is, that a search of theirs came upon a record that they may not see. Load is the operators' to measure.
    constexpr auto longest_in_time = minutes{10};
    bool is_held_up = false;
    service.desk().database.read([&](storage::Transaction& transaction) {
        is_held_up = !transaction
                          .query("select 1 from outbox where sent_at is null and at < $1 limit 1",
                                 {storage::to_value(service.time().now() - longest_in_time)})
                          .empty();
    });
    return web::respond(200, "text/plain; charset=utf-8",
                        fmt::format("storage {}\nmail {}\nclock {}\n", service.desk().database.engine(),
                                    is_held_up ? "held up for over ten minutes" : "in time", service.time().health()));
}

} // namespace

void add_plain_pages(web::Router& router, const Service& service)
{
    plain(router, service, "/accessibility", [] {
        return words_page("Accessibility",
                          {"Every page works with a keyboard, a screen reader, at 400% and without scripts. We hold it "
                           "to WCAG 2.2 AA and check its pages by machine on each change.",
                           "Tell the people who run this service what stands in your way."});
    });
    plain(router, service, "/privacy", [] {
        return words_page("Privacy",
                          {"This service holds what agencies need to keep a child safe, for as long as they "
                           "need it. Each look at a record is written down with who, when and why.",
                           "It sets cookies only to let you in: one while you sign in, one while you are "
                           "signed in, and one for each link to a duty desk that you open. None follows you."});
    });
    plain(router, service, "/no-access", [] {
        return words_page("You cannot open that",
                          {"Your role, or the purpose you chose, does not open it, or there is no such page. The page "
                           "about who can see what says what each role sees. If a child is in danger now, ring the "
                           "duty inspector or the duty desk of the local authority."});
    });
    plain(router, service, "/guidance/answer-a-request", [] {
        return words_page("Answer a request",
                          {"Open the link in the mail to your duty desk and press the button. We send a code to your "
                           "desk's second address. Enter it and answer the questions, in any order.",
                           "A link works once, for two hours. If it is over, ring the custody suite: you can answer by "
                           "voice, or ask for a new link."});
    });
    plain(router, service, "/who-can-see-what", [&service] { return who_sees_what(service.text_policy()); });
    if (service.settings().is_demo) plain(router, service, "/dev/components", [] { return web::gallery_page(); });
    router.get("/status", [&service](const Request&) { return status(service); });
}

} // namespace reachable::app
