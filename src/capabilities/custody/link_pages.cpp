// The one-time link of a duty desk, without an account. A mail scanner's GET opens nothing: a person presses a button,
// a code goes to the desk by the other channel it is known by, and the code opens the one request.
#include "capabilities/custody/page_parts.h"

#include "accounts/one_time_link.h"
#include "clocks/london.h"
#include "notices/notices.h"
#include "web/components/input.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

using storage::Transaction;
using web::Request;
using web::Response;

/// A visit of somebody who has no session yet.
Visit stranger(const Site& site, const Request& request)
{
    return {request, {}, site.time.now()};
}

Response show(const Site& site, const Request& request, Page page, int status = 200)
{
    page.is_plain = true;
    return site.show(std::move(page), stranger(site, request), status);
}

Html post_button(std::string_view action, std::string_view words)
{
    Html html;
    html.lit("<form method=\"post\"").attribute("action", action).lit(">") << derived::form_end(words);
    return html;
}

Page over_page()
{
    Page page{.title = "This link is over"};
    page.main << heading("This link is over");
    page.main << paragraph("A link works once, for two hours, and a newer message ends the older ones. Look for the "
                           "newest message to your desk and use its link.");
    page.main << paragraph(
        "If there is none, ring the custody suite and answer by voice, or ask it to send a new link.");
    return page;
}

Page door_page(const Request& request, const accounts::LinkView& link)
{
    const auto& token = request.path_values.at("token");
    Page page{.title = "A request from police custody"};
    page.main << heading("A child is in custody. Your desk is asked about them.");
    page.main << paragraph(fmt::format("The link is good until {}. Press the button and we send a code to the second "
                                       "address or number your desk gave us. It is good for ten minutes.",
                                       clocks::wall_date_time(link.expires_at)));
    page.main << paragraph("By pressing it you say that you need this to answer a safeguarding request. What you see "
                           "and answer is recorded.");
    page.main << post_button("/a/" + token, "Send the code");
    return page;
}

Page code_page(const std::string& token, const Problems& problems)
{
    Page page{.title = "Enter the code", .has_errors = !problems.empty()};
    page.before_main << web::error_summary_for(problems);
    page.main << heading("Enter the code we sent to your desk");
    page.main.lit("<form method=\"post\" novalidate").attribute("action", "/a/" + token + "/code").lit(">");
    web::Input input{.id = "code",
                     .name = "code",
                     .inputmode = "numeric",
                     .label = {.text = "Code of six digits"},
                     .classes = "govuk-input--width-10",
                     .autocomplete = "one-time-code"};
    if (!problems.empty()) input.error_message = web::ErrorMessage{.text = problems.front().sentence};
    page.main << render(input) << derived::form_end("Open the request");
    page.main << post_button("/a/" + token, "Send another code");
    return page;
}

Response open_door(const Site& site, const Request& request)
{
    std::optional<accounts::LinkView> link;
    const auto now = site.time.now();
    site.desk.database.read([&](Transaction& transaction) {
        link = accounts::look_at_link(transaction, request.path_values.at("token"), now);
    });
    if (!link || link->state == accounts::LinkState::expired) return show(site, request, over_page(), 410);
    if (link->state == accounts::LinkState::used) return show(site, request, over_page(), 410);
    return show(site, request, door_page(request, *link));
}

void record(const Site& site, Transaction& transaction, const Request& request, const accounts::Session& session,
            std::string_view action, bool is_done, UtcTime now)
{
    casework::CaseHead head;
    head.id = session.only_case;
    auto entry = casework::audit_entry(site.desk, session, request.id, head, {}, now);
    entry.operation = is_done ? audit::Operation::sign_in : audit::Operation::sign_in_refused;
    entry.action = action;
    entry.outcome = is_done ? "done" : "withheld";
    site.desk.log.append(transaction, std::move(entry));
}

Response press(const Site& site, const Request& request)
{
    const auto token = request.path_values.at("token");
    const auto now = site.time.now();
    Result<> pressed;
    site.desk.database.write([&](Transaction& transaction) {
        pressed = {};
        const auto link = accounts::look_at_link(transaction, token, now);
        const auto code = accounts::press_link(transaction, token, now);
        accounts::Session nobody;
        nobody.role = accounts::Role::EDT;
        record(site, transaction, request, nobody, "link.press", code.has_value(), now);
        if (!code || !link) {
            pressed = code ? Result<>(refuse(ProblemKind::not_found, "This link is over"))
                           : Result<>(tl::unexpected<Problems>(code.error()));
            return;
        }
        const auto team = accounts::find_team(transaction, link->desk);
        const auto to = team ? (team->code_mail.empty() ? team->desk_mail : team->code_mail) : std::string{};
        notices::store_mail(transaction, {.to = to, .code = "link.code", .reference = "", .link = code->reveal()}, now);
    });
    if (!pressed) return show(site, request, derived::refusal_page(pressed.error()), 410);
    return web::see_other("/a/" + token + "/code");
}

Response enter(const Site& site, const Request& request)
{
    const auto token = request.path_values.at("token");
    const auto form = request.form();
    if (!form) return show(site, request, derived::refusal_page(form.error()), 422);
    const auto now = site.time.now();
    Result<accounts::OpenedSession> opened = refuse(ProblemKind::unavailable, "Try again");
    site.desk.database.write([&](Transaction& transaction) {
        opened = accounts::enter_with_code(transaction, token, trim(form->get("code")), now);
        accounts::Session nobody;
        nobody.role = accounts::Role::EDT;
        record(site, transaction, request, opened ? opened->session : nobody, "link.enter", opened.has_value(), now);
    });
    if (!opened) {
        auto problems = opened.error();
        problems.front().field = "code";
        return show(site, request, code_page(token, problems), 422);
    }
    auto response = web::see_other("/a/" + token + "/answer");
    web::set_cookie(response, "link", opened->cookie.reveal(), {.is_secure = site.is_secure, .strict = false});
    return response;
}

} // namespace

void add_link_pages(web::Router& router, const Site& site)
{
    router.get("/a/{token}", [&site](const Request& request) { return open_door(site, request); });
    router.post("/a/{token}", [&site](const Request& request) { return press(site, request); });
    router.get("/a/{token}/code", [&site](const Request& request) {
        return show(site, request, code_page(request.path_values.at("token"), {}));
    });
    router.post("/a/{token}/code", [&site](const Request& request) { return enter(site, request); });
    router.get("/a/{token}/expired", [&site](const Request& request) { return show(site, request, over_page(), 410); });
    router.get("/a/{token}/passed-on", [&site](const Request& request) {
        Page page{.title = "Passed on"};
        page.main << heading("The request was passed on")
                  << paragraph("Thank you. You have nothing more to do. You can close this page.");
        return show(site, request, std::move(page));
    });
}

} // namespace reachable::custody
