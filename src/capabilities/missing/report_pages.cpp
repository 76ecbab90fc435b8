// The report of a missing child, on one page and in the order in which it is spoken: it can be sent after the third
// question, and everything later is optional at the first call (4.B). And an absence that nobody reported.
#include "base/number.h"
#include "capabilities/missing/call.h"
#include "capabilities/missing/pages.h"
#include "capabilities/missing/receipt.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/details.h"
#include "web/components/inset_text.h"
#include "web/components/radios.h"
#include "web/form_input.h"

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
Html children_on_the_list(const std::vector<ChildToReport>& children, const FormState& state)
{
    if (children.empty()) return {};
    auto radios = children_to_choose(state, "The children whom you work with. If it is another one, write their name");
    for (const auto& one : children)
        radios.items.push_back(
            {.value = one.child.text(),
             .text = one.name,
             .hint = one.has_profile ? std::optional(web::Hint{.text = "Your profile goes with the report: write "
                                                                       "only what is different"})
                                     : std::nullopt});
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

/// What is known of the child when the form is shown: who may be meant, that one was chosen, that a profile is kept.
struct Known {
    std::vector<casework::Candidate> found = {};
    std::vector<ChildToReport> own = {};
    bool is_chosen = false;
    bool has_profile = false;
};

/// 4.B: "profile match skips those already answered". A profile says all of this; it opens with the report.
constexpr AnyOf<std::string_view> in_the_profile{"lives_where", "urgent_health", "look_first"};

Html greeting()
{
    return render(web::InsetText{
        .text =
            "A profile of the child is kept. Say: “We have the profile. Is anything different?” Do not ask where "
            "they live, of health and medicine, or where to look: it opens to your force when the report is sent."});
}

web::Button other_button(std::string_view words, std::string_view name)
{
    return {.text = words,
            .name = std::string(name),
            .value = "yes",
            .classes = "govuk-button--secondary",
            .prevent_double_click = false};
}

bool takes_calls(const Form& form, const Visit& visit)
{
    return form.is_script && visit.session.agency_kind == accounts::AgencyKind::police_force;
}

/// One question, under the heading with its number where one begins.
Html question(const Site& site, const Visit& visit, const Form& form, const FormState& state, const casework::Ask& ask)
{
    // A force that takes the report leads unless it names another; whoever else reports names one.
    using enum accounts::AgencyKind;
    if (ask.name == "force")
        return agency_choice(site, state, ask.name, police_force, visit.session.agency_kind != police_force);
    if (ask.name == "authority") return agency_choice(site, state, ask.name, local_authority, false);
    return derived::input_for(site.desk, *episode_type().find_field(ask.name), std::string(ask.name), state, visit.now,
                              {.is_required = ask.is_required || form.requires_too.has(ask.name)});
}

Html inputs(const Site& site, const Visit& visit, const Form& form, const FormState& state, const Known& known)
{
    Html html, different;
    for (const auto& ask : casework::asks_of(reporting())) {
        if (ask.name == "child" || ask.name == "call_started_at" || form.leaves_out.has(ask.name)) continue;
        if (known.has_profile && in_the_profile.has(ask.name)) {
            different << question(site, visit, form, state, ask);
            continue;
        }
        if (const auto number = number_before(form, ask.name); number > 0) {
            if (number == 2 && takes_calls(form, visit) && !known.is_chosen)
                html << render(other_button("Look whether the child is known", "look"));
            html << web::heading(fmt::format("{}. {}", number, headings_of_the_script[number - 1]), 2);
            if (number == 4)
                html << web::paragraph("It can be sent from here on. What follows helps to find the child sooner.")
                     << web::button("Send the report now");
        }
        html << question(site, visit, form, state, ask);
    }
    if (!different.empty())
        html << render(web::Details{.summary = "Something is different from the profile", .text = different});
    return html;
}

Html hidden(std::string_view name, std::string_view value, bool waits_for_a_key = false)
{
    Html html;
    html.lit("<input type=\"hidden\"").attribute("name", name).attribute("value", value);
    if (waits_for_a_key) html.lit(" data-first-key");
    return html.lit(">");
}

/// What the form carries on from one showing to the next. The same form sent twice reports one child, once; a call
/// began when its form was opened, or at the first key in it.
Html carried(const FormState& state, const Known& known)
{
    Html html = hidden("key", state.value("key")) << hidden("opened_at", state.value("opened_at"))
                                                  << hidden("first_key_after", state.value("first_key_after"), true);
    if (!state.value("call").empty()) html << hidden("call", state.value("call"));
    if (known.is_chosen && known.own.empty()) html << hidden("child", state.value("child"));
    if (!known.found.empty()) html << hidden("candidates_shown", "yes");
    return html;
}

/// When the call began, as the form says it; null where that cannot be.
Json call_began(const web::Fields& sent, UtcTime now)
{
    const auto opened = parse_utc(sent.get("opened_at"));
    if (!opened) return {};
    const auto after = whole_number<std::int64_t>(sent.get("first_key_after")).value_or(0);
    const auto began = *opened + seconds{std::clamp<std::int64_t>(after, 0, seconds{longest_call}.count())};
    return began <= now && now - began <= longest_call ? Json(to_iso(began)) : Json();
}

/// How long the call has taken so far; shown where scripts run.
Html timer(const FormState& state, UtcTime now)
{
    const auto began = call_began(state.values, now);
    const auto since = began.text() == nullptr ? now : parse_utc(*began.text()).value_or(now);
    Html html;
    html.lit("<p class=\"govuk-body\" hidden").attribute("data-call-seconds", std::to_string((now - since).count()));
    return html.lit("></p>");
}

Page form_page(const Site& site, const Visit& visit, const Form& form, const FormState& state, const Known& known)
{
    Page page{.title = form.heading,
              .back_link = web::BackLink{.href = looks_for_children(visit.session.role) ? "/missing" : "/queue"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(form.heading) << web::paragraph(form.words);
    if (takes_calls(form, visit)) page.main << timer(state, visit.now);
    page.main << derived::form_start(form.address, visit.session) << carried(state, known)
              << linked_when_sent(site, visit, state) << candidates(known.found, state, visit.now)
              << children_on_the_list(known.own, state);
    if (known.is_chosen && known.own.empty())
        page.main << web::paragraph(fmt::format("You chose the record of {}.", state.value("name_given")));
    if (known.has_profile) page.main << greeting();
    page.main << inputs(site, visit, form, state, known) << web::button(form.button);
    if (takes_calls(form, visit)) page.main << render(other_button("The call ended before a report", "ended"));
    page.main.lit("</form>");
    return page;
}

/// The children whom a reporter need not search for, and what is kept of the one who was chosen.
Known known_of(const Site& site, const Visit& visit, const Form& form, const FormState& state)
{
    Known known;
    const auto child = ChildId::parse(state.value("child"));
    known.is_chosen = child.has_value();
    if (casework::may_search(site.desk, visit.session, visit.now)) {
        known.has_profile =
            child && form.is_script && is_profile_kept(site, visit, *child, std::string(state.value("key")));
        return known;
    }
    known.own = children_to_report(site, visit);
    known.has_profile = child && std::ranges::any_of(known.own, [&](const ChildToReport& one) {
                            return one.child == *child && one.has_profile;
                        });
    return known;
}

/// An absence of a child who was reported just now need not begin with who that is.
void fill_from_the_episode(const Site& site, const Visit& visit, web::Fields& values)
{
    const auto id = CaseId::parse(visit.request.query.get("episode"));
    if (!id) return;
    const auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                            {.type = episode_type().name, .id = *id, .page = "form"}, visit.now);
    if (!seen) return;
    values.add("child", seen->head.heading.child.text());
    for (const auto* name : {"name_given", "born_given"})
        derived::fill(values, *episode_type().find_field(name), name, seen->facts.get());
}

Result<Page> empty_form(const Site& site, const Visit& visit, const Form& form)
{
    if (!may_report(visit.session.role))
        return refuse(ProblemKind::withheld,
                      "Children are reported by those who take calls, meet children or look after them");
    FormState state;
    state.values.add("key", RequestId::random().text());
    state.values.add("opened_at", to_iso(visit.now));
    TRY(fill_from_the_other_child(site, visit, state.values));
    // Almost every call is about today: nobody types the day.
    const auto today = web::with_day({}, "last_seen_at", visit.now);
    if (form.is_script && !state.values.has("with"))
        for (const auto& [name, value] : today.all())
            if (!name.ends_with("-time")) state.values.add(name, value);
    fill_from_the_episode(site, visit, state.values);
    fill_from_the_call(site, visit, state.values);
    return form_page(site, visit, form, state, known_of(site, visit, form, state));
}

/// The form once more after a refusal, with the children that were to choose from, and the choice.
Outcome form_again(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent, const Json& asked,
                   Problems problems)
{
    FormState state{.values = sent, .problems = std::move(problems)};
    const bool is_about_the_child =
        std::ranges::any_of(state.problems, [](const Problem& problem) { return problem.field == "child"; });
    auto known = known_of(site, visit, form, state);
    if (sent.has("candidates_shown") || is_about_the_child) {
        known.found = who_may_be_meant(site, visit, asked).value_or(std::vector<casework::Candidate>{});
        known.is_chosen = known.is_chosen && known.found.empty();
    }
    return form_page(site, visit, form, state, known);
}

/// Question 1: is the child known, and is a profile kept? Nothing is sent by it.
Outcome look_for_the_child(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent,
                           const Json& asked)
{
    FormState state{.values = sent, .problems = {}};
    auto known = known_of(site, visit, form, state);
    if (known.is_chosen) return form_page(site, visit, form, state, known);
    auto found = who_may_be_meant(site, visit, asked);
    if (!found) state.problems = found.error();
    if (found) known.found = std::move(*found);
    auto page = form_page(site, visit, form, state, known);
    if (state.problems.empty() && known.found.empty())
        page.before_main << render(
            web::InsetText{.text = "No record of the child is open to you. Go on with question 2."});
    return page;
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
                                            reference_of(id)))
              << web::paragraph(fmt::format("They ring you. If anything is new, ring them{}, or 999 if the child is in "
                                            "danger now.",
                                            phone.empty() ? "" : ": " + phone));
    page.main.lit("<p class=\"govuk-body\">") << web::link("/queue", "Go to your queue");
    page.main.lit("</p>");
    return page;
}

/// What was sent as the act asks for it. A child chosen from the own list needs no name.
Json read_report(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent, Problems& problems)
{
    web::Fields without_none;
    for (const auto& [name, value] : sent.all())
        if (name != "child" || value != "none") without_none.add(name, value);
    auto asked = derived::read_form(episode_type(), reporting(), without_none, visit.now, problems);
    const auto child = ChildId::parse(sent.get("child"));
    if (child && asked.find("name_given") == nullptr && !casework::may_search(site.desk, visit.session, visit.now))
        for (const auto& one : children_to_report(site, visit))
            if (one.child == *child) asked.set("name_given", one.name);
    if (auto began = call_began(sent, visit.now); takes_calls(form, visit) && began.text() != nullptr)
        asked.set("call_started_at", std::move(began));
    return asked;
}

/// Without them it would be the other form.
void check_what_the_form_requires(const Form& form, const Json& asked, Problems& problems)
{
    for (const auto& ask : casework::asks_of(reporting()))
        if ((ask.is_required || form.requires_too.has(ask.name)) && asked.find(ask.name) == nullptr &&
            std::ranges::none_of(problems, [&](const Problem& one) { return one.field == ask.name; }))
            problems.push_back({ProblemKind::missing,
                                fmt::format("Enter: {}", episode_type().find_field(ask.name)->label),
                                std::string(ask.name)});
}

/// Who may be meant, where nobody was chosen: the form is shown once more before anything is sent.
std::optional<Outcome> ask_who_is_meant(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent,
                                        const Json& asked)
{
    if (!sent.get("child").empty()) return std::nullopt;
    const auto found = who_may_be_meant(site, visit, asked);
    if (!found) return form_again(site, visit, form, sent, asked, found.error()); // nothing written is lost
    if (found->empty()) return std::nullopt;
    FormState state{.values = sent, .problems = {}};
    if (sent.has("candidates_shown"))
        state.problems.push_back({ProblemKind::missing, "Choose whether it is one of these children", "child"});
    return form_page(site, visit, form, state, {.found = *found});
}

Result<Outcome> send(const Site& site, const Visit& visit, const Form& form, const web::Fields& sent)
{
    Problems problems;
    const auto asked = read_report(site, visit, form, sent, problems);
    if (sent.has("ended") && takes_calls(form, visit))
        return Outcome(TRY(note_ended_call(site, visit, sent, call_began(sent, visit.now))));
    if (sent.has("look") && takes_calls(form, visit)) return look_for_the_child(site, visit, form, sent, asked);
    check_what_the_form_requires(form, asked, problems);
    if (!sent.get("with").empty() && sent.get("linked-sure").empty())
        problems.push_back({ProblemKind::missing, "Say how sure it is that they are together", "linked-sure"});
    if (!problems.empty()) return form_again(site, visit, form, sent, asked, std::move(problems));
    if (auto again = ask_who_is_meant(site, visit, form, sent, asked)) return std::move(*again);
    const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                     {.type = episode_type().name,
                                      .action = std::string(reporting().name),
                                      .key = std::string(sent.get("key")),
                                      .asked = asked},
                                     visit.now);
    if (!acted) return form_again(site, visit, form, sent, asked, acted.error());
    if (const auto linked = link_when_sent(site, visit, sent, acted->id); !linked)
        return not_linked_page(acted->id, linked.error());
    if (sent.has("call")) join_the_call(site, visit, sent.get("call"), acted->id);
    if (!derived::is_open_to(site.desk, visit.session, episode_type(), acted->id, visit.now))
        return receipt(site, visit, acted->id);
    return derived::with_news(address_of(acted->id), acted->version);
}

} // namespace

Html agency_choice(const Site& site, const FormState& state, std::string_view name, accounts::AgencyKind kind,
                   bool is_required, AgencyId but)
{
    const auto dash = name.find('-');
    const auto* field = dash == std::string_view::npos
                            ? episode_type().find_field(name)
                            : episode_type().find_part(name.substr(0, dash))->find_field(name.substr(dash + 1));
    web::SelectField select{.name = std::string(name),
                            .label = fmt::format("{}{}", field->label, is_required ? "" : " (optional)"),
                            .hint = field->hint,
                            .value = std::string(state.value(name)),
                            .error = std::string(state.error(name))};
    site.desk.database.read([&](storage::Transaction& transaction) {
        select.choices.clear();
        for (const auto& agency : accounts::list_agencies(transaction, kind))
            if (agency.id != but) select.choices.push_back({.value = agency.id.text(), .label = agency.name});
    });
    return web::select_field(select);
}

Html receipt_to_read_out(const Site& site, CaseId id, UtcTime now)
{
    std::optional<ReceiptShown> receipt;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { receipt = receipt_shown(transaction, site.desk.lists, id, now); });
    if (!receipt) return {};
    Html html = web::heading("Tell whoever reported", 2);
    html.lit("<div class=\"govuk-inset-text\"").attribute("lang", receipt->tag);
    if (receipt->is_right_to_left) html.attribute("dir", "rtl");
    html.lit(">") << web::Text(receipt->words);
    html.lit("</div>") << web::paragraph(
        receipt->is_checked ? receipt->state
                            : fmt::format("{} In {}: nobody who speaks it has checked these words yet.", receipt->state,
                                          receipt->language));
    return html;
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
