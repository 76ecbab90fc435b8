// Setting one recorded fact right, in two steps: choose it, then see what stands and enter what is right and why. What
// stood before stays in its version (R-X-07).
#include "capabilities/custody/page_parts.h"

#include "casework/writing.h"
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

Page choosing_page(const Site& site, const Visit& visit, const Seen& seen)
{
    Page page{.title = "Correct something", .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)}};
    page.main << heading("Correct something") << identity_bar(site, visit, seen);
    page.main << time_that_waits(site, visit, seen)
              << paragraph("Choose what is wrong. What stands now is kept: nothing is overwritten. A time from which a "
                           "clock counts is corrected by two people.");
    web::SummaryList list{.rows = rows_of_times(site, seen)};
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

} // namespace

void add_correction_pages(web::Router& router, const Site& site)
{
    site.page(router, "/custody/{id}/correct", [&site](const Visit& visit) { return correct_page(site, visit); });
    site.post(router, "/custody/{id}/correct",
              [&site](const Visit& visit, const web::Fields& form) { return take_correction(site, visit, form); });
}

} // namespace reachable::custody
