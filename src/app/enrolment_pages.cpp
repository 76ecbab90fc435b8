// How a new member of staff sets their own password and authenticator: behind a one-time link, without a session.
// The link is 256 random bits that nobody else holds, so a form needs no further token against forging.
#include "accounts/enrolment.h"
#include "accounts/one_time_code.h"
#include "accounts/password.h"
#include "accounts/sessions.h"
#include "app/service.h"
#include "app/session_cookies.h"
#include "capabilities/custody/page_parts.h"
#include "web/components/input.h"
#include "web/components/password_input.h"
#include "web/prose.h"

namespace reachable::app {
namespace {

using accounts::Worker;
using storage::Transaction;
using web::Page;
using web::Request;
using web::Response;

Response show(const Service& service, const Request& request, Page page, int status = 200)
{
    page.is_plain = true;
    return service.site().show(std::move(page), {request, {}, service.time().now()}, status);
}

Response over(const Service& service, const Request& request)
{
    Page page{.title = "This link is over"};
    page.main << web::heading("This link is over");
    page.main << web::paragraph(
        "It works once, for three days. Ask your administrator for a new one. If you have not used it yourself, tell "
        "them so: somebody else may have.");
    return show(service, request, std::move(page), 410);
}

std::string address_of(const Request& request)
{
    return "/enrol/" + request.path_values.at("token");
}

std::optional<Worker> worker_of(const Service& service, const Request& request)
{
    std::optional<Worker> worker;
    service.desk().database.read([&](Transaction& transaction) {
        worker = accounts::look_at_enrolment(transaction, request.path_values.at("token"), sign_in_time());
    });
    return worker;
}

Page password_page(const Request& request, const Worker& worker, const Problems& problems)
{
    Page page{.title = "Set up your account", .has_errors = !problems.empty()};
    page.before_main << web::error_summary_for(problems);
    page.main << web::heading("Set up your account");
    page.main << web::paragraph("Your sign-in name is " + worker.sign_in_name +
                                ". Choose a password that nobody else knows: your administrator does not need it "
                                "and will not ask for it.");
    page.main.lit("<form method=\"post\" novalidate").attribute("action", address_of(request)).lit(">");
    web::PasswordInput input{.id = "password",
                             .name = "password",
                             .label = {.text = "New password"},
                             .hint = web::Hint{.text = "At least 12 characters. Four words you can remember are fine"},
                             .autocomplete = "new-password"};
    if (!problems.empty()) input.error_message = web::ErrorMessage{.text = problems.front().sentence};
    page.main << render(input) << derived::form_end("Continue");
    return page;
}

/// "ABCD EFGH …": easier to type into a telephone.
std::string in_fours(const std::string& text)
{
    std::string spaced;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) spaced += ' ';
        spaced += text[i];
    }
    return spaced;
}

web::Html code_form(const Request& request, const Problems& problems)
{
    web::Html html;
    html.lit("<form method=\"post\" novalidate").attribute("action", address_of(request) + "/code").lit(">");
    web::Input input{.id = "code",
                     .name = "code",
                     .inputmode = "numeric",
                     .label = {.text = "Code that the app shows now"},
                     .classes = "govuk-input--width-10",
                     .autocomplete = "one-time-code"};
    if (!problems.empty()) input.error_message = web::ErrorMessage{.text = problems.front().sentence};
    html << render(input) << derived::form_end("Finish");
    return html;
}

Page authenticator_page(const Request& request, const Worker& worker, const Sensitive<std::string>& secret)
{
    Page page{.title = "Set up your authenticator"};
    page.main << web::heading("Set up your authenticator");
    page.main << web::paragraph(
        "Add an account to the authenticator app on your phone and type this key. It is shown this once. The kind is "
        "“time-based”, with six digits.");
    page.main.lit("<p class=\"govuk-body-l\"><strong id=\"key\">") << in_fours(secret.reveal());
    page.main.lit("</strong></p><p class=\"govuk-body\"><a class=\"govuk-link\"")
        .attribute("href", accounts::code_secret_as_link(worker.sign_in_name, secret).reveal())
        .lit(">Add it to the app on this phone</a></p>");
    page.main << code_form(request, {});
    return page;
}

Page code_again_page(const Request& request, const Problems& problems)
{
    Page page{.title = "Set up your authenticator", .has_errors = true};
    page.before_main << web::error_summary_for(problems);
    page.main << web::heading("Enter the code");
    page.main << code_form(request, problems);
    page.main.lit("<p class=\"govuk-body\"><a class=\"govuk-link\"")
        .attribute("href", address_of(request))
        .lit(">Begin again with a new key</a></p>");
    return page;
}

Response open(const Service& service, const Request& request)
{
    const auto worker = worker_of(service, request);
    if (!worker) return over(service, request);
    return show(service, request, password_page(request, *worker, {}));
}

/// The password is hashed before the write begins: it is slow on purpose.
Response choose_password(const Service& service, const Request& request)
{
    const auto worker = worker_of(service, request);
    if (!worker) return over(service, request);
    const auto form = request.form();
    if (!form) return show(service, request, derived::refusal_page(form.error()), 422);
    const Sensitive password(std::string(form->get("password")));
    const auto is_fine = accounts::check_new_password(password, worker->sign_in_name);
    if (!is_fine) return show(service, request, password_page(request, *worker, is_fine.error()), 422);
    const auto hash = accounts::hash_password(password);
    Result<Sensitive<std::string>> secret;
    service.desk().database.write([&](Transaction& transaction) {
        secret = accounts::begin_enrolment(transaction, service.secret_keys(), request.path_values.at("token"), hash,
                                           sign_in_time());
    });
    if (!secret) return over(service, request);
    return show(service, request, authenticator_page(request, *worker, *secret));
}

void record(const Service& service, Transaction& transaction, const Request& request, const Worker& worker)
{
    accounts::Session session = accounts::service_session();
    session.worker = worker.id;
    session.agency = worker.agency;
    auto entry = casework::audit_entry(service.desk(), session, request.id, {}, {}, service.time().now());
    entry.operation = audit::Operation::administration;
    entry.action = "accounts.enrol";
    entry.role.clear();
    entry.recipients = worker.id.text();
    entry.outcome = "done";
    service.desk().log.append(transaction, std::move(entry));
}

Response finish(const Service& service, const Request& request)
{
    const auto worker = worker_of(service, request);
    if (!worker) return over(service, request);
    const auto form = request.form();
    if (!form) return show(service, request, derived::refusal_page(form.error()), 422);
    Result<WorkerId> done;
    service.desk().database.write([&](Transaction& transaction) {
        done = accounts::finish_enrolment(transaction, service.secret_keys(), request.path_values.at("token"),
                                          form->get("code"), sign_in_time());
        if (done) record(service, transaction, request, *worker);
    });
    if (done) return web::see_other("/enrolled");
    const auto kind = done.error().front().kind;
    if (kind == ProblemKind::not_found) return over(service, request);
    if (kind == ProblemKind::out_of_order)
        return show(service, request, password_page(request, *worker, done.error()), 422);
    return show(service, request, code_again_page(request, done.error()), 422);
}

} // namespace

void add_enrolment_pages(web::Router& router, const Service& service)
{
    router.get("/enrol/{token}", [&service](const Request& request) { return open(service, request); });
    router.post("/enrol/{token}", [&service](const Request& request) { return choose_password(service, request); });
    router.post("/enrol/{token}/code", [&service](const Request& request) { return finish(service, request); });
    router.get("/enrolled", [&service](const Request& request) {
        Page page{.title = "Your account is ready"};
        page.main << web::heading("Your account is ready");
        page.main << web::paragraph("From now on you need your password and the code that your app shows.");
        page.main << web::paragraph("The code you have just used works once. Wait until the app shows the next one, "
                                    "at most half a minute, before you sign in.");
        page.main << custody::button_link("/sign-in", "Sign in", false);
        return show(service, request, std::move(page));
    });
}

} // namespace reachable::app
