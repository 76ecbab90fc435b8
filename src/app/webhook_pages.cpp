// The systems that are told: which addresses an administrator registered, for which events, and what became of each
// message. What was given up is sent again by a person here. No page shows a case: a message names one by its
// reference.
#include "app/outgoing.h"
#include "app/service.h"
#include "app/told.h"
#include "app/webhook_sender.h"
#include "base/text.h"
#include "clocks/london.h"
#include "notices/audience.h"
#include "notices/texts.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Outcome;
using derived::Visit;
using notices::Delivery;
using notices::Endpoint;
using notices::EndpointId;
using storage::Transaction;
using web::Html;
using web::Page;

constexpr std::size_t most_deliveries_shown = 50;
constexpr std::string_view root = "/admin/webhooks";

tl::unexpected<Problems> no_page()
{
    return refuse(ProblemKind::not_found, "There is no such page");
}

audit::Entry webhook_entry(const Service& service, const Visit& visit, const policy::Decision& decision,
                           std::string_view action, EndpointId about)
{
    auto entry = casework::audit_entry(service.desk(), visit.session, visit.request.id, {}, decision, visit.now);
    entry.operation = action == "webhook.read" ? audit::Operation::look : audit::Operation::administration;
    entry.action = action;
    entry.outcome = "done";
    if (!about.is_none()) entry.recipients = "webhook-" + about.text().substr(0, 8);
    return entry;
}

/// Decides; a refusal is noted here.
Result<policy::Decision> may(const Service& service, const Visit& visit, std::string_view action)
{
    const auto asked = casework::policy_request(visit.session, std::string(action), visit.now);
    auto decision = service.desk().policy.decide(asked);
    if (decision.is_allowed) return decision;
    note_refusal(service, visit.session, visit.request.id, action, decision, asked);
    return no_page();
}

/// An administrator answers for the own agency's systems; the operator's looks after all.
bool answers_for(const Visit& visit, const Endpoint& endpoint)
{
    return visit.session.agency_kind == accounts::AgencyKind::operator_ || endpoint.agency == visit.session.agency;
}

std::string address_of_endpoint(EndpointId id)
{
    return fmt::format("{}/{}", root, id.text());
}

/// The endpoint of the address, if the visitor answers for it. What is another agency's does not exist.
std::optional<Endpoint> endpoint_in(Transaction& transaction, const Visit& visit)
{
    const auto id = EndpointId::parse(visit.request.path_values.at("id"));
    if (!id) return std::nullopt;
    auto endpoint = notices::find_endpoint(transaction, *id);
    if (!endpoint || !answers_for(visit, *endpoint)) return std::nullopt;
    return endpoint;
}

/// The events that a system may be told of today, each once, with its words.
std::vector<web::Choice> events_to_choose(const Service& service, const Visit& visit)
{
    std::vector<web::Choice> choices;
    for (const auto& audience : notices::audiences_on(service.desk().lists, clocks::london_day(visit.now))) {
        if (!audience.by_webhook || std::ranges::find(choices, audience.event, &web::Choice::value) != choices.end())
            continue;
        const auto words = notices::words_of(service.desk().lists, audience.event, "A clock");
        choices.push_back({.value = audience.event, .label = words, .hint = audience.event});
    }
    return choices;
}

Html register_form(const Service& service, const Visit& visit, const web::Fields& form, const Problems& problems)
{
    Html html = web::heading("Register an address of your system");
    html << web::paragraph("Each message says that something happened and in which case, by its reference. Your system "
                           "then reads the case over the API, as far as it may. No name is ever sent.");
    html << derived::form_start(fmt::format("{}/new", root), visit.session);
    html << web::text_field({.name = "url",
                             .label = "Address",
                             .hint = "It begins with https://",
                             .value = std::string(form.get("url")),
                             .error = web::error_for(problems, "url"),
                             .autocomplete = "off",
                             .inputmode = "url",
                             .checks_spelling = false});
    std::vector<std::string> chosen;
    for (const auto event : form.all_of("events")) chosen.emplace_back(event);
    html << web::checkbox_field({.name = "events",
                                 .label = "What is it told?",
                                 .choices = events_to_choose(service, visit),
                                 .values = chosen,
                                 .error = web::error_for(problems, "events"),
                                 .is_small = true});
    return html << derived::form_end("Register");
}

Page register_page(const Service& service, const Visit& visit, const web::Fields& form, const Problems& problems)
{
    Page page{.title = "Register an address",
              .back_link = web::BackLink{.href = std::string(root)},
              .has_errors = !problems.empty()};
    page.before_main << web::error_summary_for(problems);
    page.main << register_form(service, visit, form, problems);
    return page;
}

Page secret_page(const Endpoint& endpoint, const Sensitive<Bytes>& secret)
{
    Page page{.title = "The secret of the address", .is_answer = true};
    page.main << web::heading("Copy the secret now");
    page.main << web::paragraph("Your system checks with it that a message came from here. It is shown this once. If "
                                "it is lost, or somebody saw it, end the address and register it anew.");
    web::SummaryList list;
    list.rows.push_back({.key = {.text = "Address"}, .value = {.text = endpoint.url}});
    list.rows.push_back({.key = {.text = "Secret"}, .value = {.text = secret_in_words(secret)}});
    page.main << render(list);
    page.main.lit("<p class=\"govuk-body\">") << web::link(address_of_endpoint(endpoint.id), "I have copied it");
    page.main.lit("</p>");
    return page;
}

Problems problems_of(const Service& service, const Visit& visit, const Endpoint& endpoint)
{
    Problems problems;
    const auto inside = service.settings().writes_inside ? Inside::yes : Inside::no;
    if (const auto may_be = may_be_written_to(endpoint.url, inside); !may_be) problems = may_be.error();
    const auto choices = events_to_choose(service, visit);
    const bool are_known = std::ranges::all_of(endpoint.events, [&](const std::string& event) {
        return std::ranges::find(choices, event, &web::Choice::value) != choices.end();
    });
    if (endpoint.events.empty() || !are_known)
        problems.push_back({ProblemKind::missing, "Choose what the system is told", "events"});
    return problems;
}

Result<Outcome> register_endpoint(const Service& service, const Visit& visit, const web::Fields& form)
{
    const auto decision = TRY(may(service, visit, "webhook.register"));
    Endpoint endpoint{.id = EndpointId::random(),
                      .agency = visit.session.agency,
                      .url = std::string(trim(form.get("url"))),
                      .events = {},
                      .registered_by = visit.session.worker,
                      .registered_at = visit.now};
    for (const auto event : form.all_of("events"))
        if (!event.empty()) endpoint.events.emplace_back(event);
    if (const auto problems = problems_of(service, visit, endpoint); !problems.empty())
        return Outcome{register_page(service, visit, form, problems)};
    Sensitive<Bytes> secret;
    service.desk().database.write([&](Transaction& transaction) {
        secret = notices::add_endpoint(transaction, service.secret_keys(), endpoint);
        service.desk().log.append(transaction,
                                  webhook_entry(service, visit, decision, "webhook.register", endpoint.id));
    });
    return Outcome{secret_page(endpoint, secret)};
}

std::string in_words(const Endpoint& endpoint)
{
    return endpoint.ended_at ? "Ended " + clocks::wall_date_time(*endpoint.ended_at) : std::string("In use");
}

/// Texts go to people, and have a page of their own; what was given up is seen here too.
Html texts_in_short(const Service& service, std::int64_t given_up)
{
    Html html;
    html.lit("<p class=\"govuk-body\">") << web::link("/admin/texts", "Text messages");
    html << web::Text(given_up > 0 ? fmt::format(": {} given up, to send again", given_up) : ": none given up");
    html.lit("</p>");
    if (!service.text_gateway()) html << web::paragraph(notices::no_texts);
    return html;
}

Result<Page> endpoints_page(const Service& service, const Visit& visit)
{
    const auto decision = TRY(may(service, visit, "webhook.read"));
    std::vector<std::pair<Endpoint, std::int64_t>> listed;
    std::int64_t texts_given_up = 0;
    const auto read = [&](Transaction& transaction) {
        listed.clear();
        const bool is_operator = visit.session.agency_kind == accounts::AgencyKind::operator_;
        const auto agency = is_operator ? AgencyId{} : visit.session.agency;
        texts_given_up = notices::count_texts_given_up(transaction, agency);
        for (auto& endpoint : notices::endpoints_of(transaction, agency)) {
            const auto given_up = notices::count_deliveries(transaction, endpoint.id, "dead");
            listed.emplace_back(std::move(endpoint), given_up);
        }
    };
    service.desk().database.observe(read, [&](Transaction& transaction) {
        service.desk().log.append(transaction, webhook_entry(service, visit, decision, "webhook.read", {}));
    });
    Page page{.title = "Systems that are told"};
    page.main << web::heading("Systems that are told");
    page.main.lit("<p class=\"govuk-body\">") << web::link(fmt::format("{}/new", root), "Register an address");
    page.main.lit("</p>") << texts_in_short(service, texts_given_up);
    if (listed.empty()) {
        page.main << web::paragraph("No system is told of anything yet.");
        return page;
    }
    web::Table table{.caption = "Addresses, the newest first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Address"}, {.text = "State"}, {.text = "Given up"}}};
    for (const auto& [endpoint, given_up] : listed)
        table.rows.push_back(
            {{.text = web::link(address_of_endpoint(endpoint.id), endpoint.url)},
             {.text = in_words(endpoint)},
             {.text = given_up == 0 ? std::string("None") : fmt::format("{} to send again", given_up)}});
    page.main << web::stacked(table);
    return page;
}

/// A message, with every try: the proof that it arrived, or that we tried.
struct Sent {
    Delivery delivery;
    std::vector<notices::Try> tries;
};

std::string in_words(const notices::Try& made)
{
    const auto what = made.problem.empty() ? fmt::format("answered {}", made.status) : made.problem;
    return fmt::format("{}: {}, after {} ms", clocks::wall_date_time(made.at), what, made.took.count());
}

std::string state_in_words(const Delivery& delivery)
{
    if (delivery.state == "delivered") return "Delivered";
    if (delivery.state == "dead") return "Given up";
    if (delivery.state == "withdrawn") return "Withdrawn";
    if (delivery.attempts == 0) return "Waits";
    return fmt::format("Waits: tried again at {}", clocks::wall_time_told_apart(delivery.next_at));
}

/// The id of a message, with places where a narrow screen may break it.
Html id_of(const Delivery& delivery)
{
    constexpr std::size_t letters = 12;
    const auto id = delivery.message_id();
    Html html;
    for (std::size_t at = 0; at < id.size(); at += letters) {
        html << id.substr(at, letters);
        html.lit("<wbr>");
    }
    return html;
}

web::TableCell tries_cell(const Visit& visit, const Sent& sent)
{
    Html html;
    html.lit("<ul class=\"govuk-list\"><li>") << state_in_words(sent.delivery);
    html.lit("</li>");
    for (const auto& made : sent.tries) {
        html.lit("<li>") << in_words(made);
        html.lit("</li>");
    }
    html.lit("</ul>");
    if (sent.delivery.state != "dead") return {.text = html};
    Html label;
    label << web::Text("Send again");
    label.lit("<span class=\"govuk-visually-hidden\"> ") << sent.delivery.message_id();
    label.lit("</span>");
    html << derived::form_start(
        fmt::format("{}/replay/{}", address_of_endpoint(sent.delivery.endpoint), to_hex(sent.delivery.notice)),
        visit.session);
    html << web::button(label, web::ButtonLook::secondary);
    return {.text = html.lit("</form>")};
}

Html messages_table(const Service& service, const Visit& visit, const std::vector<Sent>& all)
{
    if (all.empty()) return web::paragraph("No message was noted yet.");
    web::Table table{.caption = "Messages: what was given up first, then the newest",
                     .head = {{.text = "Noted"}, {.text = "What"}, {.text = "Message"}, {.text = "Tries"}}};
    for (const auto& sent : all)
        table.rows.push_back({{.text = clocks::wall_date_time(sent.delivery.at)},
                              {.text = notice_words(service.desk(), sent.delivery.code)},
                              {.text = id_of(sent.delivery)},
                              tries_cell(visit, sent)});
    return web::stacked(table);
}

Html end_form(const Visit& visit, const Endpoint& endpoint)
{
    Html html = derived::form_start(address_of_endpoint(endpoint.id) + "/end", visit.session);
    html << web::paragraph("Once it is ended, nothing more is sent there. What was sent stays here.");
    html << web::button("End this address", web::ButtonLook::warning);
    return html.lit("</form>");
}

Result<Page> endpoint_page(const Service& service, const Visit& visit)
{
    const auto decision = TRY(may(service, visit, "webhook.read"));
    std::optional<Endpoint> endpoint;
    std::vector<Sent> sent;
    const auto read = [&](Transaction& transaction) {
        sent.clear();
        endpoint = endpoint_in(transaction, visit);
        if (!endpoint) return;
        for (auto& one : notices::deliveries_of(transaction, endpoint->id, most_deliveries_shown)) {
            auto tries = notices::tries_of(transaction, one);
            sent.push_back({std::move(one), std::move(tries)});
        }
    };
    service.desk().database.observe(read, [&](Transaction& transaction) {
        const auto about = endpoint ? endpoint->id : EndpointId{};
        service.desk().log.append(transaction, webhook_entry(service, visit, decision, "webhook.read", about));
    });
    if (!endpoint) return no_page();
    Page page{.title = "A system that is told", .back_link = web::BackLink{.href = std::string(root)}};
    page.main << web::heading("A system that is told");
    web::SummaryList list;
    const auto row = [&](std::string_view key, const std::string& value) {
        list.rows.push_back({.key = {.text = key}, .value = {.text = value}});
    };
    row("Address", endpoint->url);
    row("State", in_words(*endpoint));
    row("Registered", clocks::wall_date_time(endpoint->registered_at));
    row("Told of", join(endpoint->events, ", "));
    page.main << render(list) << messages_table(service, visit, sent);
    if (!endpoint->ended_at) page.main << end_form(visit, *endpoint);
    return page;
}

/// Does something about the endpoint of the address, with an entry beside it.
Result<Outcome> change_endpoint(const Service& service, const Visit& visit, std::string_view action,
                                const std::function<Result<>(Transaction&, const Endpoint&)>& change)
{
    const auto decision = TRY(may(service, visit, action));
    std::optional<Endpoint> endpoint;
    Result<> changed;
    service.desk().database.write([&](Transaction& transaction) {
        changed = {};
        endpoint = endpoint_in(transaction, visit);
        if (!endpoint) return;
        changed = change(transaction, *endpoint);
        if (changed)
            service.desk().log.append(transaction, webhook_entry(service, visit, decision, action, endpoint->id));
    });
    if (!endpoint) return no_page();
    TRY(changed);
    return Outcome{address_of_endpoint(endpoint->id)};
}

Result<Outcome> end_one(const Service& service, const Visit& visit)
{
    return change_endpoint(service, visit, "webhook.end",
                           [&](Transaction& transaction, const Endpoint& endpoint) -> Result<> {
                               notices::end_endpoint(transaction, endpoint.id, visit.now);
                               return {};
                           });
}

Result<Outcome> replay_one(const Service& service, const Visit& visit)
{
    const auto notice = from_hex(visit.request.path_values.at("notice"));
    if (!notice) return no_page();
    return change_endpoint(service, visit, "webhook.replay", [&](Transaction& transaction, const Endpoint& endpoint) {
        return notices::replay(transaction, endpoint.id, *notice, visit.now);
    });
}

} // namespace

void add_webhook_pages(web::Router& router, const Service& service)
{
    const auto& site = service.site();
    site.page(router, "/admin/webhooks", [&service](const Visit& visit) { return endpoints_page(service, visit); });
    site.page(router, "/admin/webhooks/new", [&service](const Visit& visit) -> Result<Page> {
        TRY(may(service, visit, "webhook.register"));
        return register_page(service, visit, {}, {});
    });
    site.post(router, "/admin/webhooks/new", [&service](const Visit& visit, const web::Fields& form) {
        return register_endpoint(service, visit, form);
    });
    site.page(router, "/admin/webhooks/{id}", [&service](const Visit& visit) { return endpoint_page(service, visit); });
    site.post(router, "/admin/webhooks/{id}/end",
              [&service](const Visit& visit, const web::Fields&) { return end_one(service, visit); });
    site.post(router, "/admin/webhooks/{id}/replay/{notice}",
              [&service](const Visit& visit, const web::Fields&) { return replay_one(service, visit); });
}

} // namespace reachable::app
