// The encounters of a team, a force or an authority, the page of one, and the rules behind what stands out there.
#include "capabilities/encounters/pages.h"
#include "capabilities/encounters/encounter.h"
#include "capabilities/encounters/prompts.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/app_words.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::encounters {
namespace {

/// Who may read one encounter, as a social worker of the child may, need not have the list of them.
bool has_the_list(accounts::Role role)
{
    return may_record(role) || is_told_of_them(role);
}

web::BackLink back_to_the_list(const Visit& visit)
{
    if (!has_the_list(visit.session.role)) return {.href = "/queue"};
    return {.text = "Children whom the police met", .href = "/encounters"};
}

Result<Page> queue_page(const Site& site, const Visit& visit)
{
    const auto role = visit.session.role;
    if (!has_the_list(role))
        return refuse(ProblemKind::withheld,
                      "Encounters are for those who meet children and for the desks that are told");
    const auto listed =
        TRY(casework::list(site.desk, visit.session, visit.request.id,
                           {.type = encounter_type().name, .whose = whose_encounters(role)}, visit.now));
    Page page{.title = "Children whom the police met", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Children whom the police met");
    if (may_record(role)) page.main << render(web::Button{.text = "Record an encounter", .href = "/encounters/new"});
    if (listed.cases.empty()) {
        page.main << web::paragraph("No encounter is open that you may see.");
        return page;
    }
    page.main << derived::more_than_these(listed)
              << web::stacked(derived::queue_of_children(listed, visit.now, address_of));
    return page;
}

// ---- one encounter ----

Html identity_bar(const Seen& seen, const web::SafetySummary& safety, UtcTime now)
{
    web::MojIdentityBar bar{.title = derived::shown_name(seen.child)};
    if (seen.child && !casework::name_is_held_back(*seen.child)) {
        bar.facts.emplace_back(seen.child->born
                                   ? "Aged " + records::age_words(seen.child->born, clocks::london_day(now))
                                   : std::string("Age not known"));
        if (seen.child->born) bar.facts.emplace_back("Born " + clocks::day_words(*seen.child->born));
    }
    bar.flags = web::flags_in_the_bar(safety);
    return render(bar);
}

/// G-02: "each prompt shows 'because …'", and opens its rule.
Html prompts(const Site& site, const Encounter& encounter)
{
    const auto codes = prompts_of(encounter);
    if (codes.empty()) return {};
    Html html = web::heading("What stands out", 2);
    html << web::paragraph("Because of what was recorded. It grades nobody and decides nothing.");
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto code : codes) {
        html.lit("<li>") << web::link(fmt::format("/encounters/prompts#{}", code),
                                      site.desk.lists.label_of("encounters.prompts", code));
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

/// Who was told and when, and whom to ring: a call is quicker than a page.
Html who_was_told(const Site& site, const Encounter& encounter)
{
    web::SummaryList list;
    site.desk.database.read([&](storage::Transaction& transaction) {
        list.rows.clear();
        const auto add = [&](std::string_view key, TeamId team, const std::optional<UtcTime>& at) {
            const auto found = accounts::find_team(transaction, team);
            if (!found) return;
            list.rows.push_back(
                {.key = {.text = key},
                 .value = {.text = fmt::format("{}{}{}", found->name, found->phone.empty() ? "" : ", " + found->phone,
                                               at ? ", " + clocks::wall_date_time(*at) : "")}});
        };
        add("Told", encounter.desk, encounter.told_at);
        add("Recorded by", encounter.team, encounter.recorded_at);
    });
    return list.rows.empty() ? Html{} : render(list);
}

/// A manager who has not said why they open it sees how it goes, and not what was seen and said: silence would read as
/// if nothing was (G-07).
Html what_is_held_back(const Seen& seen)
{
    if (seen.shown.at("signs") >= policy::Show::generalise) return {};
    Html html;
    html.lit("<p class=\"govuk-body\">What was seen and what the child said is held back until you ")
        << web::link("/openings/new?about=" + seen.head.id.text(), "say why you open it");
    return html.lit(".</p>");
}

/// R-X-09: quoted, with where it was said and when it was written down.
Html in_own_words(const Encounter& encounter)
{
    Html html = web::heading("The child's own words", 2);
    if (encounter.child_said.empty()) return html << web::paragraph("Nothing is written down that the child said.");
    for (const auto& said : encounter.child_said) {
        auto source = fmt::format("{}; in {}", said.setting, said.language);
        if (!said.interpreter.empty()) source += "; interpreter: " + said.interpreter;
        if (said.at) source += "; written down on " + clocks::wall_date_time(*said.at);
        html << render(web::AppWords{.words = said.words.words, .written_by = source});
    }
    return html;
}

/// What the page shows of the facts, in the order of the form.
constexpr std::string_view shown_first[] = {"met_at",   "met_precision",   "kind",   "place", "distance",
                                            "lives_in", "lives_elsewhere", "company"};
constexpr std::string_view shown_then[] = {
    "signs",     "health_seen",  "where_now",     "protected_at", "debt_plan",          "who_benefits",
    "who_sent",  "who_pays",     "who_threatens", "considered",   "considered_because", "not_ours_because",
    "next_step", "next_step_by", "results",       "close_words"};

Html companions(const Site& site, const Encounter& encounter)
{
    if (encounter.companions.empty()) return {};
    const auto& lists = site.desk.lists;
    web::Table table{.caption = "Who was with the child",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Who"}, {.text = "Age"}, {.text = "To the child"}}};
    for (const auto& one : encounter.companions)
        table.rows.push_back({{.text = one.who},
                              {.text = std::string(lists.label_of("encounters.companion_ages", one.age))},
                              {.text = std::string(lists.label_of("encounters.relations", one.relation))}});
    return web::stacked(table);
}

Html what_was_seen(const Encounter& encounter)
{
    Html html;
    for (const auto& seen : encounter.seen) {
        if (seen.at) html << web::paragraph("Written down on " + clocks::wall_date_time(*seen.at) + ":");
        html << web::paragraph(seen.words.words);
    }
    return html;
}

Result<Page> encounter_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = encounter_type().name, .id = id, .page = "encounter", .with_history = true}, visit.now));
    const auto& encounter = seen.as<Encounter>();
    Page page{.title = "An encounter", .back_link = back_to_the_list(visit)};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    const auto safety = site.safety_summary_of(visit, seen);
    page.main << web::heading("The police met a child") << identity_bar(seen, safety, visit.now)
              << derived::what_is_awaited(seen, visit.now);
    if (const auto held_back = what_is_held_back(seen); !held_back.empty())
        page.main << held_back;
    else
        page.main << in_own_words(encounter) << prompts(site, encounter);
    page.main << who_was_told(site, encounter) << derived::buttons_of(seen) << web::safety_summary_panel(safety)
              << web::heading("Where, and with whom", 2) << derived::rows_of(site.desk, seen, shown_first)
              << companions(site, encounter) << web::heading("What was seen, and what comes next", 2)
              << what_was_seen(encounter) << derived::rows_of(site.desk, seen, shown_then);
    page.main << derived::link_to_record(seen);
    return page;
}

/// An authority says whose child it is. The desk that it names is told at once, and the clock runs on.
Result<Page> not_ours_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = encounter_type().name, .id = TRY(visit.case_id()), .page = "form"}, visit.now));
    if (!seen.may_do("not_ours")) return refuse(ProblemKind::out_of_order, "That cannot be done now");
    const auto& action = *encounter_type().find_action("not_ours");
    const auto* why = encounter_type().find_field("not_ours_because");
    Page page{.title = action.title,
              .back_link = web::BackLink{.href = address_of(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(action.title) << site.head_of(visit, seen)
              << derived::form_start(visit.request.path, visit.session, seen.head.version)
              << authority_choice(site, state)
              << derived::input_for(site.desk, *why, std::string(why->name), state, visit.now)
              << derived::form_end(action.title);
    return page;
}

Result<Outcome> not_ours(const Site& site, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(encounter_type(), *encounter_type().find_action("not_ours"), form, visit.now,
                                    state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = encounter_type().name,
                                          .action = "not_ours",
                                          .id = TRY(visit.case_id()),
                                          .expected_version = derived::version_in(form),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return std::string("/encounters");
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return TRY(not_ours_page(site, visit, state));
}

/// G-02: every prompt opens its rule: "text, inputs, version, who approved".
Result<Page> prompts_page(const Site& site, const Visit& visit)
{
    Page page{.title = "What stands out in an encounter", .back_link = back_to_the_list(visit)};
    page.main << web::heading("What stands out in an encounter")
              << web::paragraph(
                     "Each sentence follows from one rule and from what was recorded. No number of them is a "
                     "score, and none decides anything.");
    page.main << derived::rules_on(site.desk, "encounters.prompts", clocks::london_day(visit.now));
    return page;
}

/// What stands first on the derived forms: whose encounter it is.
Html head_of_encounter(const Visit&, const Seen& seen)
{
    return derived::line_of_the_child(seen.child);
}

} // namespace

casework::Whose whose_encounters(accounts::Role role)
{
    using enum accounts::Role;
    return role == MPC    ? casework::Whose::agency
           : role == LADM ? casework::Whose::asked_agency
           : role == EDT  ? casework::Whose::desk
                          : casework::Whose::team;
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/encounters", [&site](const Visit& visit) { return queue_page(site, visit); });
    add_recording_pages(router, site);
    site.page(router, "/encounters/prompts", [&site](const Visit& visit) { return prompts_page(site, visit); });
    site.page(router, "/encounters/{id}", [&site](const Visit& visit) { return encounter_page(site, visit); });
    const auto not_ours_at = fmt::format("/cases/{}/{{id}}/not_ours", encounter_type().name);
    site.page(router, not_ours_at, [&site](const Visit& visit) { return not_ours_page(site, visit, {}); });
    site.post(router, not_ours_at,
              [&site](const Visit& visit, const web::Fields& form) { return not_ours(site, visit, form); });
    site.heads[std::string(encounter_type().name)] = head_of_encounter;
}

} // namespace reachable::encounters
