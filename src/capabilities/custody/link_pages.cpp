// The one-time link of a duty desk, without an account. A mail scanner's GET opens nothing: a person presses a button,
// a code goes to the desk by the other channel it is known by, and the code opens the one request.
#include "capabilities/custody/page_parts.h"

#include "accounts/one_time_link.h"
#include "clocks/london.h"
#include "notices/notices.h"
#include "web/components/input.h"
#include "web/components/inset_text.h"

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

/// Who stands behind a link of ours, as far as somebody may be told who holds it and has shown no code: whom to ring,
/// the reference and the clock. Nothing of the child, and no place: a suite's name would say where the child is.
struct Behind {
    accounts::Link link;
    casework::CaseHead head;
    std::string force;
    std::string phone;
    std::vector<casework::ClockRow> clocks;

    std::string reference() const { return head.id.text().substr(0, 8); }
    bool has_left() const { return custody::has_left(head.state); }
};

/// Nothing for a link that was never ours.
std::optional<Behind> find_behind(Transaction& transaction, std::string_view token, UtcTime now)
{
    const auto link = accounts::link_behind(transaction, token, now);
    if (!link) return std::nullopt;
    const auto loaded = casework::load_case(transaction, conversation_type(), link->only_case);
    if (!loaded) return std::nullopt;
    Behind behind{.link = *link, .head = loaded->head, .force = {}, .phone = {}, .clocks = {}};
    if (const auto force = accounts::find_agency(transaction, loaded->head.heading.agency)) behind.force = force->name;
    if (const auto suite = accounts::find_team(transaction, loaded->head.heading.team)) behind.phone = suite->phone;
    behind.clocks = casework::load_clocks(transaction, link->only_case);
    return behind;
}

std::optional<Behind> look_behind(const Site& site, const Request& request)
{
    std::optional<Behind> behind;
    const auto now = site.time.now();
    site.desk.database.read(
        [&](Transaction& transaction) { behind = find_behind(transaction, request.path_values.at("token"), now); });
    return behind;
}

/// Whether the desk may still answer: as the policy says, also when the child has left meanwhile.
bool may_answer(const Site& site, Transaction& transaction, const Behind& behind, UtcTime now)
{
    const auto agency = accounts::find_agency(transaction, behind.link.agency);
    if (!agency) return false;
    accounts::Session desk{.agency = behind.link.agency,
                           .agency_kind = agency->kind,
                           .team = behind.link.desk,
                           .role = accounts::Role::EDT,
                           .purpose = "safeguarding-response",
                           .only_case = behind.link.only_case};
    const auto& type = conversation_type();
    const auto asked =
        casework::policy_request(site.desk, transaction, type, behind.head, desk, type.full_name("answer"), now);
    return type.find_action("answer")->comes_from(behind.head.state) && site.desk.policy.decide(asked).is_allowed;
}

/// Whom to ring: the way on that needs no link.
std::string ring_whom(const Behind& behind)
{
    const auto who = behind.force.empty() ? std::string("the custody suite") : behind.force + " custody";
    return fmt::format("{}{}. Say the reference {}", who, behind.phone.empty() ? "" : " on " + behind.phone,
                       behind.reference());
}

std::string why_over(const Behind& behind)
{
    switch (behind.link.state) {
    case accounts::LinkState::used:
        return "This link was opened already. Whoever opened it goes on in the browser they used; half an hour without "
               "a touch ends that.";
    case accounts::LinkState::burnt:
        return "Five codes were wrong, so this link was ended to keep the request safe. Custody has been told.";
    case accounts::LinkState::expired:
        return "A link is good for two hours at most, and a newer message ends the older ones.";
    case accounts::LinkState::waiting: break;
    }
    return "Your desk has answered, and the time in which it could add to its answers has passed.";
}

Page over_page(const std::optional<Behind>& behind)
{
    Page page{.title = "This link is over"};
    page.main << heading("This link is over");
    if (!behind) {
        page.main << paragraph("It opens nothing here. Look for the newest message to your desk and use its link. If "
                               "there is none, ring the custody suite that asked you.");
        return page;
    }
    page.main << paragraph(why_over(*behind));
    page.main << paragraph("Look for the newest message to your desk with this reference and use its link.");
    page.main << render(
        web::InsetText{.text = web::Text(fmt::format(
                           "No newer message? Ring {}. Answer by voice, or ask for a new link.", ring_whom(*behind)))});
    return page;
}

Response over(const Site& site, const Request& request, const std::optional<Behind>& behind)
{
    return show(site, request, over_page(behind), behind ? 410 : 404);
}

Html who_asks(const Behind& behind, UtcTime now)
{
    Html html;
    // Of two that run after the request was passed on, this desk owes the later.
    const auto awaited =
        std::find_if(behind.clocks.rbegin(), behind.clocks.rend(),
                     [](const casework::ClockRow& clock) { return clock.code == "C02" && !clock.stopped_at; });
    if (awaited != behind.clocks.rend()) html << clock_box(*awaited, behind.clocks, conversation_type(), now);
    html << paragraph(
        fmt::format("To answer by voice, or if anything here does not work, ring {}.", ring_whom(behind)));
    return html;
}

Page door_page(const std::string& token, const Behind& behind, UtcTime now)
{
    Page page{.title = "A request from police custody"};
    page.main << heading(behind.has_left() ? "A child was in custody and has left. Your answers still count."
                                           : "A child is in custody. Your desk is asked about them.");
    if (behind.has_left())
        page.main << paragraph("Custody still reads what you answer, and passes on what keeps the child safe.");
    page.main << paragraph(fmt::format("{}The link is good until {}. Press the button and we send a code to the second "
                                       "address or number your desk gave us. It is good for ten minutes.",
                                       behind.force.empty() ? "" : behind.force + " asks. ",
                                       clocks::wall_date_time(behind.link.expires_at)));
    page.main << paragraph("By pressing it you say that you need this to answer a safeguarding request. What you see "
                           "and answer is recorded.");
    page.main << post_button("/a/" + token, "Send the code") << who_asks(behind, now);
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

/// A link that is of something else than a conversation opens nothing: it says what to do instead.
std::optional<Page> of_something_else(const Site& site, const Request& request)
{
    std::optional<Page> page;
    site.desk.database.read([&](Transaction& transaction) {
        page.reset();
        const auto link = accounts::link_behind(transaction, request.path_values.at("token"), site.time.now());
        if (!link || casework::load_case(transaction, conversation_type(), link->only_case)) return;
        const auto head = casework::load_head(transaction, link->only_case);
        const auto force = accounts::find_agency(transaction, head.heading.agency);
        const auto team = accounts::find_team(transaction, head.heading.team);
        page = Page{.title = "Something waits for your desk"};
        page->main << heading("Something about a child waits for your desk")
                   << paragraph("This link does not open it. Sign in to your account and look at your queue.");
        page->main << render(web::InsetText{
            .text = web::Text(
                fmt::format("No account? Ring {}{}. Say the reference {}.", force ? force->name : "the police",
                            team && !team->phone.empty() ? " on " + team->phone : "", head.id.text().substr(0, 8)))});
    });
    return page;
}

Response open_door(const Site& site, const Request& request)
{
    const auto& token = request.path_values.at("token");
    if (auto page = of_something_else(site, request)) return show(site, request, std::move(*page));
    // Somebody who came by this very link before goes on where they were.
    if (site.session_of(request)) return web::see_other("/a/" + token + "/answer");
    const auto behind = look_behind(site, request);
    const auto now = site.time.now();
    bool is_open = false;
    site.desk.database.read(
        [&](Transaction& transaction) { is_open = behind && may_answer(site, transaction, *behind, now); });
    if (!is_open || behind->link.state != accounts::LinkState::waiting) return over(site, request, behind);
    return show(site, request, door_page(token, *behind, now));
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
    std::optional<Behind> behind;
    site.desk.database.write([&](Transaction& transaction) {
        pressed = {};
        behind = find_behind(transaction, token, now);
        const bool is_open = behind && may_answer(site, transaction, *behind, now);
        const auto code = is_open ? accounts::press_link(transaction, token, now)
                                  : Result<Sensitive<std::string>>(refuse(ProblemKind::out_of_order, ""));
        if (!behind) { // the entrance notes it, however many there are
            pressed = refuse(ProblemKind::not_found, "");
            return;
        }
        accounts::Session nobody;
        nobody.role = accounts::Role::EDT;
        record(site, transaction, request, nobody, "link.press", code.has_value(), now);
        if (!code) {
            pressed = tl::unexpected<Problems>(code.error());
            return;
        }
        const auto team = accounts::find_team(transaction, behind->link.desk);
        const auto to = team ? (team->code_mail.empty() ? team->desk_mail : team->code_mail) : std::string{};
        notices::store_mail(transaction,
                            {.to = to, .code = "link.code", .reference = behind->reference(), .link = code->reveal()},
                            now);
    });
    if (pressed) return web::see_other("/a/" + token + "/code");
    if (pressed.error().front().kind == ProblemKind::too_many)
        return show(site, request, code_page(token, pressed.error()), 429);
    return over(site, request, behind);
}

/// Wrong codes ended the link: somebody guesses, or a desk is stuck. Those who asked hear of it, and send a new one.
void tell_custody(Transaction& transaction, const Behind& behind, UtcTime now)
{
    notices::store_notice(transaction, behind.head.heading.side(false), behind.head.id,
                          {.code = "custody.link_ended", .role = accounts::Role::CUST}, "", now);
}

/// What `enter_with_code` gave, and what stood behind the link afterwards.
struct Entered {
    Result<accounts::OpenedSession> opened = refuse(ProblemKind::unavailable, "Try again", "code");
    std::optional<Behind> behind;
};

Entered try_code(const Site& site, const Request& request, std::string_view code, UtcTime now)
{
    const auto& token = request.path_values.at("token");
    Entered entered;
    site.desk.database.write([&](Transaction& transaction) {
        const auto before = find_behind(transaction, token, now);
        if (!before) return; // the entrance notes it, however many there are
        entered.opened = accounts::enter_with_code(transaction, token, code, now);
        entered.behind = find_behind(transaction, token, now);
        const bool was_waiting = before->link.state == accounts::LinkState::waiting;
        if (was_waiting && entered.behind->link.state == accounts::LinkState::burnt)
            tell_custody(transaction, *entered.behind, now);
        accounts::Session nobody;
        nobody.role = accounts::Role::EDT;
        record(site, transaction, request, entered.opened ? entered.opened->session : nobody, "link.enter",
               entered.opened.has_value(), now);
    });
    return entered;
}

Response enter(const Site& site, const Request& request)
{
    const auto& token = request.path_values.at("token");
    const auto form = request.form();
    if (!form) return show(site, request, derived::refusal_page(form.error()), 422);
    const auto entered = try_code(site, request, trim(form->get("code")), site.time.now());
    if (!entered.opened && entered.behind && entered.behind->link.state == accounts::LinkState::waiting)
        return show(site, request, code_page(token, entered.opened.error()), 422);
    if (!entered.opened) return over(site, request, entered.behind);
    auto response = web::see_other("/a/" + token + "/answer");
    web::set_cookie(response, accounts::link_cookie_name(token, site.is_secure), entered.opened->cookie.reveal(),
                    {.is_secure = site.is_secure,
                     .max_age_seconds = static_cast<int>(std::chrono::seconds{accounts::whole_limit}.count()),
                     .strict = false});
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
    router.get("/a/{token}/expired",
               [&site](const Request& request) { return over(site, request, look_behind(site, request)); });
    router.get("/a/{token}/passed-on", [&site](const Request& request) {
        Page page{.title = "Passed on"};
        page.main << heading("The request was passed on")
                  << paragraph("Thank you. You have nothing more to do. You can close this page.");
        return show(site, request, std::move(page));
    });
}

} // namespace reachable::custody
