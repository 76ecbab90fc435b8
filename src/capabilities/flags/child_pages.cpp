// The flags of one child: what stands, what once stood, and the forms by which somebody who works with the child
// proposes one, says what the child says of one, or records that one is disputed.
#include "base/text.h"
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/app_words.h"
#include "web/components/button.h"
#include "web/components/summary_list.h"
#include "web/components/tag.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::flags {
namespace {

/// What somebody may do to a flag whose owner they are not, in the order in which the page offers it.
constexpr std::string_view acts_of_others[] = {"note_child", "dispute", "appeal"};

web::SummaryListRow row(std::string_view key, const std::string& value)
{
    return {.key = {.text = key}, .value = {.text = value}};
}

/// R-X-09: quoted, with where it was said and when it was written down; the newest last.
Html in_the_childs_words(const Flag& flag)
{
    Html html;
    for (const auto& said : flag.child_said) {
        auto source = fmt::format("The child said so: {}; in {}", said.setting, said.language);
        if (!said.interpreter.empty()) source += "; interpreter: " + said.interpreter;
        if (said.at) source += "; written down on " + clocks::wall_date_time(*said.at);
        html << render(web::AppWords{.words = said.words.words, .written_by = source});
    }
    return html;
}

std::string told_words(const Site& site, const Flag& flag)
{
    const auto label = site.desk.lists.label_of("flags.told", flag.child_told);
    if (flag.child_told.empty()) return "Not recorded";
    return flag.child_told_why.empty() ? std::string(label) : fmt::format("{}: {}", label, flag.child_told_why);
}

/// What this person may do now: the table of the case says who, and the door asks everything else again.
/// In this role, and for the purpose that they chose.
bool may_propose_now(const Site& site, const Visit& visit)
{
    const auto asked = casework::policy_request(visit.session, "flag.propose", visit.now);
    return may_propose(visit.session.role) && site.desk.policy.decide(asked).is_allowed;
}

bool is_offered(const Visit& visit, ChildId child, const Standing& one, std::string_view name)
{
    // A flag of another record of the child is answered on the page of that record.
    if (one.flag.child != child) return false;

    const auto& action = *flag_type().find_action(name);
    if (!action.comes_from(one.head.state) || !action.who.has(visit.session.role)) return false;
    return name != "appeal" || one.flag.proposed_by == visit.session.worker;
}

Html what_may_be_done(const Visit& visit, ChildId child, const ShownFlag& one)
{
    Html html;
    for (const auto name : acts_of_others) {
        if (!is_offered(visit, child, one.standing, name)) continue;
        Html words;
        words << flag_type().find_action(name)->title;
        words.lit("<span class=\"govuk-visually-hidden\">: ") << one.label;
        words.lit("</span>");
        html.lit("<li><a class=\"govuk-link\"")
                .attribute("href",
                           address_of_child(child, fmt::format("/flags/{}/{}", one.standing.head.id.text(), name)))
                .lit(">")
            << words;
        html.lit("</a></li>");
    }
    if (html.empty()) return {};
    Html list;
    list.lit("<ul class=\"govuk-list app-no-print\">") << html;
    return list.lit("</ul>");
}

/// `is_whole`: also what the child knows, and what is said against it.
Html details_of(const Site& site, const ShownFlag& one, bool is_whole)
{
    const auto& flag = one.standing.flag;
    web::SummaryList list;
    if (!flag.subject.empty()) list.rows.push_back(row("Whom it names", flag.subject));
    const auto* code = code_of(site.desk, flag);
    const bool is_introduced = code != nullptr && introduces_the_words(*code);
    list.rows.push_back(row(is_introduced ? code->column("prompt") : "Because", flag.plain_words));
    const auto& state = one.standing.head.state;
    const bool is_standing = flag_type().is_open(state);
    if (code != nullptr && !is_introduced && is_standing)
        list.rows.push_back(row("What to do", std::string(code->column("prompt"))));
    list.rows.push_back(row("Who says so", one.source));
    if (flag.review_on && is_standing)
        list.rows.push_back(row("To be reviewed on", clocks::day_words(*flag.review_on)));
    if (state == declined) list.rows.push_back(row("Why declined", flag.decision_reason.words));
    if (!flag.removal_reason.words.empty()) list.rows.push_back(row("Why removed", flag.removal_reason.words));
    if (is_whole && !flag.is_set_by_service.value_or(false))
        list.rows.push_back(row("Does the child know?", told_words(site, flag)));
    if (is_whole && !flag.dispute_words.words.empty())
        list.rows.push_back(row("What is said against it", flag.dispute_words.words));
    if (is_whole && !flag.dispute_answer.words.empty())
        list.rows.push_back(row("The answer", flag.dispute_answer.words));
    Html html = render(list);
    if (is_whole) html << in_the_childs_words(flag);
    return html;
}

Html whole_flag(const Site& site, const Visit& visit, ChildId child, const ShownFlag& one, bool is_whole,
                bool takes_acts)
{
    Html html;
    html.lit("<h3 class=\"govuk-heading-s\">") << one.label;
    if (!one.words.empty()) html << web::Text(" ") << render(web::Tag{.text = one.words, .classes = "govuk-tag--grey"});
    html.lit("</h3>") << details_of(site, one, is_whole);
    if (takes_acts) html << what_may_be_done(visit, child, one);
    return html;
}

bool stands(const ShownFlag& one)
{
    return flag_type().is_open(one.standing.head.state);
}

/// What this person has just done to one of these, as its version says.
Html news(const Site& site, const Visit& visit, const ShownFlags& shown)
{
    const auto id = CaseId::parse(visit.request.query.get("flag"));
    const auto is_it = [&](const ShownFlag& one) { return id && one.standing.head.id == *id; };
    if (!derived::asks_for_news(visit) || std::ranges::none_of(shown.flags, is_it)) return {};
    Seen seen{.type = &flag_type()};
    site.desk.database.read(
        [&](storage::Transaction& transaction) { seen.history = casework::load_history(transaction, *id); });
    const auto* saved = derived::news_in(visit, seen);
    if (saved == nullptr) return {};
    return derived::news_banner(fmt::format("“{}”", derived::title_of(flag_type(), saved->action)), saved->at);
}

Result<Page> child_page(const Site& site, const Visit& visit)
{
    const auto child = TRY(child_in(visit));
    const auto seen =
        TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, child, "flags", visit.now));
    const auto shown = flags_of_child(site, visit, child, "flags");
    if (!shown.is_shown) return casework::no_such_case();
    Page page{.title = "Flags of a child", .back_link = web::BackLink{.href = "/queue"}};
    // Whoever is shown who the child is by this look is shown the child's page by the same.
    if (!casework::name_is_held_back(seen.child))
        page.back_link = web::BackLink{.text = "The child's page", .href = address_of_child(child)};
    page.before_main << news(site, visit, shown);
    page.main.lit("<span class=\"govuk-caption-l\">") << seen.child.shown_name();
    page.main.lit("</span>") << heading("Flags");
    const bool is_protected = seen.asked.is_sealed;
    if (is_protected)
        page.main << paragraph("This record is protected, and takes no new flags. Add what you know to the brief, and "
                               "ring children's services.");
    if (may_propose_now(site, visit) && !is_protected)
        page.main << render(web::Button{.text = "Propose a flag", .href = address_of_child(child, "/flags/new")});
    page.main << heading("Flags that stand or are being checked", 2);
    if (std::ranges::none_of(shown.flags, stands))
        page.main << paragraph("No flag stands for this child. That does not mean that there is no risk.");
    for (const auto& one : shown.flags)
        if (stands(one)) page.main << whole_flag(site, visit, child, one, shown.is_whole, !is_protected);
    if (!std::ranges::all_of(shown.flags, stands))
        page.main << heading("Flags of yours or your organisation's that no longer stand", 2);
    for (const auto& one : shown.flags)
        if (!stands(one)) page.main << whole_flag(site, visit, child, one, shown.is_whole, !is_protected);
    return page;
}

/// The flags that somebody of this role may propose for a child, in the order of the catalogue.
Html choice_of_flag(const Site& site, const Visit& visit, const FormState& state)
{
    web::SelectField select{.name = "code",
                            .label = flag_type().find_field("code")->label,
                            .value = std::string(state.value("code")),
                            .error = std::string(state.error("code"))};
    for (const auto* code : site.desk.lists.codes_on("flags.catalogue", clocks::london_day(visit.now)))
        if (!is_set_by_workflows_alone(*code) && !is_of_others(*code) &&
            is_proposed_by(*code, visit.session.role, true))
            select.choices.push_back({.value = code->code, .label = code->label});
    return web::select_field(select);
}

Html inputs(const Site& site, const Visit& visit, const casework::Action& action, const FormState& state)
{
    Html html;
    for (const auto& ask : casework::asks_of(action)) {
        if (ask.name == "child") continue;
        if (ask.name == "code") {
            html << choice_of_flag(site, visit, state);
            continue;
        }
        const auto* field = flag_type().find_field(ask.name);
        if (ask.name == "plain_words") {
            html << web::textarea_field({.name = std::string(ask.name),
                                         .label = field->label,
                                         .hint = field->hint,
                                         .value = std::string(state.value(ask.name)),
                                         .error = std::string(state.error(ask.name)),
                                         .rows = 3});
            continue;
        }
        if (field != nullptr) {
            html << derived::input_for(site.desk, *field, std::string(ask.name), state, visit.now,
                                       {.is_required = ask.is_required});
            continue;
        }
        for (const auto& inner : flag_type().find_part(ask.name)->fields)
            if (!inner.is_noted)
                html << derived::input_for(
                    site.desk, inner, fmt::format("{}-{}", ask.name, inner.name), state, visit.now,
                    {.is_required = false,
                     .when_left_out = inner.name == "interpreter" ? " (optional)" : " (if the child said something)"});
    }
    return html;
}

/// The child, as the forms name them; refused where the child's flags are not open to this person.
Result<std::string> name_of_child(const Site& site, const Visit& visit, ChildId child)
{
    const auto seen =
        TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, child, "form", visit.now));
    if (!flags_of_child(site, visit, child, "form").is_shown) return casework::no_such_case();
    return seen.child.shown_name();
}

Page proposing_page(const Site& site, const Visit& visit, ChildId child, const std::string& name,
                    const FormState& state)
{
    const auto& action = *flag_type().find_action("propose");
    Page page{.title = action.title,
              .back_link = web::BackLink{.href = address_of_child(child, "/flags")},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main.lit("<span class=\"govuk-caption-l\">") << name;
    page.main.lit("</span>") << heading(action.title);
    page.main << paragraph(
        "A flag says what the child needs or what harms them, never what they are. The owner in your "
        "organisation decides on it within one working day; what cannot wait is shown meanwhile as "
        "being checked.");
    page.main.lit("<p class=\"govuk-body\">") << link("/flags/catalogue", "What each flag means, and who proposes it");
    page.main.lit("</p>");
    page.main << derived::form_start(address_of_child(child, "/flags/new"), visit.session);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    page.main << inputs(site, visit, action, state) << derived::form_end(action.title);
    return page;
}

Result<Page> empty_form(const Site& site, const Visit& visit)
{
    const auto child = TRY(child_in(visit));
    const auto name = TRY(name_of_child(site, visit, child));
    if (!may_propose_now(site, visit))
        return refuse(ProblemKind::out_of_order, "Nobody proposes a flag in your role for the purpose you chose");
    FormState state;
    state.values.add("key", RequestId::random().text());
    return proposing_page(site, visit, child, name, state);
}

Result<Outcome> propose(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto child = TRY(child_in(visit));
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(flag_type(), *flag_type().find_action("propose"), form, visit.now, state.problems);
    asked.set("child", child.text());
    if (state.problems.empty()) {
        const auto acted = casework::act(
            site.desk, visit.session, visit.request.id,
            {.type = "flag", .action = "propose", .key = std::string(form.get("key")), .asked = std::move(asked)},
            visit.now);
        if (acted)
            return fmt::format("{}?flag={}&saved={}", address_of_child(child, "/flags"), acted->id.text(),
                               acted->version);
        state.problems = acted.error();
        if (state.problems.front().field == "child") return casework::no_such_case();
        if (state.problems.front().kind == ProblemKind::out_of_order && state.problems.front().field.empty())
            return refuse(state.problems);
    }
    return proposing_page(site, visit, child, TRY(name_of_child(site, visit, child)), state);
}

/// A flag of the page's child that this person sees, and what they want to do to it.
struct Chosen {
    ChildId child;
    ShownFlag flag;
    const casework::Action* action = nullptr;
    bool is_whole = false;
};

Result<Chosen> chosen_in(const Site& site, const Visit& visit)
{
    const auto child = TRY(child_in(visit));
    const auto id = CaseId::parse(visit.request.path_values.at("flag"));
    const auto name = std::string_view(visit.request.path_values.at("action"));
    const bool is_offered_here = std::ranges::find(acts_of_others, name) != std::end(acts_of_others);
    if (!id || !is_offered_here) return refuse(ProblemKind::not_found, "There is no such page");
    // Whoever tries a child that is not open to them has tried: it stands in the log, and keepers are told.
    TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, child, "form", visit.now));
    const auto shown = flags_of_child(site, visit, child, "form");
    for (const auto& one : shown.flags)
        if (one.standing.head.id == *id) return Chosen{child, one, flag_type().find_action(name), shown.is_whole};
    return casework::no_such_case();
}

Page acting_page(const Site& site, const Visit& visit, const Chosen& chosen, const FormState& state)
{
    const auto& [child, one, action, is_whole] = chosen;
    Page page{.title = action->title,
              .back_link = web::BackLink{.href = address_of_child(child, "/flags")},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main.lit("<span class=\"govuk-caption-l\">") << one.label;
    page.main.lit("</span>") << heading(action->title) << details_of(site, one, is_whole)
                             << derived::form_start(visit.request.path, visit.session, one.standing.head.version)
                             << inputs(site, visit, *action, state) << derived::form_end(action->title);
    return page;
}

Result<Page> act_form(const Site& site, const Visit& visit)
{
    const auto chosen = TRY(chosen_in(site, visit));
    if (!is_offered(visit, chosen.child, chosen.flag.standing, chosen.action->name))
        return refuse(ProblemKind::out_of_order,
                      "Not possible now, or not yours to do: the flag is " + chosen.flag.standing.head.state);
    FormState state;
    // What was said before stands above the form: nobody changes a quotation (R-X-09).
    if (chosen.action->name == "note_child")
        derived::fill(state.values, *flag_type().find_field("child_told"), "child_told", &chosen.flag.standing.flag);
    return acting_page(site, visit, chosen, state);
}

Result<Outcome> act(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto chosen = TRY(chosen_in(site, visit));
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(flag_type(), *chosen.action, form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto id = chosen.flag.standing.head.id;
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = "flag",
                                          .action = std::string(chosen.action->name),
                                          .id = id,
                                          .expected_version = derived::version_in(form),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted)
            return fmt::format("{}?flag={}&saved={}", address_of_child(chosen.child, "/flags"), id.text(),
                               acted->version);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return acting_page(site, visit, TRY(chosen_in(site, visit)), state);
}

} // namespace

Result<ChildId> child_in(const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    return *id;
}

std::string address_of_child(ChildId child, std::string_view rest)
{
    return fmt::format("/children/{}{}", child.text(), rest);
}

ShownFlags flags_of_child(const Site& site, const Visit& visit, ChildId child, std::string_view page)
{
    const auto question = [&](storage::Transaction& transaction) {
        return casework::policy_request(site.desk, transaction, child, visit.session, "read", visit.now);
    };
    return see_flags(site.desk, visit.session, visit.request.id,
                     {.child = child, .page = page, .question = question, .others_too = true}, visit.now);
}

void add_child_pages(web::Router& router, const Site& site)
{
    site.page(router, "/children/{id}/flags", [&site](const Visit& visit) { return child_page(site, visit); });
    site.page(router, "/children/{id}/flags/new", [&site](const Visit& visit) { return empty_form(site, visit); });
    site.post(router, "/children/{id}/flags/new",
              [&site](const Visit& visit, const web::Fields& form) { return propose(site, visit, form); });
    site.page(router, "/children/{id}/flags/{flag}/{action}",
              [&site](const Visit& visit) { return act_form(site, visit); });
    site.post(router, "/children/{id}/flags/{flag}/{action}",
              [&site](const Visit& visit, const web::Fields& form) { return act(site, visit, form); });
}

} // namespace reachable::flags
