// The report of a missing child, on one page and in the order in which it is spoken: it can be sent after the third
// question, and everything later is optional at the first call (4.B). And an absence that nobody reported.
#include "capabilities/missing/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "ties/ties.h"
#include "web/components/radios.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

/// One of the two forms for the one act: what it asks of all that may be asked, in which words, and where it stands.
struct Form {
    std::string_view address;
    std::string_view heading;
    std::string_view words;
    std::string_view button;
    AnyOf<std::string_view> leaves_out;
    AnyOf<std::string_view> requires_too;
    bool is_script = false; // numbered, in the order in which it is spoken
};
constexpr Form report_form{
    "/missing/report",
    "Report a child missing",
    "Ask in this order, in your own words. After the third question it can be sent; whoever looks "
    "for the child asks the rest.",
    "Send the report now",
    {"returned_at", "found_where"},
    {"worried"},
    true};
constexpr Form absence_form{
    "/missing/absence",
    "Record an absence that nobody reported",
    "What kept somebody from reporting is asked so that it changes. Nobody is blamed by it, and "
    "the child is offered an interview as after any absence.",
    "Save the absence",
    {"worried", "company", "urgent_health", "look_first", "contact", "reporter", "tell_language", "lives_where",
     "missing_from", "last_seen_where"},
    {"returned_at", "late_because"}};

const casework::Action& reporting()
{
    return *episode_type().find_action("report");
}

/// The children who may be meant: of whoever may search, by name; of others, those on their own list.
Result<std::vector<casework::Candidate>> who_may_be_meant(const Site& site, const Visit& visit, const Json& asked)
{
    const auto name = asked.text_of("name_given");
    std::optional<PartialDate> born;
    if (const auto date = parse_partial_date(asked.text_of("born_given"))) born = *date;
    if (!casework::may_search(site.desk, visit.session, visit.now) ||
        !identity::says_enough(identity::described_by(name, born)))
        return std::vector<casework::Candidate>{};
    return casework::search_children(site.desk, visit.session, visit.request.id, name, born, visit.now);
}

web::Radios children_to_choose(const FormState& state, std::string_view hint)
{
    web::Radios radios{.fieldset = web::Fieldset{.legend = {.text = "Is it one of these children?",
                                                            .classes = "govuk-fieldset__legend--m"}},
                       .hint = web::Hint{.text = hint},
                       .id_prefix = "child",
                       .name = "child",
                       .value = state.value("child")};
    if (const auto sentence = state.error("child"); !sentence.empty())
        radios.error_message = web::ErrorMessage{.text = sentence};
    return radios;
}

Html candidates(const std::vector<casework::Candidate>& found, const FormState& state, UtcTime now)
{
    if (found.empty()) return {};
    auto radios = children_to_choose(
        state, "Nothing is sent yet. Choose only if you are sure. If you are not, open a new record. Then press the "
               "button once more.");
    for (const auto& candidate : found)
        radios.items.push_back({.value = candidate.child.id.text(),
                                .text = fmt::format("{}, {}", candidate.child.names.front().as_given,
                                                    records::age_words(candidate.child.born, clocks::london_day(now))),
                                .hint = web::Hint{.text = "Because: " + join(candidate.reasons, "; ") +
                                                          casework::also_on_record(candidate)}});
    radios.items.push_back({.value = "none", .text = "None of these: open a new record"});
    return render(radios);
}

/// A home or a social worker reports a child whom they work with: they need not search.
Html children_on_the_list(const Site& site, const Visit& visit, const FormState& state)
{
    if (casework::may_search(site.desk, visit.session, visit.now)) return {};
    std::vector<ChildId> children;
    site.desk.database.read([&](storage::Transaction& transaction) {
        children = ties::list_of(transaction, visit.session.worker, visit.now);
    });
    auto radios = children_to_choose(state, "The children whom you work with. If it is another one, write their name");
    for (const auto id : children)
        if (const auto seen =
                casework::look_at_child(site.desk, visit.session, visit.request.id, id, "list", visit.now))
            radios.items.push_back({.value = id.text(), .text = seen->child.shown_name()});
    if (radios.items.empty()) return {};
    radios.items.push_back({.value = "none", .text = "Another child"});
    return render(radios);
}

/// The number of the question that begins with that field, in the order of the script.
int number_before(const Form& form, std::string_view ask)
{
    constexpr std::pair<std::string_view, int> begins[] = {{"name_given", 1}, {"last_seen_at", 2},  {"worried", 3},
                                                           {"company", 4},    {"urgent_health", 5}, {"look_first", 6},
                                                           {"contact", 7}};
    if (!form.is_script) return 0;
    for (const auto& [field, number] : begins)
        if (field == ask) return number;
    return 0;
}

constexpr std::string_view headings_of_the_script[] = {"Who is missing?",
                                                       "When and where were they last seen?",
                                                       "Why are you worried today?",
                                                       "Is anyone with them?",
                                                       "Health and harm",
                                                       "Where would you look?",
                                                       "How do we reach you?"};

Html inputs(const Site& site, const Visit& visit, const Form& form, const FormState& state)
{
    Html html;
    for (const auto& ask : casework::asks_of(reporting())) {
        if (ask.name == "child" || form.leaves_out.has(ask.name)) continue;
        if (const auto number = number_before(form, ask.name); number > 0) {
            html << web::heading(fmt::format("{}. {}", number, headings_of_the_script[number - 1]), 2);
            if (number == 4)
                html << web::paragraph("It can be sent from here on. What follows helps to find the child sooner.")
                     << web::button("Send the report now");
        }
        if (ask.name == "force" || ask.name == "authority") {
            html << agency_choice(site, state, ask.name,
                                  ask.name == "force" ? accounts::AgencyKind::police_force
                                                      : accounts::AgencyKind::local_authority);
            continue;
        }
        html << derived::input_for(site.desk, *episode_type().find_field(ask.name), std::string(ask.name), state,
                                   visit.now, {.is_required = ask.is_required || form.requires_too.has(ask.name)});
    }
    return html;
}

/// R-B-08: reported from the episode of a child whom they are with. The two are linked when the report is sent.
Html linked_when_sent(const Site& site, const Visit& visit, const FormState& state)
{
    const std::string with(state.value("with"));
    if (with.empty()) return {};
    const auto* sure = episode_type().find_part("linked")->find_field("sure");
    Html html = web::paragraph("This child is missing with another one, from whose episode you come. Each has an "
                               "episode, a level and an interview of their own; the two are linked.");
    html.lit("<input type=\"hidden\" name=\"with\"").attribute("value", with).lit(">");
    return html << derived::input_for(site.desk, *sure, "linked-sure", state, visit.now);
}

Page form_page(const Site& site, const Visit& visit, const Form& form, const FormState& state,
               const std::vector<casework::Candidate>& found)
{
    Page page{.title = form.heading,
              .back_link = web::BackLink{.href = looks_for_children(visit.session.role) ? "/missing" : "/queue"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(form.heading) << web::paragraph(form.words)
              << derived::form_start(form.address, visit.session);
    // The same form sent twice reports one child, once.
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    page.main << linked_when_sent(site, visit, state) << candidates(found, state, visit.now);
    if (!found.empty()) page.main.lit("<input type=\"hidden\" name=\"candidates_shown\" value=\"yes\">");
    page.main << children_on_the_list(site, visit, state) << inputs(site, visit, form, state)
              << derived::form_end(form.button);
    return page;
}

Result<Page> empty_form(const Site& site, const Visit& visit, const Form& form)
{
    if (!may_report(visit.session.role))
        return refuse(ProblemKind::withheld,
                      "Children are reported by those who take calls, meet children or look after them");
    FormState state;
    state.values.add("key", RequestId::random().text());
    if (const auto with = visit.request.query.get("with"); !with.empty()) {
        const auto seen = TRY(derived::look_at_case(
            site.desk, visit.session, visit.request.id,
            {.type = episode_type().name, .id = TRY(CaseId::parse(with)), .page = "form"}, visit.now));
        if (!seen.may_do("link"))
            return refuse(ProblemKind::out_of_order, "No episode can be linked with that one now");
        state.values.add("with", std::string(with));
        derived::fill(state.values, *episode_type().find_field("last_seen_at"), "last_seen_at", seen.facts.get());
    }
    return form_page(site, visit, form, state, {});
}

Result<> link_when_sent(const Site& site, const Visit& visit, const web::Fields& sent, CaseId reported)
{
    if (sent.get("with").empty()) return {};
    auto item = Json::object().set("episode", reported.text()).set("sure", sent.get("linked-sure"));
    TRY(casework::act(site.desk, visit.session, visit.request.id,
                      {.type = episode_type().name,
                       .action = "link",
                       .id = TRY(CaseId::parse(sent.get("with"))),
                       .asked = Json::object().set("linked", Json::list().add(std::move(item)))},
                      visit.now));
    return {};
}

/// What was reported stands; what could not be linked is said, so that somebody links it.
Page not_linked_page(CaseId reported, const Problems& problems)
{
    Page page{.title = "The report is sent, and not linked", .is_answer = true};
    page.main << web::heading("The report is sent, and not linked") << web::paragraph(sentences(problems));
    page.main.lit("<p class=\"govuk-body\">") << web::link(address_of(reported), "The episode that you reported");
    page.main.lit("</p>");
    return page;
}

/// The form once more after a refusal, with the children that were to choose from, and the choice.
Outcome form_again(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent, const Json& asked,
                   Problems problems)
{
    FormState state{.values = sent, .problems = std::move(problems)};
    const bool is_about_the_child =
        std::ranges::any_of(state.problems, [](const Problem& problem) { return problem.field == "child"; });
    std::vector<casework::Candidate> found;
    if (sent.has("candidates_shown") || is_about_the_child)
        found = who_may_be_meant(site, visit, asked).value_or(std::vector<casework::Candidate>{});
    return form_page(site, visit, form, state, found);
}

/// A reporter who may not see the episode reads what was done, and whom to ring.
Outcome receipt(const Site& site, const Visit& visit, CaseId id)
{
    std::string force, phone;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto head = casework::load_head(transaction, id);
        const auto agency = accounts::find_agency(transaction, head.heading.agency);
        const auto team = accounts::find_team(transaction, head.heading.team);
        force = agency ? agency->name : "The police";
        phone = team ? team->phone : "";
    });
    Page page{.title = "The report is sent", .is_answer = true};
    page.main << web::heading("The report is sent")
              << web::paragraph(fmt::format("{} has it since {}. Reference: {}.", force, clocks::wall_time(visit.now),
                                            id.text().substr(0, 8)))
              << web::paragraph(fmt::format("They ring you. If anything is new, ring them{}, or 999 if the child is in "
                                            "danger now.",
                                            phone.empty() ? "" : ": " + phone));
    page.main.lit("<p class=\"govuk-body\">") << web::link("/queue", "Go to your queue");
    page.main.lit("</p>");
    return page;
}

Result<Outcome> send(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent)
{
    web::Fields without_none;
    for (const auto& [name, value] : sent.all())
        if (name != "child" || value != "none") without_none.add(name, value);
    Problems problems;
    const auto asked = derived::read_form(episode_type(), reporting(), without_none, visit.now, problems);
    // Without them it would be the other form.
    for (const auto& ask : casework::asks_of(reporting()))
        if (form.requires_too.has(ask.name) && asked.find(ask.name) == nullptr)
            problems.push_back({ProblemKind::missing,
                                fmt::format("Enter: {}", episode_type().find_field(ask.name)->label),
                                std::string(ask.name)});
    if (!sent.get("with").empty() && sent.get("linked-sure").empty())
        problems.push_back({ProblemKind::missing, "Say how sure it is that they are together", "linked-sure"});
    if (!problems.empty()) return form_again(site, visit, form, sent, asked, std::move(problems));
    if (sent.get("child").empty()) {
        const auto known = who_may_be_meant(site, visit, asked);
        if (!known) return form_again(site, visit, form, sent, asked, known.error()); // nothing written is lost
        FormState state{.values = sent, .problems = {}};
        if (!known->empty() && sent.has("candidates_shown"))
            state.problems.push_back({ProblemKind::missing, "Choose whether it is one of these children", "child"});
        if (!known->empty()) return form_page(site, visit, form, state, *known);
    }
    const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                     {.type = episode_type().name,
                                      .action = std::string(reporting().name),
                                      .key = std::string(sent.get("key")),
                                      .asked = asked},
                                     visit.now);
    if (!acted) return form_again(site, visit, form, sent, asked, acted.error());
    if (!acted->is_repeat)
        if (const auto linked = link_when_sent(site, visit, sent, acted->id); !linked)
            return not_linked_page(acted->id, linked.error());
    if (!derived::is_open_to(site.desk, visit.session, episode_type(), acted->id, visit.now))
        return receipt(site, visit, acted->id);
    return derived::with_news(address_of(acted->id), acted->version);
}

} // namespace

Html agency_choice(const Site& site, const FormState& state, std::string_view name, accounts::AgencyKind kind)
{
    const auto dash = name.find('-');
    const auto* field = dash == std::string_view::npos
                            ? episode_type().find_field(name)
                            : episode_type().find_part(name.substr(0, dash))->find_field(name.substr(dash + 1));
    web::SelectField select{.name = std::string(name),
                            .label = field->label,
                            .hint = field->hint,
                            .value = std::string(state.value(name)),
                            .error = std::string(state.error(name))};
    site.desk.database.read([&](storage::Transaction& transaction) {
        select.choices.clear();
        for (const auto& agency : accounts::list_agencies(transaction, kind))
            select.choices.push_back({.value = agency.id.text(), .label = agency.name});
    });
    return web::select_field(select);
}

void add_report_pages(web::Router& router, const Site& site)
{
    for (const auto* form : {&report_form, &absence_form}) {
        const std::string address(form->address);
        site.page(router, address, [&site, form](const Visit& visit) { return empty_form(site, visit, *form); });
        site.post(router, address, [&site, form](const Visit& visit, const web::Fields& sent) {
            return send(site, visit, *form, sent);
        });
    }
}

} // namespace reachable::missing
