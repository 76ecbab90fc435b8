// Setting one recorded fact right, in two steps: choose it, then see what stands and enter what is right and why. What
// stood before stays in its version (R-X-07).
#include "capabilities/custody/page_parts.h"

#include "casework/writing.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using casework::Field;
using derived::FormState;

/// What may be chosen: what some action asks for, what the visitor sees, and nothing that a clock starts from.
bool may_be_chosen(const Seen& seen, const Field& field)
{
    const bool is_shown = seen.shown.at(std::string(field.name)) >= policy::Show::generalise;
    const bool is_asked = std::any_of(seen.type->actions.begin(), seen.type->actions.end(), [&](const auto& action) {
        const auto asks = casework::asks_of(action);
        return std::any_of(asks.begin(), asks.end(), [&](const auto& ask) { return ask.name == field.name; });
    });
    // What an action needs and nobody recorded yet is recorded by that action.
    const bool is_still_to_come = casework::is_needed(*seen.type, field.name) && field.is_empty(seen.facts.get());
    return is_shown && is_asked && !is_still_to_come && seen.type->may_be_corrected(field.name);
}

/// The page that every action has.
std::string generic_address(CaseId id, std::string_view action)
{
    return fmt::format("/cases/custody/{}/{}", id.text(), action);
}

/// R-X-12: those that a clock counts from, each with the way to ask. The form starts on the day that stands.
Html times_to_correct(const Site& site, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    if (!seen.may_do("propose_time") || waiting_correction(facts) != nullptr) return {};
    web::SummaryList list;
    for (const auto& [time, stands] :
         {std::pair{"authorised_at", facts.authorised_at}, {"delivered_at", facts.delivered_at}}) {
        if (!stands || !may_be_wrong(facts, time)) continue;
        const auto day = clocks::london_day(*stands);
        const auto label = site.desk.lists.label_of("custody.corrected_times", time);
        web::SummaryListRow row{.key = {.text = label}, .value = {.text = clocks::wall_date_time(*stands)}};
        row.actions.items.push_back(
            {.text = "Ask for it to be corrected",
             .href = fmt::format("{}?time={}&right-day={}&right-month={}&right-year={}",
                                 generic_address(seen.head.id, "propose_time"), time, static_cast<unsigned>(day.day()),
                                 static_cast<unsigned>(day.month()), static_cast<int>(day.year())),
             .visually_hidden_text = label});
        list.rows.push_back(std::move(row));
    }
    if (list.rows.empty()) return {};
    return heading("Times that a clock counts from", 2)
           << paragraph("Two people correct these: you say what is right and why, and another person decides.")
           << render(list);
}

Page choosing_page(const Site& site, const Visit& visit, const Seen& seen)
{
    Page page{.title = "Correct something", .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)}};
    page.main << heading("Correct something") << identity_bar(site, visit, seen);
    page.main << time_that_waits(site, visit, seen) << times_to_correct(site, seen);
    page.main << heading("Everything else", 2)
              << paragraph("Choose what is wrong. What stands now is kept: nothing is overwritten.");
    web::SummaryList list;
    for (const auto& field : seen.type->fields) {
        if (!may_be_chosen(seen, field)) continue;
        web::SummaryListRow row{.key = {.text = field.label},
                                .value = {.text = derived::words_of(site.desk, field, seen.facts.get())}};
        row.actions.items.push_back({.text = "Correct",
                                     .href = address(seen.head.id, fmt::format("/correct?field={}", field.name)),
                                     .visually_hidden_text = field.label});
        list.rows.push_back(std::move(row));
    }
    page.main << render(list);
    page.main << paragraph("An answer of children's services is changed by the desk that gave it.");
    return page;
}

Page correction_form(const Site& site, const Visit& visit, const Seen& seen, const Field& field, const FormState& state,
                     std::int64_t version)
{
    Page page{.title = "Correct something",
              .back_link = web::BackLink{.href = address(seen.head.id, "/correct")},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Correct something") << identity_bar(site, visit, seen);
    web::SummaryList list;
    list.rows.push_back(
        {.key = {.text = field.label}, .value = {.text = derived::words_of(site.desk, field, seen.facts.get())}});
    page.main << heading("What stands now", 2) << render(list) << heading("What is right", 2);
    page.main << derived::form_start(address(seen.head.id, "/correct"), visit.session, version);
    page.main.lit("<input type=\"hidden\" name=\"field\"").attribute("value", field.name).lit(">");
    page.main << derived::input_for(site.desk, field, "value", state, visit.now);
    page.main << web::textarea_field({.name = "reason",
                                      .label = "Why is it corrected?",
                                      .hint = "It stays with the correction, for whoever reads the record",
                                      .value = state.value("reason"),
                                      .error = state.error("reason"),
                                      .rows = 2});
    page.main << derived::form_end("Correct it");
    return page;
}

Result<const Field*> field_named(const Seen& seen, std::string_view name)
{
    const auto* field = seen.type->find_field(name);
    if (field != nullptr && may_be_chosen(seen, *field)) return field;
    return refuse(ProblemKind::not_found, "There is no such page");
}

Result<Seen> look_to_correct(const Site& site, const Visit& visit)
{
    auto seen = TRY(look_at(site, visit, "correct"));
    if (seen.may_do(casework::correct_action)) return seen;
    return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
}

Result<Page> correct_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_to_correct(site, visit));
    const auto name = visit.request.query.get("field");
    if (name.empty()) return choosing_page(site, visit, seen);
    const auto* field = TRY(field_named(seen, name));
    FormState state;
    derived::fill(state.values, *field, "value", seen.facts.get());
    return correction_form(site, visit, seen, *field, state, seen.head.version);
}

Result<Outcome> take_correction(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto seen = TRY(look_to_correct(site, visit));
    const auto* field = TRY(field_named(seen, form.get("field")));
    FormState state{.values = form, .problems = {}};
    auto asked = Json::object();
    asked.set("field", std::string(field->name)).set("reason", std::string(form.get("reason")));
    asked.set("value", derived::read_input(*field, "value", form, visit.now, state.problems));
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = "custody",
                                          .action = std::string(casework::correct_action),
                                          .id = seen.head.id,
                                          .expected_version = derived::version_in(form),
                                          .asked = asked},
                                         visit.now);
        // Everything recorded, with its versions: there the correction and what stood before are seen together.
        if (acted) return derived::with_news(fmt::format("/cases/custody/{}", seen.head.id.text()), acted->version);
        state.problems = acted.error();
    }
    return correction_form(site, visit, seen, *field, state, version_again(form, state.problems, seen));
}

std::string name_of(const Site& site, WorkerId worker)
{
    std::string name = "somebody";
    site.desk.database.read([&](storage::Transaction& transaction) {
        if (const auto found = accounts::find_worker(transaction, worker)) name = found->name;
    });
    return name;
}

} // namespace

Html time_that_waits(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    const auto* waits = waiting_correction(facts);
    const bool is_decided_here = visit.request.path.ends_with("/decide_time");
    if (waits == nullptr && is_decided_here)
        return paragraph("No time waits to be corrected. Press Back: there is nothing to decide.");
    if (waits == nullptr || !waits->right || !waits->was || !seen.may_do("decide_time")) return {};
    const bool is_own = waits->asked_by == visit.session.worker;
    Html html;
    html.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\"><strong>A time waits to be corrected</strong></p>");
    html << paragraph(fmt::format("{}: {} is on record. {} that {} is right, because: {}",
                                  site.desk.lists.label_of("custody.corrected_times", waits->time),
                                  clocks::wall_date_time(*waits->was),
                                  is_own ? "You say" : name_of(site, waits->asked_by) + " says",
                                  clocks::wall_date_time(*waits->right), waits->reason));
    if (waits->time == "delivered_at" && facts.sent_at == facts.delivered_at)
        html << paragraph("The request then counts as sent at that time too, for custody's own clock.");
    if (!is_decided_here) {
        html.lit("<p class=\"govuk-body govuk-!-margin-bottom-0\">")
            << link(generic_address(seen.head.id, "decide_time"),
                    is_own ? "Another person decides. Take it back" : "Decide whether it is corrected");
        html.lit("</p>");
    }
    Html inset;
    inset.lit("<div class=\"app-no-print\">") << render(web::InsetText{.text = html});
    return inset.lit("</div>");
}

void add_correction_pages(web::Router& router, const Site& site)
{
    site.page(router, "/custody/{id}/correct", [&site](const Visit& visit) { return correct_page(site, visit); });
    site.post(router, "/custody/{id}/correct",
              [&site](const Visit& visit, const web::Fields& form) { return take_correction(site, visit, form); });
}

} // namespace reachable::custody
