// The flags of adults and places of a force, and one of them. No child stands here: who was met there stands in the
// encounter, which opens to whoever may read that.
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/concerns.h"
#include "capabilities/flags/flag.h"
#include "capabilities/flags/pages.h"
#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <fmt/format.h>

namespace reachable::flags {
namespace {

std::string address_of_concern(CaseId id)
{
    return "/concerns/" + id.text();
}

const char* const new_concern = "/concerns/new";

const casework::Action& proposing()
{
    return *concern_type().find_action("propose");
}

/// What is disputed stands in words of its own for those to whom the flag itself is not open.
std::string label_of_concern(const Site& site, const Concern& concern)
{
    const auto label = site.desk.lists.label_of("flags.catalogue", concern.code);
    return label.empty() ? std::string("A flag of an adult or a place") : std::string(label);
}

std::string concern_due_words(std::span<const casework::ClockRow> clocks, UtcTime now)
{
    const auto due = casework::first_due(clocks);
    if (!due) return "No clock runs";
    return (*due < now ? "Overdue since " : "") + clocks::wall_date_time(*due);
}

std::vector<web::TableCell> row_of_concern(const Site& site, const Visit& visit, const casework::ListedCase& one)
{
    const auto seen =
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = concern_type().name, .id = one.head.id, .page = "queue"}, visit.now);
    const auto concern = seen ? seen->as<Concern>() : Concern{};
    const auto standing = standing_words(site.desk.lists, {one.head, concern}, clocks::london_day(visit.now));
    return {{.text = link(address_of_concern(one.head.id),
                          concern.subject.empty() ? std::string("Held back") : concern.subject)},
            {.text = std::string(site.desk.lists.label_of("flags.catalogue", concern.code))},
            {.text = standing.empty() ? std::string("Stands") : standing},
            {.text = concern_due_words(one.clocks, visit.now)}};
}

/// What information governance answers. Of a flag that nobody disputes it sees nothing.
Result<Page> disputed_concerns_page(const Site& site, const Visit& visit)
{
    std::vector<CaseId> ids;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { ids = disputed_concerns_of(transaction, visit.session.agency); });
    web::Table table{.caption = "Disputed flags",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "What is disputed"}, {.text = "Due"}}};
    for (const auto id : ids) {
        const auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                                {.type = concern_type().name, .id = id, .page = "queue"}, visit.now);
        if (!seen) continue;
        table.rows.push_back({{.text = link(address_of_concern(id), seen->as<Concern>().disputed_text.words)},
                              {.text = concern_due_words(seen->clocks, visit.now)}});
    }
    constexpr auto title = "Disputed flags of adults and places";
    Page page{.title = title, .back_link = web::BackLink{.href = "/queue"}};
    page.main << heading(title);
    page.main << (table.rows.empty() ? paragraph("No flag of an adult or a place is disputed.") : web::stacked(table));
    return page;
}

Result<Page> concerns_page(const Site& site, const Visit& visit)
{
    using enum accounts::Role;
    const auto role = visit.session.role;
    if (!sees_concerns(role))
        return refuse(ProblemKind::withheld,
                      "This list is for those who meet children, look for them, or decide about these flags");
    if (answers_disputes(role)) return disputed_concerns_page(site, visit);
    const auto whose = role == LADM  ? casework::Whose::asked_agency
                       : role == EDT ? casework::Whose::desk
                                     : casework::Whose::agency;
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = concern_type().name, .whose = whose}, visit.now));
    Page page{.title = "People and places of concern", .back_link = web::BackLink{.href = "/queue"}};
    page.main << heading("People and places of concern to children")
              << paragraph(
                     "Each was proposed from a record of the police, or by a disruption lead. Where one is met, look "
                     "for children, and ask why a child is there.");
    if (proposes_concerns(role)) page.main << render(web::Button{.text = proposing().title, .href = new_concern});
    if (listed.cases.empty()) {
        page.main << paragraph("No such flag is open that you may see. That does not mean that there is no risk.");
        return page;
    }
    if (listed.cases.size() < listed.open_count)
        page.main << paragraph(fmt::format("{} are open. These {} are due first.",
                                           derived::count_words(listed.open_count), listed.cases.size()));
    web::Table table{.caption = "The clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Who or where"}, {.text = "Flag"}, {.text = "How it stands"}, {.text = "Due"}}};
    for (const auto& one : listed.cases) table.rows.push_back(row_of_concern(site, visit, one));
    page.main << web::stacked(table);
    return page;
}

constexpr std::string_view shown_of_a_concern[] = {"subject",         "plain_words",   "evidence",      "grade",
                                                   "decision_reason", "proposed_at",   "since",         "review_on",
                                                   "review_reason",   "disputed_by",   "dispute_words", "disputed_text",
                                                   "dispute_answer",  "removal_reason"};

/// What information governance reads says it once: the flag itself is not open to them.
bool says_it_already(const Seen& seen, std::string_view field)
{
    return field == "disputed_text" && !seen.as<Concern>().subject.empty();
}

web::SummaryList facts_of_concern(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto name : shown_of_a_concern) {
        const auto& field = *concern_type().find_field(name);
        if (seen.shown.at(std::string(name)) < policy::Show::generalise || field.is_empty(seen.facts.get())) continue;
        if (says_it_already(seen, name)) continue;
        list.rows.push_back(
            {.key = {.text = field.label}, .value = {.text = derived::words_of(site.desk, field, seen.facts.get())}});
    }
    return list;
}

/// What shows it: the record that it was proposed from, for those who may read that; else what stands above.
Html where_it_comes_from(const Site& site, const Visit& visit, const Concern& concern)
{
    Html html;
    if (concern.encounter.is_none()) return html;
    html << paragraph("What shows it stands in the record of the police, which names the child and opens to those who "
                      "may read that.");
    using enum accounts::Role;
    if (visit.session.role == INSP || visit.session.role == MPC)
        html << render(web::Button{.text = "Open that record",
                                   .href = site.home_of("encounter", concern.encounter),
                                   .classes = "govuk-button--secondary"});
    return html;
}

Result<Page> concern_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = concern_type().name, .id = id, .page = "concern", .with_history = true}, visit.now));
    const auto& concern = seen.as<Concern>();
    Page page{.title = "A flag of an adult or a place",
              .back_link = web::BackLink{.text = "People and places of concern", .href = "/concerns"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << heading(fmt::format("{}, {}", label_of_concern(site, concern), seen.head.state));
    page.main << derived::what_is_awaited(seen, visit.now) << render(facts_of_concern(site, seen));
    const auto* code = concern.proposed_at
                           ? find_in_catalogue(site.desk.lists, concern.code, clocks::london_day(*concern.proposed_at))
                           : nullptr;
    if (code != nullptr) page.main << paragraph(fmt::format("Whoever reads it is told: {}.", code->column("prompt")));
    page.main << where_it_comes_from(site, visit, concern) << derived::buttons_of(seen);
    page.main.lit("<p class=\"govuk-body\">")
        << link(derived::record_of(seen), "Everything recorded, and its versions");
    page.main.lit("</p>");
    return page;
}

/// What stands first on the forms: whom or which place the flag names.
Html head_of_concern(const Site& site, const Visit&, const Seen& seen)
{
    const auto& concern = seen.as<Concern>();
    Html html;
    if (concern.subject.empty()) return html << paragraph(concern.disputed_text.words);
    html.lit("<p class=\"govuk-body-l\">") << fmt::format("{}: {}", label_of_concern(site, concern), concern.subject);
    html.lit("</p>");
    return html << paragraph(concern.plain_words);
}

/// The flags of adults and places that somebody of that role proposes by hand.
Html choice_of_concern(const Site& site, const Visit& visit, const FormState& state)
{
    const auto& field = *concern_type().find_field("code");
    web::RadioField radios{.name = "code",
                           .label = field.label,
                           .value = std::string(state.value("code")),
                           .error = std::string(state.error("code"))};
    for (const auto* code : site.desk.lists.codes_on("flags.catalogue", clocks::london_day(visit.now)))
        if (is_of_others(*code) && is_proposed_by(*code, visit.session.role, false))
            radios.choices.push_back({.value = code->code, .label = code->label, .hint = code->definition});
    return web::radio_field(radios);
}

Page proposing_a_concern(const Site& site, const Visit& visit, const FormState& state)
{
    Page page{.title = proposing().title,
              .back_link = web::BackLink{.text = "People and places of concern", .href = "/concerns"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading(proposing().title)
              << paragraph("Somebody else in your force decides on it within one working day. Name no child: whoever "
                           "is met there from now on reads the flag, and it leads back to nobody.")
              << derived::form_start(new_concern, visit.session);
    // The same form sent twice proposes it once.
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    for (const auto& ask : casework::asks_of(proposing()))
        page.main << (ask.name == "code"
                          ? choice_of_concern(site, visit, state)
                          : derived::input_for(site.desk, *concern_type().find_field(ask.name), std::string(ask.name),
                                               state, visit.now, {.is_required = ask.is_required}));
    page.main << derived::form_end(proposing().title);
    return page;
}

Result<Page> empty_concern_form(const Site& site, const Visit& visit)
{
    if (!proposes_concerns(visit.session.role))
        return refuse(ProblemKind::withheld, "A disruption lead proposes these flags");
    FormState state;
    state.values.add("key", RequestId::random().text());
    return proposing_a_concern(site, visit, state);
}

Result<Outcome> propose_a_concern(const Site& site, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(concern_type(), proposing(), form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = concern_type().name,
                                          .action = std::string(proposing().name),
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::with_news(address_of_concern(acted->id), acted->version);
        state.problems = acted.error();
    }
    return proposing_a_concern(site, visit, state);
}

} // namespace

void add_concern_pages(web::Router& router, const Site& site)
{
    site.page(router, "/concerns", [&site](const Visit& visit) { return concerns_page(site, visit); });
    site.page(router, new_concern, [&site](const Visit& visit) { return empty_concern_form(site, visit); });
    site.post(router, new_concern,
              [&site](const Visit& visit, const web::Fields& form) { return propose_a_concern(site, visit, form); });
    site.page(router, "/concerns/{id}", [&site](const Visit& visit) { return concern_page(site, visit); });
    site.heads[std::string(concern_type().name)] = [&site](const Visit& visit, const Seen& seen) {
        return head_of_concern(site, visit, seen);
    };
}

} // namespace reachable::flags
