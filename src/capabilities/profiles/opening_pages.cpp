// Opening and changing a profile: one page, in the order in which a carer knows it.
#include "accounts/accounts.h"
#include "capabilities/profiles/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "ties/ties.h"
#include "web/components/radios.h"
#include "web/form_view.h"

#include <fmt/format.h>

namespace reachable::profiles {
namespace {

const casework::Action& opening()
{
    return *profile_type().find_action("open");
}
const casework::Action& changing()
{
    return *profile_type().find_action("update");
}

/// A social worker keeps one of a child on their list; a home opens one of a child who is new to it.
Html children_to_choose_from(const Site& site, const Visit& visit, const FormState& state)
{
    std::vector<ChildId> children;
    site.desk.database.read([&](storage::Transaction& transaction) {
        children = ties::list_of(transaction, visit.session.worker, visit.now);
    });
    web::Radios radios{.fieldset =
                           web::Fieldset{.legend = {.text = "Of which child?", .classes = "govuk-fieldset__legend--m"}},
                       .hint = web::Hint{.text = "The children on your list"},
                       .id_prefix = "child",
                       .name = "child",
                       .value = state.value("child")};
    if (const auto sentence = state.error("child"); !sentence.empty())
        radios.error_message = web::ErrorMessage{.text = sentence};
    for (const auto id : children)
        if (const auto seen =
                casework::look_at_child(site.desk, visit.session, visit.request.id, id, "list", visit.now))
            radios.items.push_back({.value = id.text(), .text = seen->child.shown_name()});
    if (radios.items.empty()) return {};
    radios.items.push_back({.value = "none", .text = "Another child"});
    return render(radios);
}

Html authorities(const Site& site, const FormState& state)
{
    const auto* field = profile_type().find_field("authority");
    web::SelectField select{.name = "authority",
                            .label = field->label,
                            .hint = field->hint,
                            .value = std::string(state.value("authority")),
                            .error = std::string(state.error("authority"))};
    site.desk.database.read([&](storage::Transaction& transaction) {
        select.choices.clear();
        for (const auto& one : accounts::list_agencies(transaction, accounts::AgencyKind::local_authority))
            select.choices.push_back({.value = one.id.text(), .label = one.name});
    });
    return web::select_field(select);
}

/// A place is one of many: the form takes the first, and others are added to the profile.
Html first_place(const Site& site, const FormState& state, UtcTime now)
{
    Html html;
    for (const auto& field : profile_type().find_part("places")->fields)
        html << derived::input_for(site.desk, field, fmt::format("places-{}", field.name), state, now,
                                   {.is_required = false});
    return html;
}

Html questions(const Site& site, const Visit& visit, const casework::Action& action, const FormState& state)
{
    Html html;
    for (const auto& ask : casework::asks_of(action)) {
        if (ask.name == "child" || (ask.name == "staff_name" && visit.session.role != accounts::Role::SW)) continue;
        if (ask.name == "authority")
            html << authorities(site, state);
        else if (ask.name == "places")
            html << first_place(site, state, visit.now);
        else
            html << derived::input_for(site.desk, *profile_type().find_field(ask.name), std::string(ask.name), state,
                                       visit.now, {.is_required = ask.is_required});
    }
    return html;
}

Page opening_page(const Site& site, const Visit& visit, const FormState& state)
{
    Page page{.title = "Open a profile",
              .back_link = web::BackLink{.text = "Profiles", .href = "/profiles"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading("Open a profile")
              << web::paragraph("Write it with the child where you can. It stays closed to the police until they look "
                                "for the child, or say why a life is in danger; you are told of that.")
              << words_for_the_child(site, clocks::london_day(visit.now))
              << derived::form_start("/profiles/new", visit.session);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    if (visit.session.role == accounts::Role::SW) page.main << children_to_choose_from(site, visit, state);
    page.main << questions(site, visit, opening(), state) << derived::form_end("Open the profile");
    return page;
}

Result<Page> empty_form(const Site& site, const Visit& visit)
{
    if (!keeps_profiles(visit.session.role))
        return refuse(ProblemKind::withheld, "Profiles are kept by those who look after a child, and social workers");
    FormState state;
    state.values.add("key", RequestId::random().text());
    return opening_page(site, visit, state);
}

Result<Outcome> open(const Site& site, const Visit& visit, const web::Fields& form)
{
    web::Fields without_none;
    for (const auto& [name, value] : form.all())
        if (name != "child" || value != "none") without_none.add(name, value);
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(profile_type(), opening(), without_none, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = profile_type().name,
                                          .action = std::string(opening().name),
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::where_next(site, visit, profile_type(), opening(), *acted);
        state.problems = acted.error();
    }
    return opening_page(site, visit, state);
}

Result<Seen> look_before_the_change(const Site& site, const Visit& visit)
{
    auto seen = TRY(derived::look_at_case(site.desk, visit.session, visit.request.id,
                                          {.type = profile_type().name, .id = TRY(visit.case_id()), .page = "form"},
                                          visit.now));
    if (!seen.may_do(changing().name)) return refuse(ProblemKind::out_of_order, "That cannot be done now");
    return seen;
}

Page changing_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    Page page{.title = changing().title,
              .back_link = web::BackLink{.href = address_of(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(changing().title) << site.head_of(visit, seen)
              << web::paragraph("What you leave as it is, is confirmed by it. A place that you write down is added.")
              << derived::form_start(visit.request.path, visit.session, seen.head.version)
              << questions(site, visit, changing(), state) << derived::form_end("Save the profile");
    return page;
}

/// The form stands filled with what is held already, so that nothing has to be written twice.
Result<Page> filled_form(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_before_the_change(site, visit));
    FormState state;
    for (const auto& ask : casework::asks_of(changing()))
        if (const auto* field = profile_type().find_field(ask.name))
            derived::fill(state.values, *field, std::string(ask.name), seen.facts.get());
    return changing_page(site, visit, seen, state);
}

/// A box that was emptied takes away what stood there.
void take_away_what_was_emptied(const Seen& seen, const web::Fields& form, Json& asked)
{
    for (const auto& ask : casework::asks_of(changing())) {
        const auto* field = profile_type().find_field(ask.name);
        const bool is_words = field != nullptr && field->codes.empty() &&
                              (field->kind == casework::Kind::text || field->kind == casework::Kind::narrative);
        const bool is_emptied =
            is_words && form.has(ask.name) && asked.find(ask.name) == nullptr && !field->is_empty(seen.facts.get());
        if (is_emptied) asked.set(std::string(ask.name), std::string());
    }
}

Result<Outcome> change(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto seen = TRY(look_before_the_change(site, visit));
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(profile_type(), changing(), form, visit.now, state.problems);
    take_away_what_was_emptied(seen, form, asked);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = profile_type().name,
                                          .action = std::string(changing().name),
                                          .id = seen.head.id,
                                          .expected_version = derived::version_in(form),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return Outcome(derived::with_news(address_of(seen.head.id), acted->version));
        state.problems = acted.error();
    }
    return Outcome(changing_page(site, visit, seen, state));
}

} // namespace

void add_opening_pages(web::Router& router, const Site& site)
{
    const auto change_at = fmt::format("/cases/{}/{{id}}/{}", profile_type().name, changing().name);
    site.page(router, change_at, [&site](const Visit& visit) { return filled_form(site, visit); });
    site.post(router, change_at,
              [&site](const Visit& visit, const web::Fields& form) { return change(site, visit, form); });
    site.page(router, "/profiles/new", [&site](const Visit& visit) { return empty_form(site, visit); });
    site.post(router, "/profiles/new",
              [&site](const Visit& visit, const web::Fields& form) { return open(site, visit, form); });
}

} // namespace reachable::profiles
