#include "derived/site.h"

#include "base/crypto.h"
#include "base/number.h"
#include "base/text.h"
#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"
#include "web/components/notification_banner.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"
#include "web/security_headers.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

using policy::Show;
using web::Html;

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
    case ProblemKind::not_found: return 404;
    case ProblemKind::conflict:
    case ProblemKind::out_of_order: return 409;
    case ProblemKind::too_large: return 413;
    case ProblemKind::too_many: return 429;
    case ProblemKind::unavailable: return 503;
    case ProblemKind::missing:
    case ProblemKind::malformed: return 422;
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

/// What a box is called: the words of a declared field, or its own name read as words.
std::string label_of(const Desk& desk, std::string_view box)
{
    for (const auto* type : desk.types)
        if (const auto* field = type->find_field(box)) return std::string(field->label);
    std::string words(box);
    std::ranges::replace_if(words, [](char c) { return c == '_' || c == '-'; }, ' ');
    return words;
}

/// What somebody typed into a form that cannot be taken, so that they can copy it into a new one.
Html what_was_typed(const Desk& desk, const web::Fields& form)
{
    web::SummaryList list;
    for (const auto& [name, value] : form.all()) {
        const bool is_ours =
            name == "form_token" || name == "version" || name == "key" || name == "line" || name == "wording";
        if (is_ours || name.find("password") != std::string::npos || trim(value).empty()) continue;
        list.rows.push_back({.key = {.text = label_of(desk, name)}, .value = {.text = value}});
    }
    if (list.rows.empty()) return {};
    Html html;
    html.lit("<h2 class=\"govuk-heading-m\">What you wrote</h2><p class=\"govuk-body\">It is kept nowhere else. Copy "
             "it before you leave this page.</p>")
        << render(list);
    return html;
}

Page expired_form_page(const Desk& desk, const web::Fields& form)
{
    Page page{.title = "This form is no longer open"};
    page.main.lit("<h1 class=\"govuk-heading-l\">This form is no longer open</h1>"
                  "<p class=\"govuk-body\">Nothing was saved. Open the page once more and send it again.</p>")
        << what_was_typed(desk, form);
    return page;
}

} // namespace

bool is_strange(const Visit& visit, const web::Fields& form)
{
    const auto sent_by = visit.request.header("sec-fetch-site");
    return sent_by == "cross-site" || sent_by == "same-site" ||
           !equal_in_constant_time(as_bytes(form.get("form_token")), as_bytes(visit.session.form_token));
}

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

Html Site::head_of(const Visit& visit, const Seen& seen) const
{
    const auto head = heads.find(seen.type->name);
    return head == heads.end() ? Html{} : head->second(visit, seen);
}

std::string_view title_of(const CaseType& type, std::string_view action)
{
    const auto* declared = type.find_action(action);
    return declared != nullptr ? declared->title : std::string_view("Correction");
}

std::string count_words(std::size_t count)
{
    constexpr auto most = casework::Listed::counted_up_to;
    return count > most ? fmt::format("More than {}", most) : std::to_string(count);
}

std::string shown_name(const std::optional<records::Child>& child)
{
    return child ? child->shown_name() : std::string("Name held back");
}

Html line_of_the_child(const std::optional<records::Child>& child)
{
    Html html;
    html.lit("<p class=\"govuk-body-l\">") << shown_name(child);
    return html.lit("</p>");
}

std::string due_words(std::span<const casework::ClockRow> clocks, UtcTime now)
{
    const auto due = casework::first_due(clocks);
    if (!due) return "No clock runs";
    return (*due < now ? "Overdue since " : "") + clocks::wall_date_time(*due);
}

Html more_than_these(const casework::Listed& listed)
{
    if (listed.cases.size() >= listed.open_count) return {};
    return web::paragraph(
        fmt::format("{} are open. These {} are due first.", count_words(listed.open_count), listed.cases.size()));
}

web::Table queue_of_children(const casework::Listed& listed, UtcTime now,
                             const std::function<std::string(CaseId)>& address_of)
{
    web::Table table{.caption = "The clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Due"}, {.text = "Child"}, {.text = "State"}},
                     .classes = "app-queue"};
    for (const auto& one : listed.cases)
        table.rows.push_back({{.text = due_words(one.clocks, now)},
                              {.text = web::link(address_of(one.head.id), shown_name(one.child))},
                              {.text = one.head.state}});
    return table;
}

std::string how_it_goes(const Seen& seen)
{
    if (!shows_how_it_goes(seen)) return std::string(seen.type->title);
    return fmt::format("{}, version {}: {}. {} held back.", seen.type->title, seen.head.version, seen.head.state,
                       seen.held_back);
}

std::string record_of(const Seen& seen)
{
    return fmt::format("/cases/{}/{}", seen.type->name, seen.head.id.text());
}

Html buttons_of(const Seen& seen)
{
    Html html;
    for (const auto& name : seen.may)
        if (name != casework::correct_action)
            html << render(web::Button{.text = title_of(*seen.type, name),
                                       .href = record_of(seen) + "/" + name,
                                       .classes = "govuk-button--secondary"});
    return html;
}

Html link_to_record(const Seen& seen)
{
    Html html;
    html.lit("<p class=\"govuk-body\">") << web::link(record_of(seen), "Everything recorded, and its versions");
    return html.lit("</p>");
}

std::string with_news(std::string_view address, std::int64_t version)
{
    return fmt::format("{}?saved={}", address, version);
}

bool asks_for_news(const Visit& visit)
{
    return visit.request.query.has("saved");
}

const VersionRow* news_in(const Visit& visit, const Seen& seen)
{
    const auto saved = whole_number<std::int64_t>(visit.request.query.get("saved"));
    if (!saved || visit.session.worker.is_none()) return nullptr;
    for (const auto& version : seen.history)
        if (version.version == *saved && version.worker == visit.session.worker) return &version;
    return nullptr;
}

Html news_banner(std::string_view what, UtcTime at)
{
    return render(web::NotificationBanner{.text = fmt::format("Saved on {}: {}", clocks::wall_date_time(at), what),
                                          .type = "success"});
}

bool shows_anything(const Seen& seen)
{
    if (shows_how_it_goes(seen)) return true;
    const auto is_shown = [&](const auto& one) { return seen.shown.at(std::string(one.name)) >= Show::generalise; };
    const auto has_items = [&](const Part& part) { return part.count(seen.facts.get()) > 0; };
    return std::ranges::any_of(seen.type->fields, is_shown) || std::ranges::any_of(seen.type->parts, has_items);
}

bool shows_how_it_goes(const Seen& seen)
{
    // The first thing a look asks is how closely it is held that there is such a case.
    return seen.decision.fields.front() >= Show::generalise;
}

Result<Seen> look_at_case(const Desk& desk, const Session& session, RequestId request, const Look& look, UtcTime now)
{
    auto seen = TRY(casework::look(desk, session, request, look, now));
    if (!shows_anything(seen)) return no_such_case();
    return seen;
}

namespace {

/// Asks the policy alone: nothing is shown here, and the refusal of the act has its entry.
bool may_see_anything(storage::Transaction& transaction, const Desk& desk, const Session& session, const CaseType& type,
                      CaseId id, UtcTime now)
{
    const auto loaded = load_case(transaction, type, id);
    if (!loaded) return false;
    auto asked = policy_request(desk, transaction, type, loaded->head, session, "read", now);
    asked.fields = {type.held};
    for (const auto& field : type.fields) asked.fields.push_back(field.held);
    for (const auto& part : type.parts)
        for (std::size_t i = 0; i < part.count(loaded->facts.get()); ++i) {
            const auto* item = part.at(loaded->facts.get(), i);
            asked.fields.push_back(class_of(part, item));
            if (part.released_as != nullptr) asked.fields.push_back(part.released_as(item));
        }
    const auto decision = desk.policy.decide(asked);
    const auto is_shown = [](Show show) { return show >= Show::generalise; };
    return decision.is_allowed && std::ranges::any_of(decision.fields, is_shown);
}

} // namespace

bool is_open_to(const Desk& desk, const Session& session, const CaseType& type, CaseId id, UtcTime now)
{
    bool may_see = false;
    desk.database.read([&](storage::Transaction& transaction) {
        may_see = may_see_anything(transaction, desk, session, type, id, now);
    });
    return may_see;
}

Problems as_told(const Desk& desk, const Session& session, const Act& act, Problems problems, UtcTime now)
{
    const auto* type = desk.find_type(act.type);
    if (act.id.is_none() || type == nullptr) return problems;
    return is_open_to(desk, session, *type, act.id, now) ? problems : no_such_case().value();
}

Html what_is_awaited(const Seen& seen, UtcTime now)
{
    Html html;
    for (const auto& clock : seen.clocks)
        for (const auto& declared : seen.type->clocks)
            if (declared.code == clock.code && !clock.stopped_at)
                html << render(web::InsetText{.text = fmt::format("{}: {}{}", declared.title,
                                                                  clock.due_at < now ? "overdue since " : "by ",
                                                                  clocks::wall_date_time(clock.due_at))});
    return html;
}

Html rows_of(const Desk& desk, const Seen& seen, std::span<const std::string_view> names)
{
    web::SummaryList list;
    for (const auto name : names) {
        const auto* field = seen.type->find_field(name);
        if (field->is_empty(seen.facts.get())) continue;
        list.rows.push_back(
            {.key = {.text = field->label}, .value = {.text = words_of(desk, *field, seen.facts.get())}});
    }
    return list.rows.empty() ? Html{} : render(list);
}

Html rules_on(const Desk& desk, std::string_view list, CivilDate day)
{
    web::Table table{.caption = "In force today",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "The page says"}, {.text = "When"}, {.text = "Approved by"}, {.text = "Since"}}};
    for (const auto* code : desk.lists.codes_on(list, day)) {
        Html words;
        words.lit("<span").attribute("id", code->code).lit(">") << code->label;
        words.lit("</span>");
        table.rows.push_back(
            {{.text = words},
             {.text = code->definition},
             {.text = std::string(code->column("approved_by"))},
             {.text = code->valid_from ? clocks::day_words(*code->valid_from) : std::string("Always")}});
    }
    return web::stacked(table);
}

Outcome where_next(const Site& site, const Visit& visit, const CaseType& type, const casework::Action& action,
                   const casework::Acted& acted)
{
    if (is_open_to(site.desk, visit.session, type, acted.id, visit.now))
        return with_news(site.home_of(type.name, acted.id), acted.version);
    Page page{.title = "That is recorded", .is_answer = true};
    page.main << web::heading("That is recorded")
              << web::paragraph(fmt::format("“{}” is done. With it the record is closed to you, as what you needed it "
                                            "for has ended.",
                                            action.title));
    page.main.lit("<p class=\"govuk-body\">") << web::link("/queue", "Go to your queue");
    page.main.lit("</p>");
    return page;
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
        // A form that gets its page, and could not take what was typed, is a refusal that a program understands too.
        const int status = page && page->has_errors ? 422 : 200;
        if (page) return show(std::move(*page), visit, status);
        return show(refusal_page(page.error()), visit, status_of(page.error()));
    });
}

void Site::watched_page(web::Router& router, const std::string& pattern, PageHandler handler) const
{
    page(router, pattern, [this, handler = std::move(handler)](const Visit& visit) -> Result<Page> {
        std::optional<CaseId> about;
        if (visit.request.path_values.contains("id")) about = TRY(visit.case_id());
        // Before anything is read: what changes meanwhile has another mark.
        auto mark = live == nullptr ? web::LiveMark{} : live(visit, about);
        auto made = TRY(handler(visit));
        made.live = std::move(mark);
        return made;
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
        if (is_strange(visit, *form)) {
            note_strange_form(desk, visit);
            // Nobody knows who wrote what such a form holds, so it is not repeated.
            return show(expired_form_page(desk, {}), visit, 403);
        }
        // Without a version that can be read nobody would notice that somebody else changed this meanwhile.
        if (form->has("version") && !version_in(*form)) return show(expired_form_page(desk, *form), visit, 409);
        auto outcome = handler(visit, *form);
        if (!outcome) return show(refusal_page(outcome.error()), visit, status_of(outcome.error()));
        if (auto* location = std::get_if<std::string>(&*outcome)) return web::see_other(*location);
        auto& page = std::get<Page>(*outcome);
        const int status = page.is_answer ? 200 : 422;
        return show(std::move(page), visit, status);
    });
}

} // namespace reachable::derived
