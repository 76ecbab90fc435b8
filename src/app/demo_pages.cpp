// For a presenter: the simulated clock with its buttons, and the mail that would have been sent. Only in a
// demonstration.
#include "app/passing_on.h"
#include "app/service.h"
#include "app/session_cookies.h"

#include "accounts/one_time_code.h"
#include "api/json.h"
#include "capabilities/custody/page_parts.h"
#include "clocks/london.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::app {
namespace {

using derived::Outcome;
using derived::Visit;
using web::Page;

struct Step {
    const char* words;
    minutes length;
};
constexpr Step steps[] = {{"+1 minute", minutes{1}},
                          {"+5 minutes", minutes{5}},
                          {"+15 minutes", minutes{15}},
                          {"+1 hour", hours{1}},
                          {"+1 day", hours{24}}};

Page clock_page(const Service& service, const Visit& visit)
{
    Page page{.title = "Move the clock"};
    page.main << web::heading("Move the clock");
    page.main << web::paragraph(fmt::format("It is {}.", clocks::wall_date_time(visit.now)));
    page.main << derived::form_start("/demo/clock", visit.session);
    page.main.lit("<div class=\"govuk-button-group\">");
    for (const auto& step : steps)
        page.main << web::button(step.words, web::ButtonLook::secondary, "minutes",
                                 std::to_string(step.length.count()));
    page.main.lit("</div></form>") << web::link("/demo/outbox", "Mail that would have been sent");
    (void)service;
    return page;
}

/// Moves the clock so that every warning rings at its own moment.
Result<Outcome> move_clock(const Service& service, const web::Fields& form)
{
    const auto wanted = form.get("minutes");
    const auto* step = std::find_if(std::begin(steps), std::end(steps),
                                    [&](const Step& one) { return std::to_string(one.length.count()) == wanted; });
    if (step == std::end(steps)) return refuse(ProblemKind::malformed, "Choose one of the steps");
    auto& clock = *service.simulated_time();
    const auto from = clock.now();
    const auto until = from + step->length;
    while (const auto next = casework::next_tick(service.desk())) {
        if (*next > until) break;
        if (*next > clock.now()) TRY(clock.set(*next));
        pass_on_notices(service.desk(), clock.now());
        if (casework::tick(service.desk(), clock.now()) == 0) break;
    }
    if (until > clock.now()) TRY(clock.set(until));
    pass_on_notices(service.desk(), until);
    service.desk().database.write(
        [&](storage::Transaction& transaction) { accounts::carry_staff_sessions(transaction, clock.now() - from); });
    return "/demo/clock";
}

/// The newest mails of the folder, newest first.
std::vector<std::string> mails(const Service& service)
{
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(service.settings().mail_folder, ignored))
        files.push_back(file.path());
    std::sort(files.begin(), files.end(), std::greater<>());
    if (files.size() > 60) files.resize(60);
    std::vector<std::string> texts;
    for (const auto& file : files) {
        std::ifstream in(file);
        std::stringstream text;
        text << in.rdbuf();
        texts.push_back(text.str());
    }
    return texts;
}

/// The path of a link of ours in a mail; empty when there is none.
std::string link_in(const Service& service, const std::string& mail)
{
    const auto at = mail.find(service.settings().base_url + "/a/");
    if (at == std::string::npos) return {};
    const auto from = at + service.settings().base_url.size();
    return mail.substr(from, mail.find_first_of(" \r\n", from) - from);
}

/// What stands behind "reference " in the subject; empty when nothing does.
std::string reference_in(const std::string& mail)
{
    const auto subject = mail.substr(0, mail.find("\r\n", mail.find("Subject: ")));
    const std::string_view before = "reference ";
    const auto at = subject.rfind(before);
    return at == std::string::npos ? std::string{} : subject.substr(at + before.size(), 8);
}

Page outbox_page(const Service& service, std::string_view only)
{
    Page page{.title = "Mail that would have been sent"};
    page.main << web::heading("Mail that would have been sent");
    page.main << web::paragraph(only.empty() ? "Newest first. A code is a mail of its own, to another address."
                                             : fmt::format("Newest first, of the request {} only.", only));
    if (!only.empty()) page.main << web::link("/demo/outbox", "Every mail");
    for (const auto& mail : mails(service)) {
        const auto reference = reference_in(mail);
        if (!only.empty() && reference != only) continue;
        if (only.empty() && !reference.empty()) {
            page.main.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\">")
                << web::link("/demo/outbox?reference=" + reference, "Only request " + reference);
            page.main.lit("</p>");
        }
        page.main.lit("<pre class=\"govuk-body app-mail\" tabindex=\"0\">") << mail;
        page.main.lit("</pre>");
        if (const auto link = link_in(service, mail); !link.empty()) {
            page.main.lit("<p class=\"govuk-body\">") << web::link(link, "Open this link");
            page.main.lit("</p>");
        }
    }
    return page;
}

/// The codes an authenticator would show now, for a presenter without one.
Page codes_page(const Service& service)
{
    Page page{.title = "Codes of the demonstration", .is_plain = true};
    page.main << web::heading("Codes of the demonstration");
    page.main << web::paragraph(
        "Each code works once, for about half a minute. Reload for the next. These people are invented.");
    std::ifstream in(std::filesystem::path(service.settings().mail_folder).parent_path() / "sign-ins.json");
    std::stringstream text;
    text << in.rdbuf();
    const auto json = api::parse_json(text.str());
    const auto* list = json ? json->find("sign_ins") : nullptr;
    if (list == nullptr || list->items() == nullptr) return page;
    web::Table table{.caption = "Sign-ins",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Sign-in name"}, {.text = "Password"}, {.text = "Code now"}, {.text = "Who"}}};
    for (const auto& one : *list->items()) {
        const auto secret = accounts::code_secret_from_text(one.text_of("code_secret"));
        if (!secret) continue;
        table.rows.push_back({{.text = one.text_of("sign_in_name")},
                              {.text = one.text_of("password")},
                              {.text = accounts::code_at(*secret, sign_in_time())},
                              {.text = one.text_of("what_to_try")}});
    }
    page.main << web::stacked(table);
    return page;
}

} // namespace

void add_demo_pages(web::Router& router, const Service& service)
{
    service.site().page(router, "/demo/clock",
                        [&service](const Visit& visit) -> Result<Page> { return clock_page(service, visit); });
    service.site().post(router, "/demo/clock",
                        [&service](const Visit&, const web::Fields& form) { return move_clock(service, form); });
    router.get("/demo/codes", [&service](const web::Request& request) {
        return service.site().show(codes_page(service), {request, {}, service.time().now()});
    });
    service.site().page(router, "/demo/outbox", [&service](const Visit& visit) -> Result<Page> {
        return outbox_page(service, visit.request.query.get("reference"));
    });
}

} // namespace reachable::app
