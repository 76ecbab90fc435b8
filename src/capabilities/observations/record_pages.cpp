// The form on which somebody writes down what they saw or heard, with what helps them to write it well.
#include "capabilities/observations/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "ties/ties.h"
#include "web/components/inset_text.h"
#include "web/components/radios.h"
#include "web/components/warning_text.h"

#include <fmt/format.h>

namespace reachable::observations {
namespace {

/// 4.H, the guidance shown to those who are not of the police.
constexpr std::string_view guidance[] = {
    "What you saw and heard, and not what you conclude from it.",
    "The exact words, also if they are rude, and who said them.",
    "The day, the time and the place; how you know, and who else was there.",
    "What people looked like; vehicles and plates; telephone numbers and names used online.",
    "Gifts, cash, injuries and where on the body; journeys, and who collected the child.",
    "Keep what you were shown: the original, and a screenshot that shows what stood around it.",
    "Do not question the child, and do not search their telephone. Write what they chose to tell.",
    "Write it on the same day, if you can.",
};

Html what_helps()
{
    Html html = render(web::WarningText{.text = "If a child is in danger now, ring 999. Nobody watches this form.",
                                        .icon_fallback_text = "Warning"});
    html << web::heading("What to write", 2);
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto line : guidance) {
        html.lit("<li>") << web::Text(line);
        html.lit("</li>");
    }
    html.lit("</ul>");
    // R-H-05: "the log says so to observers".
    html << render(web::InsetText{.text =
                                      "All relevant material of partners may be disclosed in a case, also what does "
                                      "not help it. Nothing you write is deleted or changed: you add to it."});
    return html;
}

/// The children on the observer's own list, and another one by name.
Html child_choice(const Site& site, const Visit& visit, const FormState& state)
{
    std::vector<ChildId> own;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { own = ties::list_of(transaction, visit.session.worker, visit.now); });
    web::Radios radios{
        .fieldset = web::Fieldset{.legend = {.text = "Which child is it?", .classes = "govuk-fieldset__legend--m"}},
        .id_prefix = "child",
        .name = "child",
        .value = state.value("child")};
    if (const auto sentence = state.error("child"); !sentence.empty())
        radios.error_message = web::ErrorMessage{.text = sentence};
    for (const auto id : own) {
        const auto seen = casework::look_at_child(site.desk, visit.session, visit.request.id, id, "list", visit.now);
        if (!seen || casework::name_is_held_back(seen->child)) continue;
        radios.items.push_back(
            {.value = id.text(),
             .text = fmt::format("{}, {}", seen->child.shown_name(),
                                 records::age_words(seen->child.born, clocks::london_day(visit.now)))});
    }
    if (radios.items.empty()) return {};
    radios.items.push_back({.value = "none", .text = "Another child: I write the name below"});
    return render(radios);
}

Html force_choice(const Site& site, const FormState& state)
{
    const auto* force = observation_type().find_field("force");
    web::SelectField select{.name = "force",
                            .label = force->label,
                            .hint = force->hint,
                            .value = std::string(state.value("force")),
                            .error = std::string(state.error("force"))};
    site.desk.database.read([&](storage::Transaction& transaction) {
        select.choices.clear();
        for (const auto& one : accounts::list_agencies(transaction, accounts::AgencyKind::police_force))
            select.choices.push_back({.value = one.id.text(), .label = one.name});
    });
    return web::select_field(select);
}

std::string_view heading_above(std::string_view ask)
{
    if (ask == "name_given") return "The child";
    if (ask == "observed_at") return "What you saw or heard";
    if (ask == "how_known") return "How you know, and what supports it";
    return {};
}

const casework::Action& submitting()
{
    return *observation_type().find_action("submit");
}

Page form_page(const Site& site, const Visit& visit, const FormState& state)
{
    Page page{.title = "Write down what you saw or heard",
              .back_link = web::BackLink{.text = "Your observations", .href = "/observations"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading("Write down what you saw or heard") << what_helps()
              << derived::form_start("/observations/new", visit.session);
    // The same form sent twice writes it down once.
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    for (const auto& ask : casework::asks_of(submitting())) {
        if (ask.name == "child") continue;
        if (const auto words = heading_above(ask.name); !words.empty()) page.main << web::heading(words, 2);
        if (ask.name == "name_given") page.main << child_choice(site, visit, state);
        if (ask.name == "force")
            page.main << force_choice(site, state);
        else
            page.main << derived::input_for(site.desk, *observation_type().find_field(ask.name), std::string(ask.name),
                                            state, visit.now, {.is_required = ask.is_required});
    }
    page.main << derived::form_end("Save, and tell the police");
    return page;
}

Result<Page> empty_form(const Site& site, const Visit& visit)
{
    if (!may_observe(visit.session.role))
        return refuse(ProblemKind::withheld, "An observation is written down by partners who work with children");
    FormState state;
    state.values.add("key", RequestId::random().text());
    return form_page(site, visit, state);
}

Result<Outcome> save(const Site& site, const Visit& visit, const web::Fields& form)
{
    web::Fields chosen;
    for (const auto& [name, value] : form.all())
        if (name != "child" || value != "none") chosen.add(name, value);
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(observation_type(), submitting(), chosen, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = observation_type().name,
                                          .action = "submit",
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::with_news(address_of_observation(acted->id), acted->version);
        state.problems = acted.error();
    }
    return form_page(site, visit, state);
}

} // namespace

void add_the_form(web::Router& router, const Site& site)
{
    site.page(router, "/observations/new", [&site](const Visit& visit) { return empty_form(site, visit); });
    site.post(router, "/observations/new",
              [&site](const Visit& visit, const web::Fields& form) { return save(site, visit, form); });
}

} // namespace reachable::observations
