// The form by which an officer records an encounter, with the children who may be this one.
#include "capabilities/encounters/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/details.h"
#include "web/components/radios.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::encounters {
namespace {

const casework::Action& recording()
{
    return *encounter_type().find_action("record");
}

/// Children who may be this one, as radios: the same child, or none of them.
Html candidates(const std::vector<casework::Candidate>& found, const FormState& state, UtcTime now)
{
    if (found.empty()) return {};
    web::Radios radios{
        .fieldset =
            web::Fieldset{.legend = {.text = "Is this one of these children?", .classes = "govuk-fieldset__legend--m"}},
        .hint =
            web::Hint{.text = "Nothing is saved yet. Choose only if you are sure. If you are not, open a new record. "
                              "Then press the button once more."},
        .id_prefix = "child",
        .name = "child",
        .value = state.value("child")};
    if (const auto sentence = state.error("child"); !sentence.empty())
        radios.error_message = web::ErrorMessage{.text = sentence};
    for (const auto& candidate : found)
        radios.items.push_back({.value = candidate.child.id.text(),
                                .text = fmt::format("{}, {}", candidate.child.names.front().as_given,
                                                    records::age_words(candidate.child.born, clocks::london_day(now))),
                                .hint = web::Hint{.text = "Because: " + join(candidate.reasons, "; ") +
                                                          casework::also_on_record(candidate)}});
    radios.items.push_back({.value = "none", .text = "None of these: open a new record"});
    return render(radios);
}

/// The form is long, and asked in the order in which it is known: its parts have headings.
std::string_view heading_before(std::string_view ask)
{
    if (ask == "name_given") return "The child";
    if (ask == "met_at") return "Where, and how far from home";
    if (ask == "company") return "Who was with the child";
    if (ask == "signs") return "What you saw and heard";
    if (ask == "child_said") return "The child's own words";
    if (ask == "where_now") return "Now";
    return {};
}

/// The form has room for so many who were with the child; more are added afterwards.
constexpr std::size_t most_companions = 3;

const casework::Part& companions_part()
{
    return *encounter_type().find_part("companions");
}

/// "companions-2-who": the box of the second companion.
std::string box_of_companion(std::size_t number, std::string_view field)
{
    return number == 1 ? fmt::format("companions-{}", field) : fmt::format("companions-{}-{}", number, field);
}

/// True if anything was entered of that companion.
bool names_companion(const web::Fields& form, std::size_t number)
{
    return std::ranges::any_of(companions_part().fields, [&](const casework::Field& field) {
        return !form.get(box_of_companion(number, field.name)).empty();
    });
}

/// The second and third who were with the child, each folded away until something stands in it.
Html other_companions(const Site& site, const Visit& visit, const FormState& state)
{
    Html html;
    for (std::size_t number = 2; number <= most_companions; ++number) {
        Html boxes;
        for (const auto& inner : companions_part().fields)
            if (!inner.is_noted)
                boxes << derived::input_for(site.desk, inner, box_of_companion(number, inner.name), state, visit.now);
        html << render(web::Details{.summary = number == 2 ? "A second person was there" : "A third person was there",
                                    .text = boxes,
                                    .open = names_companion(state.values, number)});
    }
    return html;
}

/// Whoever answers one of these answers them all, but for the interpreter: none is optional by itself.
derived::InputOptions option_of(const casework::Ask& ask, const casework::Field& inner)
{
    derived::InputOptions options{.is_required = ask.is_required};
    if (ask.name == "companions") options.when_left_out = " (if somebody was with the child)";
    if (ask.name == "child_said" && inner.name != "interpreter")
        options.when_left_out = " (if the child said something)";
    return options;
}

Html inputs(const Site& site, const Visit& visit, const casework::Action& action, const FormState& state)
{
    Html html;
    for (const auto& ask : casework::asks_of(action)) {
        if (ask.name == "child") continue;
        if (const auto words = heading_before(ask.name); !words.empty()) html << web::heading(words, 2);
        if (ask.name == "authority") {
            html << authority_choice(site, state);
            continue;
        }
        if (const auto* field = encounter_type().find_field(ask.name)) {
            html << derived::input_for(site.desk, *field, std::string(ask.name), state, visit.now,
                                       {.is_required = ask.is_required});
            continue;
        }
        if (ask.name == "companions")
            html << web::paragraph("One person at a time. If there were more than three, add the others when this is "
                                   "saved.");
        for (const auto& inner : encounter_type().find_part(ask.name)->fields)
            if (!inner.is_noted)
                html << derived::input_for(site.desk, inner, fmt::format("{}-{}", ask.name, inner.name), state,
                                           visit.now, option_of(ask, inner));
        if (ask.name == "companions") html << other_companions(site, visit, state);
    }
    return html;
}

Page recording_page(const Site& site, const Visit& visit, const FormState& state,
                    const std::vector<casework::Candidate>& found)
{
    Page page{.title = "Record an encounter",
              .back_link = web::BackLink{.href = "/encounters"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading("Record that the police met a child")
              << web::paragraph(
                     "Children's services are told at once. Where, with whom and how far from home is always "
                     "asked. “Not known” is an answer.");
    page.main << derived::form_start("/encounters/new", visit.session);
    // The same form sent twice records one encounter, once.
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    page.main << candidates(found, state, visit.now);
    if (!found.empty()) page.main.lit("<input type=\"hidden\" name=\"candidates_shown\" value=\"yes\">");
    page.main << inputs(site, visit, recording(), state) << derived::form_end("Save, and tell children's services");
    return page;
}

Result<Page> new_encounter(const Site& site, const Visit& visit)
{
    if (!may_record(visit.session.role))
        return refuse(ProblemKind::withheld, "An encounter is recorded by those who meet children");
    FormState state;
    web::fill_time(state.values, "met_at", visit.now);
    state.values.add("key", RequestId::random().text());
    return recording_page(site, visit, state, {});
}

/// Children who may be the one whose name was typed; nobody when the name is not known, or for somebody who may not
/// ask.
Result<std::vector<casework::Candidate>> known_already(const Site& site, const Visit& visit, const Json& asked)
{
    const auto name = asked.text_of("name_given");
    std::optional<PartialDate> born;
    if (const auto date = parse_partial_date(asked.text_of("born_given"))) born = *date;
    if (!casework::may_search(site.desk, visit.session, visit.now) ||
        !identity::says_enough(identity::described_by(name, born)))
        return std::vector<casework::Candidate>{};
    return casework::search_children(site.desk, visit.session, visit.request.id, name, born, visit.now);
}

/// What was entered of the second and third companion, behind the first. What cannot be read is said at its own box.
void add_other_companions(const web::Fields& form, UtcTime now, Json& asked, Problems& problems)
{
    for (std::size_t number = 2; number <= most_companions; ++number) {
        if (!names_companion(form, number)) continue;
        web::Fields one; // as the form of one more companion would send it
        for (const auto& field : companions_part().fields)
            one.add(box_of_companion(1, field.name), std::string(form.get(box_of_companion(number, field.name))));
        Problems found;
        const auto read = derived::read_form(encounter_type(), *encounter_type().find_action("add"), one, now, found);
        for (auto& problem : found) {
            for (const auto& field : companions_part().fields)
                if (problem.field == box_of_companion(1, field.name))
                    problem.field = box_of_companion(number, field.name);
            problems.push_back(std::move(problem));
        }
        auto all = asked.find("companions") != nullptr ? *asked.find("companions") : Json::list();
        if (const auto* items = read.find("companions"))
            for (const auto& item : *items->items()) all.add(item);
        asked.set("companions", std::move(all));
    }
}

/// The rule speaks of a companion; the form says it at the box of the one who is not described whole.
void at_the_companion(const web::Fields& form, Problems& problems)
{
    for (const auto& field : companions_part().fields) {
        std::vector<std::string> empty;
        for (std::size_t number = 1; number <= most_companions; ++number)
            if (const auto box = box_of_companion(number, field.name);
                names_companion(form, number) && form.get(box).empty())
                empty.push_back(box);
        auto next = empty.begin();
        for (auto& problem : problems)
            if (problem.field == box_of_companion(1, field.name) && next != empty.end()) problem.field = *next++;
    }
}

/// What the form says. "None of these" says the same as no choice, so that it repeats the same act.
Json encounter_in(const web::Fields& form, UtcTime now, Problems& problems)
{
    web::Fields without_none;
    for (const auto& [name, value] : form.all())
        if (name != "child" || value != "none") without_none.add(name, value);
    auto asked = derived::read_form(encounter_type(), recording(), without_none, now, problems);
    add_other_companions(without_none, now, asked, problems);
    return asked;
}

/// The form once more after a refusal, with the children that were to choose from, and the choice.
Result<Outcome> form_again(const Site& site, const Visit& visit, const web::Fields& form, const Json& asked,
                           Problems problems)
{
    at_the_companion(form, problems);
    FormState state{.values = form, .problems = std::move(problems)};
    if (state.problems.front().kind == ProblemKind::conflict && state.problems.front().field.empty()) {
        // The form was sent before with other words, and that encounter stands; another one needs another key.
        state.problems = {{ProblemKind::conflict,
                           "This form was sent already, and an encounter is recorded by it. Look at Children whom the "
                           "police met before you record another",
                           ""}};
        state.values = {};
        for (const auto& [name, value] : form.all())
            if (name != "key") state.values.add(name, value);
        state.values.add("key", RequestId::random().text());
    }
    std::vector<casework::Candidate> found;
    const bool is_about_the_child =
        std::ranges::any_of(state.problems, [](const Problem& problem) { return problem.field == "child"; });
    if (form.has("candidates_shown") || is_about_the_child)
        found = known_already(site, visit, asked).value_or(std::vector<casework::Candidate>{});
    return recording_page(site, visit, state, found);
}

Result<Outcome> record(const Site& site, const Visit& visit, const web::Fields& form)
{
    Problems problems;
    const auto asked = encounter_in(form, visit.now, problems);
    if (!problems.empty()) return form_again(site, visit, form, asked, std::move(problems));
    if (form.get("child").empty()) {
        const auto known = known_already(site, visit, asked);
        if (!known) return form_again(site, visit, form, asked, known.error()); // nothing that was written is lost
        const auto& found = *known;
        FormState state{.values = form, .problems = {}};
        if (!found.empty() && form.has("candidates_shown"))
            state.problems.push_back({ProblemKind::missing, "Choose whether this is one of these children", "child"});
        if (!found.empty()) return recording_page(site, visit, state, found);
    }
    const auto acted = casework::act(
        site.desk, visit.session, visit.request.id,
        {.type = encounter_type().name, .action = "record", .key = std::string(form.get("key")), .asked = asked},
        visit.now);
    if (acted) return derived::with_news(address_of(acted->id), acted->version);
    return form_again(site, visit, form, asked, acted.error());
}

} // namespace

std::string address_of(CaseId id)
{
    return "/encounters/" + id.text();
}

Html authority_choice(const Site& site, const FormState& state)
{
    web::SelectField select{.name = "authority",
                            .label = encounter_type().find_field("authority")->label,
                            .hint = encounter_type().find_field("authority")->hint,
                            .value = std::string(state.value("authority")),
                            .error = std::string(state.error("authority"))};
    site.desk.database.read([&](storage::Transaction& transaction) {
        select.choices.clear();
        for (const auto& authority : accounts::list_agencies(transaction, accounts::AgencyKind::local_authority))
            select.choices.push_back({.value = authority.id.text(), .label = authority.name});
    });
    return web::select_field(select);
}

void add_recording_pages(web::Router& router, const Site& site)
{
    site.page(router, "/encounters/new", [&site](const Visit& visit) { return new_encounter(site, visit); });
    site.post(router, "/encounters/new",
              [&site](const Visit& visit, const web::Fields& form) { return record(site, visit, form); });
}

} // namespace reachable::encounters
