// Who is told by text: the numbers of an organisation's teams and of its people on duty, and what became of each text.
// What was given up is sent again by a person here. No page shows a case: a text names none.
#include "app/service.h"
#include "app/told.h"
#include "base/text.h"
#include "clocks/london.h"
#include "notices/texts.h"
#include "web/components/inset_text.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Outcome;
using derived::Visit;
using notices::TextMessage;
using notices::TextTry;
using storage::Transaction;
using web::Html;
using web::Page;

constexpr std::size_t most_texts_shown = 50;
constexpr std::string_view texts_root = "/admin/texts";
constexpr std::string_view numbers_root = "/admin/texts/numbers";

tl::unexpected<Problems> no_such_page()
{
    return refuse(ProblemKind::not_found, "There is no such page");
}

/// `about`: the handle of the worker or team whose number it is.
audit::Entry text_entry(const Service& service, const Visit& visit, const policy::Decision& decision,
                        std::string_view action, std::string about)
{
    auto entry = casework::audit_entry(service.desk(), visit.session, visit.request.id, {}, decision, visit.now);
    entry.operation = action == "text.read" ? audit::Operation::look : audit::Operation::administration;
    entry.action = action;
    entry.outcome = "done";
    entry.recipients = std::move(about);
    return entry;
}

/// Decides; a refusal is noted here.
Result<policy::Decision> may_keep_texts(const Service& service, const Visit& visit, std::string_view action)
{
    const auto asked = casework::policy_request(visit.session, std::string(action), visit.now);
    auto decision = service.desk().policy.decide(asked);
    if (decision.is_allowed) return decision;
    note_refusal(service, visit.session, visit.request.id, action, decision, asked);
    return no_such_page();
}

/// An administrator looks after the own agency's texts; the operator's after all, for the gateway is theirs.
AgencyId texts_looked_after(const Visit& visit)
{
    return visit.session.agency_kind == accounts::AgencyKind::operator_ ? AgencyId{} : visit.session.agency;
}

/// Somebody or a team of the visitor's own agency, and the number that stands for them.
struct Holder {
    std::string id;
    std::string name;
    std::string what; // "custody suite", a sign-in name
    std::string number;
};

std::vector<Holder> holders(Transaction& transaction, const Visit& visit)
{
    std::vector<Holder> all;
    for (const auto& team : accounts::list_teams(transaction, visit.session.agency))
        all.push_back({team.id.text(), team.name, "Team", accounts::text_number_of(transaction, team.id)});
    for (auto& one : accounts::people_to_text(transaction, visit.session.agency, visit.now))
        all.push_back({one.worker.id.text(), one.worker.name, one.worker.sign_in_name, std::move(one.number)});
    return all;
}

/// The one of the address; nothing for whoever is of another agency, for they do not exist here.
std::optional<Holder> holder_in(Transaction& transaction, const Visit& visit)
{
    for (auto& one : holders(transaction, visit))
        if (one.id == visit.request.path_values.at("id")) return std::move(one);
    return std::nullopt;
}

void set_number(Transaction& transaction, const Holder& holder, const std::string& number)
{
    if (const auto worker = WorkerId::parse(holder.id); worker && accounts::find_worker(transaction, *worker))
        accounts::set_text_number(transaction, *worker, number);
    else
        accounts::set_text_number(transaction, TeamId::parse(holder.id).value(), number);
}

std::string address_of_holder(const Holder& holder)
{
    return fmt::format("{}/{}", numbers_root, holder.id);
}

/// The number, and in the same cell the way to change it: two lines on a telephone.
web::TableCell number_of(const Holder& holder)
{
    Html cell;
    cell << web::Text((holder.number.empty() ? std::string("None") : holder.number) + ". ");
    cell.lit("<a class=\"govuk-link app-no-print\"").attribute("href", address_of_holder(holder)).lit(">");
    cell << web::Text(holder.number.empty() ? "Enter a number" : "Change");
    cell.lit("<span class=\"govuk-visually-hidden\"> of ") << holder.name;
    return {.text = cell.lit("</span></a>")};
}

Html numbers_table(const std::vector<Holder>& all)
{
    if (all.empty()) return web::paragraph("No team stands here yet.");
    web::Table table{.caption = "Teams, then people on duty from now on",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Team or person"}, {.text = "Number"}}};
    for (const auto& one : all)
        table.rows.push_back({{.text = fmt::format("{} ({})", one.name, one.what)}, number_of(one)});
    return web::stacked(table);
}

/// It stands out, and says who changes it.
Html not_set_up(const Service& service)
{
    if (service.text_gateway()) return {};
    return render(web::InsetText{.text = web::Content(std::string(notices::no_texts) +
                                                      " Whoever runs this service names a gateway in its settings "
                                                      "(text_gateway_url).")});
}

/// Notes that the texts or the numbers were looked at, with what was read.
template <class Read>
Result<> look_at_texts(const Service& service, const Visit& visit, Read read)
{
    const auto decision = TRY(may_keep_texts(service, visit, "text.read"));
    service.desk().database.observe(read, [&](Transaction& transaction) {
        service.desk().log.append(transaction, text_entry(service, visit, decision, "text.read", {}));
    });
    return {};
}

Result<Page> numbers_page(const Service& service, const Visit& visit)
{
    std::vector<Holder> all;
    TRY(look_at_texts(service, visit, [&](Transaction& transaction) { all = holders(transaction, visit); }));
    Page page{.title = "Numbers for text messages", .back_link = web::BackLink{.href = std::string(texts_root)}};
    page.main << web::heading("Numbers for text messages");
    page.main << not_set_up(service);
    page.main << web::paragraph("A text goes to everybody on duty in the role that is told: to their own number, or to "
                                "that of their team. If nobody is on duty, it goes to the number of the team.");
    page.main << numbers_table(all);
    return page;
}

/// A text, with whom it was for and every try: the proof that the gateway took it, or that we tried.
struct TextShown {
    TextMessage text;
    std::string to;
    std::vector<TextTry> tries;
};

/// Who of the staff of another organisation was told is for that organisation: whoever runs the gateway sees the team.
std::string name_of_reader(Transaction& transaction, const Visit& visit, const TextMessage& text)
{
    const auto team = accounts::find_team(transaction, text.to.team);
    const auto of_team = team ? team->name : std::string("a team");
    if (text.to.worker.is_none() || text.agency != visit.session.agency) return of_team;
    const auto worker = accounts::find_worker(transaction, text.to.worker);
    return fmt::format("{}, {}", worker ? worker->name : std::string("somebody"), of_team);
}

std::string try_in_words(const TextTry& made)
{
    const auto what =
        made.made.problem.empty() ? fmt::format("the gateway answered {}", made.made.status) : made.made.problem;
    const auto taken_as = made.gateway_id.empty() ? std::string{} : fmt::format(", as its {}", made.gateway_id);
    return fmt::format("{}: {}{}", clocks::wall_date_time(made.made.at), what, taken_as);
}

std::string state_of_text(const TextMessage& text)
{
    if (text.state == "delivered") return "Handed over";
    if (text.state == "dead") return "Given up";
    if (text.state == "withdrawn") return "Withdrawn: it was not needed any more, or may not be told";
    if (text.attempts == 0) return "Waits";
    return fmt::format("Waits: tried again at {}", clocks::wall_time_told_apart(text.next_at));
}

web::TableCell what_became(const Visit& visit, const TextShown& shown)
{
    Html html;
    html.lit("<ul class=\"govuk-list\"><li>") << state_of_text(shown.text);
    html.lit("</li>");
    for (const auto& made : shown.tries) {
        html.lit("<li>") << try_in_words(made);
        html.lit("</li>");
    }
    html.lit("</ul>");
    if (shown.text.state != "dead") return {.text = html};
    Html label;
    label << web::Text("Send again");
    label.lit("<span class=\"govuk-visually-hidden\"> what was noted at ") << clocks::wall_date_time(shown.text.at);
    label.lit("</span>");
    html << derived::form_start(fmt::format("{}/again/{}", texts_root, to_hex(shown.text.id)), visit.session);
    html << web::button(label, web::ButtonLook::secondary);
    return {.text = html.lit("</form>")};
}

Html texts_table(const Service& service, const Visit& visit, const std::vector<TextShown>& all)
{
    Html html = web::heading("What became of each text", 2);
    if (all.empty()) return html << web::paragraph("No text was noted yet.");
    web::Table table{.caption = "What was given up first, then the newest",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Noted"}, {.text = "About"}, {.text = "To"}, {.text = "What became of it"}}};
    for (const auto& shown : all)
        table.rows.push_back({{.text = clocks::wall_date_time(shown.text.at)},
                              {.text = notice_words(service.desk(), shown.text.code)},
                              {.text = shown.to},
                              what_became(visit, shown)});
    return html << web::stacked(table);
}

Result<Page> texts_page(const Service& service, const Visit& visit)
{
    std::vector<TextShown> texts;
    TRY(look_at_texts(service, visit, [&](Transaction& transaction) {
        texts.clear();
        for (auto& one : notices::texts_of(transaction, texts_looked_after(visit), most_texts_shown)) {
            auto to = name_of_reader(transaction, visit, one);
            auto tries = notices::tries_of(transaction, one);
            texts.push_back({std::move(one), std::move(to), std::move(tries)});
        }
    }));
    Page page{.title = "Text messages", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Text messages");
    page.main << not_set_up(service);
    page.main << web::paragraph(
        "A text says that something must be acknowledged, and by when, or that a time is up. It "
        "names no child, no place and no case.");
    page.main.lit("<p class=\"govuk-body\">") << web::link(numbers_root, "Numbers of teams and of people on duty");
    page.main.lit("</p>") << texts_table(service, visit, texts);
    return page;
}

Page number_page(const Visit& visit, const Holder& holder, const std::string& typed, const Problems& problems)
{
    Page page{.title = "Number for text messages",
              .back_link = web::BackLink{.href = std::string(numbers_root)},
              .has_errors = !problems.empty()};
    page.before_main << web::error_summary_for(problems);
    page.main << web::heading(fmt::format("Number of {}", holder.name));
    page.main << derived::form_start(address_of_holder(holder), visit.session);
    page.main << web::text_field({.name = "text_number",
                                  .label = "Number for text messages",
                                  .hint = "With + and the code of its country, such as +44 7700 900123. Leave it empty "
                                          "to take the number away.",
                                  .value = typed,
                                  .error = web::error_for(problems, "text_number"),
                                  .type = "tel",
                                  .classes = "govuk-input--width-20",
                                  .autocomplete = "off",
                                  .checks_spelling = false});
    page.main << derived::form_end("Save");
    return page;
}

Result<Page> ask_for_number(const Service& service, const Visit& visit)
{
    TRY(may_keep_texts(service, visit, "text.set_number"));
    std::optional<Holder> holder;
    service.desk().database.read([&](Transaction& transaction) { holder = holder_in(transaction, visit); });
    if (!holder) return no_such_page();
    return number_page(visit, *holder, holder->number, {});
}

Result<Outcome> save_number(const Service& service, const Visit& visit, const web::Fields& form)
{
    const auto decision = TRY(may_keep_texts(service, visit, "text.set_number"));
    const std::string typed(trim(form.get("text_number")));
    const auto number = typed.empty() ? Result<std::string>(typed) : accounts::read_text_number(typed);
    std::optional<Holder> holder;
    service.desk().database.write([&](Transaction& transaction) {
        holder = holder_in(transaction, visit);
        if (!holder || !number || *number == holder->number) return;
        set_number(transaction, *holder, *number);
        service.desk().log.append(transaction, text_entry(service, visit, decision, "text.set_number", holder->id));
    });
    if (!holder) return no_such_page();
    if (!number) return Outcome{number_page(visit, *holder, typed, number.error())};
    return Outcome{std::string(numbers_root)};
}

Result<Outcome> send_one_again(const Service& service, const Visit& visit)
{
    const auto decision = TRY(may_keep_texts(service, visit, "text.replay"));
    const auto id = from_hex(visit.request.path_values.at("id"));
    if (!id) return no_such_page();
    Result<> changed;
    service.desk().database.write([&](Transaction& transaction) {
        changed = notices::send_text_again(transaction, texts_looked_after(visit), *id, visit.now);
        if (changed) service.desk().log.append(transaction, text_entry(service, visit, decision, "text.replay", {}));
    });
    TRY(changed);
    return Outcome{std::string(texts_root)};
}

} // namespace

void add_text_pages(web::Router& router, const Service& service)
{
    const auto& site = service.site();
    site.page(router, "/admin/texts", [&service](const Visit& visit) { return texts_page(service, visit); });
    site.page(router, "/admin/texts/numbers", [&service](const Visit& visit) { return numbers_page(service, visit); });
    site.page(router, "/admin/texts/numbers/{id}",
              [&service](const Visit& visit) { return ask_for_number(service, visit); });
    site.post(router, "/admin/texts/numbers/{id}",
              [&service](const Visit& visit, const web::Fields& form) { return save_number(service, visit, form); });
    site.post(router, "/admin/texts/again/{id}",
              [&service](const Visit& visit, const web::Fields&) { return send_one_again(service, visit); });
}

} // namespace reachable::app
