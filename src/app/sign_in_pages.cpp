// Signing in: name, password and one-time code; then the post, when somebody holds several; then the purpose of the
// task.
#include "app/service.h"
#include "app/session_cookies.h"
#include "derived/forms.h"
#include "web/components/input.h"
#include "web/components/password_input.h"
#include "web/components/radios.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Outcome;
using derived::Visit;
using web::Page;
using web::Request;
using web::Response;

/// Only a path of our own may be returned to.
std::string safe_next(std::string_view next)
{
    // A browser drops tabs and new lines from an address before it reads it, so none may stand there.
    const bool has_odd_byte = std::any_of(next.begin(), next.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte >= 0x7F || c == '\\' || c == '?' || c == '#';
    });
    const bool is_ours = next.starts_with('/') && !next.starts_with("//") && !has_odd_byte;
    return is_ours ? std::string(next) : "/queue";
}

Response show(const Service& service, const Request& request, Page page, int status = 200)
{
    page.is_plain = true;
    return service.site().show(std::move(page), {request, {}, service.time().now()}, status);
}

web::Html hidden(std::string_view name, std::string_view value)
{
    web::Html html;
    html.lit("<input type=\"hidden\"").attribute("name", name).attribute("value", value).lit(">");
    return html;
}

/// Before there is a session a post is held to a cookie that only our own form repeats.
std::string door_cookie(const Service& service)
{
    return service.site().is_secure ? "__Host-door" : "door";
}

struct DoorForm {
    std::string token;
    std::string next;
    std::string name;
    Problems problems;
};

std::optional<web::ErrorMessage> error_at(const Problems& problems, std::string_view box)
{
    const auto sentence = web::error_for(problems, box);
    return sentence.empty() ? std::nullopt : std::optional(web::ErrorMessage{.text = sentence});
}

Page sign_in_page(const DoorForm& form)
{
    Page page{.title = "Sign in", .has_errors = !form.problems.empty()};
    page.before_main << web::error_summary_for(form.problems);
    page.main.lit("<h1 class=\"govuk-heading-l\">Sign in</h1><form method=\"post\" action=\"/sign-in\" novalidate>");
    page.main << hidden("door", form.token) << hidden("next", form.next);
    web::Input name{.id = "name",
                    .name = "name",
                    .value = form.name,
                    .label = {.text = "Sign-in name"},
                    .autocomplete = "username",
                    .spellcheck = false,
                    .autocapitalize = "none"};
    name.error_message = error_at(form.problems, "name");
    web::PasswordInput password{
        .id = "password", .name = "password", .label = {.text = "Password"}, .autocomplete = "current-password"};
    password.error_message = error_at(form.problems, "password");
    web::Input code{.id = "code",
                    .name = "code",
                    .inputmode = "numeric",
                    .label = {.text = "One-time code"},
                    .hint = web::Hint{.text = "Six digits from your authenticator. Pasting is fine."},
                    .classes = "govuk-input--width-10",
                    .autocomplete = "one-time-code"};
    code.error_message = error_at(form.problems, "code");
    page.main << render(name) << render(password) << render(code);
    page.main << derived::form_end("Sign in");
    return page;
}

Response show_door(const Service& service, const Request& request, DoorForm form, int status = 200)
{
    form.token = to_base64url(random_bytes(24));
    auto response = show(service, request, sign_in_page(form), status);
    web::set_cookie(response, door_cookie(service), form.token, {.is_secure = service.site().is_secure});
    return response;
}

void record(const Service& service, storage::Transaction& transaction, const Request& request,
            const accounts::Session& session, audit::Operation operation, std::string_view outcome)
{
    auto entry = casework::audit_entry(service.desk(), session, request.id, {}, {}, service.time().now());
    entry.operation = operation;
    entry.action = audit::name_of(operation);
    entry.outcome = outcome;
    if (session.worker.is_none()) entry.role.clear(); // nobody knows who it was
    service.desk().log.append(transaction, std::move(entry));
}

/// A session in the first post the worker holds; another may be chosen on the next page.
Result<accounts::OpenedSession> open(const Service& service, const Request& request, WorkerId worker)
{
    Result<accounts::OpenedSession> opened =
        refuse(ProblemKind::withheld, "You hold no post here. Ask your administrator", "name");
    service.desk().database.write([&](storage::Transaction& transaction) {
        const auto posts = accounts::posts_of(transaction, worker);
        const auto who = accounts::find_worker(transaction, worker);
        if (posts.empty() || !who) return;
        const auto agency = accounts::find_agency(transaction, who->agency);
        if (!agency) return;
        accounts::Session session;
        session.worker = worker;
        session.agency = agency->id;
        session.agency_kind = agency->kind;
        session.team = posts.front().team;
        session.role = posts.front().role;
        opened = accounts::open_session(transaction, session, service.time().now());
        record(service, transaction, request, opened->session, audit::Operation::sign_in, "done");
    });
    return opened;
}

/// One problem for each box that was left empty. It is told before anything is tried, so it tells nothing of accounts.
Problems empty_boxes(const web::Fields& form)
{
    Problems problems;
    const auto needs = [&](const char* box, const char* sentence) {
        if (trim(form.get(box)).empty()) problems.push_back({ProblemKind::missing, sentence, box});
    };
    needs("name", "Enter your sign-in name");
    needs("password", "Enter your password");
    needs("code", "Enter the six digits that your authenticator shows");
    return problems;
}

Response sign_in(const Service& service, const Request& request)
{
    const auto form = request.form();
    if (!form) return show(service, request, derived::refusal_page(form.error()), 422);
    DoorForm door{.next = safe_next(form->get("next")), .name = std::string(form->get("name"))};
    const auto cookie = request.cookies.get(door_cookie(service));
    if (cookie.empty() || !equal_in_constant_time(as_bytes(cookie), as_bytes(form->get("door")))) {
        door.problems = {{ProblemKind::withheld, "This form was open too long. Enter your details again", "name"}};
        return show_door(service, request, std::move(door), 403);
    }
    if (door.problems = empty_boxes(*form); !door.problems.empty())
        return show_door(service, request, std::move(door), 422);
    auto& database = service.desk().database;
    const auto worker = accounts::check_sign_in(database, service.secret_keys(),
                                                {.sign_in_name = to_lower_ascii(trim(door.name)),
                                                 .password = Sensitive(std::string(form->get("password"))),
                                                 .code = std::string(trim(form->get("code")))},
                                                sign_in_time());
    auto opened = worker ? open(service, request, *worker)
                         : Result<accounts::OpenedSession>(tl::unexpected<Problems>(worker.error()));
    if (!opened) {
        database.write([&](storage::Transaction& transaction) {
            record(service, transaction, request, {}, audit::Operation::sign_in_refused, "withheld");
        });
        door.problems = opened.error();
        door.problems.front().field = "name";
        return show_door(service, request, std::move(door), 422);
    }
    auto response = web::see_other("/purpose?next=" + door.next);
    web::set_cookie(response, session_cookie_name(service), opened->cookie.reveal(),
                    {.is_secure = service.site().is_secure, .strict = false});
    return response;
}

/// Choosing what a task is for. Nothing is chosen beforehand.
Page purpose_page(const Service& service, const Visit& visit, const std::string& next, const Problems& problems)
{
    Page page{.title = "What are you doing now?", .has_errors = !problems.empty()};
    page.before_main << web::error_summary_for(problems);
    std::vector<accounts::Post> posts;
    std::map<TeamId, std::string> teams;
    service.desk().database.read([&](storage::Transaction& transaction) {
        posts = accounts::posts_of(transaction, visit.session.worker);
        for (const auto& post : posts)
            if (const auto team = accounts::find_team(transaction, post.team)) teams[post.team] = team->name;
    });
    page.main << derived::form_start("/purpose", visit.session) << hidden("next", next);
    if (posts.size() > 1) {
        web::RadioField field{.name = "post", .label = "Which post are you in?", .is_small = true};
        for (std::size_t i = 0; i < posts.size(); ++i) {
            field.choices.push_back(
                {.value = std::to_string(i),
                 .label = fmt::format("{}, {}", accounts::title_of(posts[i].role), teams[posts[i].team])});
            if (posts[i].team == visit.session.team && posts[i].role == visit.session.role)
                field.value = std::to_string(i);
        }
        page.main << web::radio_field(field);
    }
    web::RadioField field{.name = "purpose",
                          .label = "What are you doing now?",
                          .hint = "Everything you see and do is decided and recorded under this purpose",
                          .value = visit.session.purpose,
                          .error = web::error_for(problems, "purpose"),
                          .asked = web::Asked::alone};
    for (const auto& purpose : service.desk().policy.purposes_of(visit.session.role))
        field.choices.push_back(
            {.value = std::string(purpose.code), .label = purpose.title, .hint = purpose.legal_basis});
    page.main << web::radio_field(field) << derived::form_end("Continue");
    return page;
}

std::optional<std::size_t> number_in(std::string_view text)
{
    if (text.size() != 1 || text[0] < '0' || text[0] > '9') return std::nullopt;
    return static_cast<std::size_t>(text[0] - '0');
}

Response choose_purpose(const Service& service, const Visit& visit, const web::Fields& form)
{
    const auto next = safe_next(form.get("next"));
    auto role = visit.session.role;
    std::optional<accounts::Post> post;
    if (const auto chosen = number_in(form.get("post")))
        service.desk().database.read([&](storage::Transaction& transaction) {
            const auto posts = accounts::posts_of(transaction, visit.session.worker);
            if (*chosen < posts.size()) post = posts[*chosen];
        });
    if (post) role = post->role;
    const auto wanted = form.get("purpose");
    const auto purposes = service.desk().policy.purposes_of(role);
    const bool is_open =
        std::any_of(purposes.begin(), purposes.end(), [&](const policy::Purpose& one) { return one.code == wanted; });
    const bool moves = post && (post->team != visit.session.team || post->role != visit.session.role);
    if (!is_open && !wanted.empty()) note_refusal(service, visit.session, visit.request.id, "purpose.choose");
    if (!is_open && !moves)
        return service.site().show(
            purpose_page(service, visit, next, {{ProblemKind::missing, "Choose what you are doing", "purpose"}}), visit,
            422);
    service.desk().database.write([&](storage::Transaction& transaction) {
        if (moves) accounts::choose_post(transaction, visit.session.id, *post);
        if (is_open) accounts::choose_purpose(transaction, visit.session.id, wanted);
        auto session = visit.session;
        session.role = role;
        session.purpose = is_open ? wanted : "";
        record(service, transaction, visit.request, session, audit::Operation::administration, "done");
    });
    return web::see_other(is_open ? next : "/purpose?next=" + next);
}

/// A page or post that needs a session but no purpose yet.
web::Handler with_session(const Service& service, std::function<Response(const Visit&)> answer)
{
    return [&service, answer = std::move(answer)](const Request& request) {
        const auto session = session_of(service, request);
        if (!session) return web::see_other("/sign-in");
        return answer({request, *session, service.time().now()});
    };
}

/// False for a form of another page or session, which is a refusal like any other.
bool holds_token(const Service& service, const Visit& visit, const Result<web::Fields>& form)
{
    const bool holds = form && !derived::is_strange(visit, *form);
    if (!holds) note_refusal(service, visit.session, visit.request.id, "form.token");
    return holds;
}

Response sign_out(const Service& service, const Visit& visit)
{
    const auto form = visit.request.form();
    if (!holds_token(service, visit, form)) return web::see_other("/queue");
    service.desk().database.write([&](storage::Transaction& transaction) {
        accounts::close_session(transaction, visit.session.id, visit.now);
        record(service, transaction, visit.request, visit.session, audit::Operation::sign_out, "done");
    });
    auto response = web::see_other("/signed-out");
    web::set_cookie(response, session_cookie_name(service), "",
                    {.is_secure = service.site().is_secure, .max_age_seconds = 0, .strict = false});
    return response;
}

} // namespace

void add_sign_in_pages(web::Router& router, const Service& service)
{
    router.get("/sign-in", [&service](const Request& request) {
        return show_door(service, request, {.next = safe_next(request.query.get("next"))});
    });
    router.post("/sign-in", [&service](const Request& request) { return sign_in(service, request); });
    router.get("/purpose", with_session(service, [&service](const Visit& visit) {
                   return service.site().show(
                       purpose_page(service, visit, safe_next(visit.request.query.get("next")), {}), visit);
               }));
    router.post("/purpose", with_session(service, [&service](const Visit& visit) {
                    const auto form = visit.request.form();
                    if (!holds_token(service, visit, form)) return web::see_other("/purpose");
                    return choose_purpose(service, visit, *form);
                }));
    router.post("/sign-out",
                with_session(service, [&service](const Visit& visit) { return sign_out(service, visit); }));
    router.get("/signed-out", [&service](const Request& request) {
        Page page{.title = "You have signed out"};
        page.main.lit("<h1 class=\"govuk-heading-l\">You have signed out</h1><p class=\"govuk-body\"><a "
                      "class=\"govuk-link\" href=\"/sign-in\">Sign in again</a></p>");
        return show(service, request, std::move(page));
    });
}

} // namespace reachable::app
