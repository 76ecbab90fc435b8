// One episode, as whoever looks for the child needs it: what stands out, who leads, what is due, what was reported.
#include "capabilities/missing/pages.h"
#include "capabilities/missing/triggers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "web/components/inset_text.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/summary_list.h"

#include <fmt/format.h>
#include <ranges>

namespace reachable::missing {
namespace {

Html identity_bar(const Seen& seen, const web::SafetySummary& safety, UtcTime now)
{
    web::MojIdentityBar bar{.title = derived::shown_name(seen.child)};
    if (seen.child && !casework::name_is_held_back(*seen.child)) {
        bar.facts.emplace_back(seen.child->born
                                   ? "Aged " + records::age_words(seen.child->born, clocks::london_day(now))
                                   : std::string("Age not known"));
        if (seen.child->born) bar.facts.emplace_back("Born " + clocks::day_words(*seen.child->born));
    }
    const auto level = level_of(seen.as<Episode>());
    if (!level.empty()) bar.facts.emplace_back(fmt::format("Risk: {}", level));
    bar.flags = web::flags_in_the_bar(safety);
    return render(bar);
}

/// R-B-07: exactly one force leads, and everybody can see which.
Html who_leads(const Site& site, const Episode& episode)
{
    web::SummaryList list;
    site.desk.database.read([&](storage::Transaction& transaction) {
        list.rows.clear();
        const auto name_of = [&](AgencyId id) {
            const auto agency = accounts::find_agency(transaction, id);
            return agency ? agency->name : std::string("Not known");
        };
        const auto add = [&](std::string_view key, const std::string& words) {
            list.rows.push_back({.key = {.text = key}, .value = {.text = words}});
        };
        const auto team = accounts::find_team(transaction, episode.team);
        add("Leads",
            fmt::format("{}{}", name_of(episode.force), team && !team->phone.empty() ? ", " + team->phone : ""));
        if (!episode.offered_to.is_none() && episode.offered_at)
            add("Offered to", fmt::format("{} since {}; until it accepts, {} leads", name_of(episode.offered_to),
                                          clocks::wall_date_time(*episode.offered_at), name_of(episode.force)));
        for (const auto& one : episode.handed)
            add("Handed over", fmt::format("From {} to {} on {}", name_of(one.from), name_of(one.to),
                                           clocks::wall_date_time(*one.accepted_at)));
        const auto desk = accounts::find_team(transaction, episode.desk);
        if (desk) add("Told", fmt::format("{}{}", desk->name, desk->phone.empty() ? "" : ", " + desk->phone));
    });
    return render(list);
}

/// R-B-05, with the rule behind each (G-02).
Html what_stands_out(const Site& site, const Visit& visit, const Seen& seen)
{
    std::vector<std::string_view> codes;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto records = records_seen(transaction, seen.head.heading.child, visit.session, visit.now);
        auto absences = absences_of(transaction, records, 50);
        std::erase_if(absences,
                      [&](const Absence& one) { return began_at(one.episode()) > began_at(seen.as<Episode>()); });
        codes = triggers_of(absences, visit.now);
    });
    if (codes.empty()) return {};
    Html html = web::heading("What stands out", 2);
    html << web::paragraph(
        "Because of what was recorded. Think of a strategy discussion, and whether the child may be a "
        "victim of exploitation. It grades nobody and decides nothing.");
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto code : codes) {
        html.lit("<li>") << web::link(fmt::format("/missing/triggers#{}", code),
                                      site.desk.lists.label_of("missing.triggers", code));
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

Html levels(const Site& site, const Episode& episode)
{
    if (episode.grades.empty()) return {};
    web::Table table{.caption = "How high the risk is",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Since"}, {.text = "Level"}, {.text = "Because"}}};
    for (const auto& one : episode.grades | std::views::reverse) {
        std::vector<std::string> so;
        for (const auto& code : one.considered) so.emplace_back(site.desk.lists.label_of("missing.prompts", code));
        auto because = one.because.words;
        if (!so.empty()) because += ". " + join(so, "; ");
        if (!one.lower_because.words.empty())
            because += ". Lower than the last time because: " + one.lower_because.words;
        table.rows.push_back({{.text = one.at ? clocks::wall_date_time(*one.at) : std::string()},
                              {.text = std::string(site.desk.lists.label_of("missing.levels", one.level))},
                              {.text = because}});
    }
    return web::stacked(table);
}

constexpr std::string_view in_the_report[] = {
    "name_given", "last_seen_at", "last_seen_where", "worried",  "company",      "urgent_health", "look_first",
    "contact",    "lives_where",  "missing_from",    "reporter", "late_because", "late_words"};
constexpr std::string_view when_found[] = {
    "located_at",       "located_how",        "located_where",       "returned_at", "found_where",
    "found_by",         "found_distance",     "return_type",         "found_with",  "harm",
    "considered",       "considered_because", "interviewed_at",      "seen_alone",  "interview_words",
    "not_held_because", "close_words",        "reclassified_because"};

Html companions(const Site& site, const Episode& episode)
{
    if (episode.companions.empty()) return {};
    web::Table table{.caption = "Who may be with the child",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Who"}, {.text = "Age"}, {.text = "To the child"}, {.text = "How sure"}}};
    for (const auto& one : episode.companions)
        table.rows.push_back({{.text = one.who},
                              {.text = std::string(site.desk.lists.label_of("encounters.companion_ages", one.age))},
                              {.text = std::string(site.desk.lists.label_of("encounters.relations", one.relation))},
                              {.text = std::string(site.desk.lists.label_of("missing.certainty", one.sure))}});
    return web::stacked(table);
}

Html enquiries(const Episode& episode)
{
    if (episode.enquiries.empty()) return {};
    web::Table table{.caption = "What is done to find the child",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "What"}, {.text = "Who"}, {.text = "By when"}, {.text = "What came of it"}}};
    for (const auto& one : episode.enquiries)
        table.rows.push_back({{.text = one.what},
                              {.text = one.who},
                              {.text = one.due ? clocks::wall_date_time(*one.due) : std::string("Done")},
                              {.text = one.came_of_it.empty() ? std::string("Not done yet") : one.came_of_it}});
    return web::stacked(table);
}

Html news(const Site& site, const Episode& episode)
{
    if (episode.news.empty()) return {};
    web::Table table{.caption = "What is new",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "When"}, {.text = "What"}, {.text = "Words"}, {.text = "Who says it"}}};
    for (const auto& one : episode.news | std::views::reverse)
        table.rows.push_back({{.text = one.at ? clocks::wall_date_time(*one.at) : std::string()},
                              {.text = std::string(site.desk.lists.label_of("missing.news", one.kind))},
                              {.text = one.words.words},
                              {.text = one.by}});
    return web::stacked(table);
}

/// What may be done now by this force: the lead is taken by whom it is offered to, and offered once at a time.
Html buttons_of(const Visit& visit, const Seen& seen)
{
    const auto& episode = seen.as<Episode>();
    auto open = seen;
    std::erase_if(open.may, [&](const std::string& action) {
        const bool is_answer = action == "take_over" || action == "turn_down";
        if (is_answer) return episode.offered_to.is_none() || episode.offered_to != visit.session.agency;
        return action == "offer_to_force" && !episode.offered_to.is_none();
    });
    return derived::buttons_of(open);
}

/// R-B-01: every child is offered an interview; where nobody is named who answers for the child, nobody is asked to.
Html who_offers_the_interview(const Seen& seen)
{
    const auto& episode = seen.as<Episode>();
    if (!episode.returned_at || !episode.authority.is_none()) return {};
    return render(web::InsetText{
        .text =
            "No local authority is named, so nobody is asked to offer the child an interview. Ring the one where the "
            "child lives."});
}

/// A child whom the police hold already is not to be looked for in the streets. It is a look at the custody record,
/// which the policy decides and the log names.
Html in_custody_already(const Site& site, const Visit& visit, const Seen& seen)
{
    if (seen.as<Episode>().returned_at) return {};
    std::vector<CaseId> open;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto values =
            storage::to_values(records_seen(transaction, seen.head.heading.child, visit.session, visit.now));
        open = storage::ids_at<CaseId>(
            transaction.recall(fmt::format("select id from cases where child in ({}) and type = 'custody' and "
                                           "is_open = 1 order by opened_at desc",
                                           storage::places(values.size())),
                               values),
            0);
    });
    for (const auto id : open) {
        const auto held = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                                {.type = "custody", .id = id, .page = "missing"}, visit.now);
        if (!held) continue;
        std::optional<accounts::Team> suite;
        site.desk.database.read([&](storage::Transaction& transaction) {
            suite = accounts::find_team(transaction, held->head.heading.team);
        });
        if (suite)
            return render(web::InsetText{.text = fmt::format("A custody record of this child is open at {}. Ring them "
                                                             "before you search: {}",
                                                             suite->name, suite->phone)});
    }
    return {};
}

/// R-B-12: a parent or carer learns where the child is only after it was answered whether that is safe.
Html may_anybody_be_told(const Episode& episode)
{
    if (episode.located_at == std::nullopt && episode.returned_at == std::nullopt) return {};
    if (episode.safe_to_tell == "yes") return {};
    const std::string words =
        episode.safe_to_tell == "no"
            ? "Do not tell the parent or carer where the child is: it is not safe."
            : "Do not tell the parent or carer where the child is before the officer who has seen "
              "the child says that it is safe.";
    return render(web::InsetText{.text = words});
}

/// The receipt is read out while they are on the telephone, and earlier calls from their number are asked about then.
Html told_to_the_reporter(const Site& site, const Visit& visit, const Seen& seen)
{
    if (seen.as<Episode>().returned_at || !looks_for_children(visit.session.role)) return {};
    return receipt_to_read_out(site, seen.head.id, visit.now) << earlier_calls(site, visit, seen);
}

std::string_view heading_of(std::string_view state)
{
    if (state == returned || state == interviewed || state == closed) return "A child who was missing";
    if (state == learnt_later) return "An absence that nobody reported";
    if (state == reclassified) return "A child who was not missing";
    return state == located ? "A missing child who is found, and not seen yet" : "A missing child";
}

Result<Page> episode_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = episode_type().name, .id = TRY(visit.case_id()), .page = "episode", .with_history = true}, visit.now));
    const auto& episode = seen.as<Episode>();
    Page page{.title = "A missing child", .back_link = web::BackLink{.text = "Missing children", .href = "/missing"}};
    if (const auto* news_of = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news_of->action)),
                                                 news_of->at);
    const auto safety = site.safety_summary_of(visit, seen);
    page.main << web::heading(heading_of(seen.head.state)) << identity_bar(seen, safety, visit.now);
    if (seen.head.state == reported || seen.head.state == active)
        page.main << web::paragraph(fmt::format("Away for {}.", away_words(episode, visit.now)));
    page.main << in_custody_already(site, visit, seen) << may_anybody_be_told(episode)
              << derived::what_is_awaited(seen, visit.now) << who_offers_the_interview(seen) << buttons_of(visit, seen)
              << what_stands_out(site, visit, seen) << web::safety_summary_panel(safety) << web::heading("Who leads", 2)
              << who_leads(site, episode) << levels(site, episode) << web::heading("The report", 2)
              << derived::rows_of(site.desk, seen, in_the_report) << told_to_the_reporter(site, visit, seen)
              << profile_of_the_child(site, visit, seen) << companions(site, episode) << enquiries(episode)
              << news(site, episode);
    if (const auto found = derived::rows_of(site.desk, seen, when_found); !found.empty())
        page.main << web::heading("Found, and afterwards", 2) << found;
    page.main << derived::link_to_record(seen);
    return page;
}

/// R-B-07: which force is asked to lead.
Result<Page> offer_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = episode_type().name, .id = TRY(visit.case_id()), .page = "form"}, visit.now));
    if (!seen.may_do("offer_to_force")) return refuse(ProblemKind::out_of_order, "That cannot be done now");
    const auto& action = *episode_type().find_action("offer_to_force");
    const auto* why = episode_type().find_field("offer_because");
    Page page{.title = action.title,
              .back_link = web::BackLink{.href = address_of(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(action.title) << site.head_of(visit, seen)
              << web::paragraph("Until that force accepts, yours leads and decides.")
              << derived::form_start(visit.request.path, visit.session, seen.head.version)
              << agency_choice(site, state, "offered_to", accounts::AgencyKind::police_force)
              << derived::input_for(site.desk, *why, std::string(why->name), state, visit.now)
              << derived::form_end(action.title);
    return page;
}

Result<Outcome> offer(const Site& site, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    const auto& action = *episode_type().find_action("offer_to_force");
    auto asked = derived::read_form(episode_type(), action, form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = episode_type().name,
                                          .action = std::string(action.name),
                                          .id = TRY(visit.case_id()),
                                          .expected_version = derived::version_in(form),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::where_next(site, visit, episode_type(), action, *acted);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return TRY(offer_page(site, visit, state));
}

/// G-02: every sentence opens its rule.
Result<Page> triggers_page(const Site& site, const Visit& visit)
{
    Page page{.title = "What stands out in absences", .back_link = web::BackLink{.href = "/missing"}};
    page.main << web::heading("What stands out in absences")
              << web::paragraph(
                     "Each sentence follows from one rule and from what was recorded. No number of them is a "
                     "score, and none decides anything.");
    page.main << derived::rules_on(site.desk, "missing.triggers", clocks::london_day(visit.now));
    return page;
}

} // namespace

std::string address_of(CaseId id)
{
    return "/missing/" + id.text();
}

std::string away_words(const Episode& episode, UtcTime now)
{
    const auto away =
        std::chrono::duration_cast<std::chrono::minutes>(episode.returned_at.value_or(now) - began_at(episode));
    const auto minutes = std::max<std::int64_t>(away.count(), 0);
    if (minutes < 120) return fmt::format("{} minutes", minutes);
    if (minutes < 48 * 60) return fmt::format("{} hours", minutes / 60);
    return fmt::format("{} days", minutes / (24 * 60));
}

void add_pages(web::Router& router, const Site& site)
{
    add_board(router, site);
    add_report_pages(router, site);
    add_call_pages(router, site);
    site.page(router, "/missing/triggers", [&site](const Visit& visit) { return triggers_page(site, visit); });
    site.watched_page(router, "/missing/{id}", [&site](const Visit& visit) { return episode_page(site, visit); });
    const auto offer_at = fmt::format("/cases/{}/{{id}}/offer_to_force", episode_type().name);
    site.page(router, offer_at, [&site](const Visit& visit) { return offer_page(site, visit, {}); });
    site.post(router, offer_at,
              [&site](const Visit& visit, const web::Fields& form) { return offer(site, visit, form); });
    site.heads[std::string(episode_type().name)] = [](const Visit&, const Seen& seen) {
        return derived::line_of_the_child(seen.child);
    };
}

} // namespace reachable::missing
