#include "derived/site.h"

#include "base/crypto.h"
#include "base/number.h"
#include "base/text.h"
#include "web/form_view.h"
#include "web/security_headers.h"

#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

namespace {

using web::Page;
using web::Request;
using web::Response;

/// A path of ours and nothing else: what a sign-in may return to.
std::string here(const Request& request)
{
    return request.path;
}

int status_of(const Problems& problems)
{
    switch (problems.front().kind) {
    case ProblemKind::withheld:
    case ProblemKind::not_found:
        return 404;
    case ProblemKind::conflict:
    case ProblemKind::out_of_order:
        return 409;
    case ProblemKind::too_large:
        return 413;
    case ProblemKind::too_many:
        return 429;
    case ProblemKind::unavailable:
        return 503;
    case ProblemKind::missing:
    case ProblemKind::malformed:
        return 422;
    }
    throw Bug("a problem of no known kind");
}

/// Where somebody without a session, or without a purpose, goes first.
std::optional<Response> send_away(const std::optional<Session>& session, const Request& request)
{
    // A page behind a one-time link goes back to the link's own door.
    const auto token = request.path_values.find("token");
    if (!session && token != request.path_values.end()) return web::see_other("/a/" + token->second);
    if (!session) return web::see_other("/sign-in?next=" + here(request));
    if (session->purpose.empty()) return web::see_other("/purpose?next=" + here(request));
    return std::nullopt;
}

/// A form with another token is a refusal before the doors, so its entry is made here.
void note_strange_form(const Desk& desk, const Visit& visit)
{
    auto entry = audit_entry(desk, visit.session, visit.request.id, {}, {}, visit.now);
    entry.operation = audit::Operation::refusal;
    entry.action = "form.token";
    entry.outcome = name_of(ProblemKind::withheld);
    desk.database.write([&](storage::Transaction& transaction) { desk.log.append(transaction, entry); });
}

Page expired_form_page()
{
    Page page{.title = "This form is no longer open"};
    page.main.lit("<h1 class=\"govuk-heading-l\">This form is no longer open</h1>"
                  "<p class=\"govuk-body\">Nothing was saved. Go back, reload the page and send it again.</p>");
    return page;
}

} // namespace

Result<CaseId> case_id_in(const Request& request)
{
    const auto piece = request.path_values.find("id");
    CHECK(piece != request.path_values.end(), "a page asks for an id that its path does not have");
    const auto id = CaseId::parse(piece->second);
    if (!id) return no_such_case();
    return *id;
}

web::Html form_start(std::string_view action, const Session& session, std::int64_t version)
{
    web::Html html;
    html.lit("<form method=\"post\" novalidate").attribute("action", action);
    html.lit("><input type=\"hidden\" name=\"form_token\"").attribute("value", session.form_token).lit(">");
    if (version > 0)
        html.lit("<input type=\"hidden\" name=\"version\"").attribute("value", std::to_string(version)).lit(">");
    return html;
}

web::Html form_end(std::string_view button)
{
    web::Html html = web::button(button);
    html.lit("</form>");
    return html;
}

std::optional<std::int64_t> version_in(const web::Fields& form)
{
    return whole_number<std::int64_t>(trim(form.get("version")));
}

Page refusal_page(const Problems& problems)
{
    const bool is_absent = status_of(problems) == 404;
    Page page{.title = is_absent ? "There is no such page" : "That was not possible"};
    page.main.lit("<h1 class=\"govuk-heading-l\">") << page.title;
    page.main.lit("</h1>");
    if (is_absent) {
        page.main.lit("<p class=\"govuk-body\">There is no such record, or it is not open to you. If you need it to "
                      "keep a child safe, "
                      "ask your supervisor.</p><p class=\"govuk-body\">The rules are on <a class=\"govuk-link\" "
                      "href=\"/who-can-see-what\">who can see what</a>. "
                      "<a class=\"govuk-link\" href=\"/queue\">Go to your queue</a>.</p>");
        return page;
    }
    for (const auto& problem : problems) {
        page.main.lit("<p class=\"govuk-body\">") << problem.sentence;
        page.main.lit("</p>");
    }
    page.main.lit("<p class=\"govuk-body\">Nothing was changed. <a class=\"govuk-link\" href=\"/queue\">Go to your "
                  "queue</a>.</p>");
    return page;
}

Response Site::show(Page page, const Visit& visit, int status) const
{
    dress(page, visit);
    auto response = web::respond(status, "text/html; charset=utf-8", web::render_page(page, assets));
    web::add_security_headers(response, is_secure);
    return response;
}

void Site::page(web::Router& router, const std::string& pattern, PageHandler handler) const
{
    router.get(pattern, [this, handler = std::move(handler)](const Request& request) {
        const auto session = session_of(request);
        if (auto away = send_away(session, request)) return std::move(*away);
        const Visit visit{request, *session, time.now()};
        auto page = handler(visit);
        if (page) return show(std::move(*page), visit);
        return show(refusal_page(page.error()), visit, status_of(page.error()));
    });
}

void Site::post(web::Router& router, const std::string& pattern, PostHandler handler) const
{
    router.post(pattern, [this, handler = std::move(handler)](const Request& request) {
        const auto session = session_of(request);
        if (auto away = send_away(session, request)) return std::move(*away);
        const Visit visit{request, *session, time.now()};
        const auto form = request.form();
        if (!form) return show(refusal_page(form.error()), visit, status_of(form.error()));
        if (!equal_in_constant_time(as_bytes(form->get("form_token")), as_bytes(session->form_token))) {
            note_strange_form(desk, visit);
            return show(expired_form_page(), visit, 403);
        }
        // Without a version that can be read nobody would notice that somebody else changed this meanwhile.
        if (form->has("version") && !version_in(*form)) return show(expired_form_page(), visit, 409);
        auto outcome = handler(visit, *form);
        if (!outcome) return show(refusal_page(outcome.error()), visit, status_of(outcome.error()));
        if (auto* location = std::get_if<std::string>(&*outcome)) return web::see_other(*location);
        return show(std::move(std::get<Page>(*outcome)), visit, 422);
    });
}

} // namespace reachable::derived
