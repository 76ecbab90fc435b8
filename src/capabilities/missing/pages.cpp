// One episode, as whoever looks for the child needs it: what stands out, who leads, what is due, what was reported.
#include "capabilities/missing/pages.h"
#include "base/text.h"
#include "capabilities/missing/triggers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "derived/site_sealed.h"
#include "storage/columns.h"
#include "web/components/inset_text.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/summary_list.h"

#include <fmt/format.h>
#include <ranges>

namespace reachable::missing {
namespace {

/// As far back as a page looks for what repeats itself.
constexpr std::size_t most_absences = 20;

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
    // The summary leads to the child's flags only where the child's own pages are open to this reader.
    if (!safety.all_flags_at.empty())
        bar.who_can_see = web::link(fmt::format("/children/{}", seen.head.heading.child.text()), "The child's page");
    return render(bar);
}

/// What was saved, as it happened: the button of a report names two things.
std::string news_of_episode(const casework::VersionRow& version)
{
    if (version.action != "report") return fmt::format("“{}”", derived::title_of(episode_type(), version.action));
    return version.state == learnt_later ? "the absence that nobody reported is written down"
                                         : "the child is reported missing";
}

web::BackLink back_to_the_board(const Visit& visit)
{
    const auto role = visit.session.role;
    if (!looks_for_children(role) && !is_told_of_the_missing(role)) return {.href = "/queue"};
    return {.text = "Missing children", .href = "/missing"};
}

/// R-B-07: exactly one force leads, and everybody can see which.
Html who_leads(const Site& site, const Episode& episode)
{
    web::SummaryList list;
    site.desk.database.read([&](storage::Transaction& transaction) {
        list.rows.clear();
        const auto add = [&](std::string_view key, const std::string& words) {
            list.rows.push_back({.key = {.text = key}, .value = {.text = words}});
        };
        const auto team = accounts::find_team(transaction, episode.team);
        add("Leads", fmt::format("{}{}", name_of(transaction, episode.force),
                                 team && !team->phone.empty() ? ", " + team->phone : ""));
        if (!episode.offered_to.is_none() && episode.offered_at)
            add("Offered to",
                fmt::format("{} since {}; until it accepts, {} leads", name_of(transaction, episode.offered_to),
                            clocks::wall_date_time(*episode.offered_at), name_of(transaction, episode.force)));
        for (const auto& one : episode.handed)
            add("Handed over", fmt::format("From {} to {} on {}", name_of(transaction, one.from),
                                           name_of(transaction, one.to), clocks::wall_date_time(*one.accepted_at)));
        const auto desk = accounts::find_team(transaction, episode.desk);
        if (desk) add("Told", fmt::format("{}{}", desk->name, desk->phone.empty() ? "" : ", " + desk->phone));
    });
    return render(list);
}

/// This absence and those before it, newest first: each a look, so that nothing is concluded from what is closed.
std::vector<Absence> absences_seen(const Site& site, const Visit& visit, const Seen& seen)
{
    std::vector<Absence> absences;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto records = records_seen(transaction, seen.head.heading.child, visit.session, visit.now);
        absences = absences_of(transaction, records, most_absences);
    });
    const auto began = began_at(seen.as<Episode>());
    std::vector<Absence> shown;
    for (const auto& one : absences) {
        if (began_at(one.episode()) > began) continue;
        if (one.id == seen.head.id) {
            shown.push_back(one);
            continue;
        }
        const auto look =
            derived::look_at_case(site.desk, visit.session, visit.request.id,
                                  {.type = episode_type().name, .id = one.id, .page = "triggers"}, visit.now);
        if (look) shown.push_back({one.id, one.state, std::static_pointer_cast<const Episode>(look->facts)});
    }
    return shown;
}

/// R-B-05, with the rule behind each (G-02).
Html what_stands_out(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto codes = triggers_of(absences_seen(site, visit, seen), visit.now);
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
constexpr std::string_view when_found[] = {"located_at",
                                           "located_how",
                                           "located_where",
                                           "returned_at",
                                           "reached_at",
                                           "found_where",
                                           "found_by",
                                           "found_distance",
                                           "return_type",
                                           "found_with",
                                           "harm",
                                           "considered",
                                           "considered_because",
                                           "interviewed_at",
                                           "seen_alone",
                                           "interview_words",
                                           "not_held_because",
                                           "close_words",
                                           "reclassified_because"};

/// "An adult, about 34, about 18 years older than the child"
std::string age_of(const Site& site, const Companion& one)
{
    std::string words(site.desk.lists.label_of("encounters.companion_ages", one.age));
    if (one.about_age != 0) words += fmt::format(", about {}", one.about_age);
    if (one.years_older > 1) words += fmt::format(", about {} years older than the child", one.years_older);
    return words;
}

Html companions(const Site& site, const Episode& episode)
{
    if (episode.companions.empty()) return {};
    web::Table table{.caption = "Who may be with the child",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Who"}, {.text = "Age"}, {.text = "To the child"}, {.text = "How sure"}}};
    for (const auto& one : episode.companions)
        table.rows.push_back({{.text = one.who},
                              {.text = age_of(site, one)},
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
Html buttons_of(const Visit& visit, const Seen& seen, bool has_another)
{
    const auto& episode = seen.as<Episode>();
    auto open = seen;
    std::erase_if(open.may, [&](const std::string& action) {
        const bool is_answer = action == "take_over" || action == "turn_down";
        if (is_answer) return episode.offered_to.is_none() || episode.offered_to != visit.session.agency;
        if (action == "same_absence") return !has_another;
        if (action == "reach") return episode.reached_at.has_value(); // it is written down once
        if (action == "name_authority" && episode.returned_at) return !episode.authority.is_none();
        return action == (episode.offered_to.is_none() ? "withdraw_offer" : "offer_to_force");
    });
    return derived::buttons_of(open);
}

/// R-B-07: records that were joined may each have one. Each row is a look at that episode.
Html other_episodes(const Site& site, const Visit& visit, const Seen& seen)
{
    Html html;
    for (const auto& other : others_seen(site, visit, seen)) {
        Html words;
        words << web::Text("The child is looked for in another episode too, ")
              << web::link(address_of(other.head.id),
                           fmt::format("led by {}", name_of(site, other.head.heading.agency)))
              << web::Text(". If it is one absence, whoever leads one of them says so.");
        html << render(web::InsetText{.text = words});
    }
    return html;
}

/// R-B-01: every child is offered an interview; where nobody is named who answers for the child, nobody is asked to.
Html who_offers_the_interview(const Seen& seen)
{
    const auto& episode = seen.as<Episode>();
    if (!episode.returned_at || !episode.authority.is_none()) return {};
    return render(web::InsetText{
        .text =
            "No local authority is named, so nobody is asked to offer the child an interview. Say which one answers "
            "for the child, and it is asked."});
}

/// Cases of that type about the child, by any record open to this visitor, that are open or were opened since this
/// episode; the oldest first. Each is looked at by itself.
std::vector<CaseId> beside(const Site& site, const Visit& visit, const Seen& seen, std::string_view type)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        auto values = storage::to_values(records_seen(transaction, seen.head.heading.child, visit.session, visit.now));
        const auto records = storage::places(values.size());
        values.emplace_back(std::string(type));
        values.push_back(storage::to_value(seen.head.opened_at));
        ids = storage::ids_at<CaseId>(
            transaction.recall(fmt::format("select id from cases where child in ({}) and type = ${} and (is_open = 1 "
                                           "or opened_at >= ${}) order by opened_at, id limit 5",
                                           records, values.size() - 1, values.size()),
                               values),
            0);
    });
    return ids;
}

/// Whether the interview is held, to whom the interview shows that: how far it is, and nothing of it.
Html how_the_interview_stands(const Site& site, const Visit& visit, const Seen& seen)
{
    if (!is_over(seen.head)) return {};
    Html html;
    for (const auto id : beside(site, visit, seen, "return-interview")) {
        const auto interview =
            derived::look_at_case(site.desk, visit.session, visit.request.id,
                                  {.type = "return-interview", .id = id, .page = "missing"}, visit.now);
        if (!interview) continue;
        html.lit("<p class=\"govuk-body\">")
            << web::link(site.home_of("return-interview", id), "Return home interview")
            << web::Text(
                   fmt::format(": {}. {}", interview->head.state, derived::due_words(interview->clocks, visit.now)));
        html.lit("</p>");
    }
    return html;
}

/// A child whom the police hold already is not to be looked for in the streets. It is a look at the custody record,
/// which the policy decides and the log names.
Html in_custody_already(const Site& site, const Visit& visit, const Seen& seen)
{
    if (is_over(seen.head)) return {};
    for (const auto id : beside(site, visit, seen, "custody")) {
        const auto held = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                                {.type = "custody", .id = id, .page = "missing"}, visit.now);
        if (!held || held->head.heading.ended_at) continue;
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

derived::SealedCase sealed_case(CaseId id)
{
    return {.base = address_of(id), .which = "A child for whom your force looks.", .due = {}};
}

Result<Outcome> say_why(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    return derived::open_with_reason(site, visit, {.type = episode_type().name, .id = id, .page = "episode"},
                                     sealed_case(id), address_of(id), form);
}

Result<Page> episode_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(derived::look_sealed_or_open(
        site.desk, visit.session, visit.request.id,
        {.type = episode_type().name, .id = TRY(visit.case_id()), .page = "episode", .with_history = true}, visit.now));
    if (derived::waits_for_a_reason(seen)) return derived::sealed_page(site, visit, seen, sealed_case(seen.head.id));
    const auto& episode = seen.as<Episode>();
    Page page{.title = "A missing child", .back_link = back_to_the_board(visit)};
    page.body_classes = "app-summary-sheet";
    page.printed_by_line =
        fmt::format("Printed {} by {}. Destroy it when the child is safe.", clocks::wall_date_time(visit.now),
                    with_article(accounts::title_of(visit.session.role)));
    if (const auto* news_of = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(news_of_episode(*news_of), news_of->at);
    const auto safety = site.safety_summary_of(visit, seen);
    page.main << web::heading(heading_of(seen.head.state)) << identity_bar(seen, safety, visit.now);
    if (seen.head.state == reported || seen.head.state == active)
        page.main << web::paragraph(fmt::format("Away for {}.", away_words(episode, visit.now)));
    const auto others = other_episodes(site, visit, seen);
    page.main << in_custody_already(site, visit, seen) << others << may_anybody_be_told(episode)
              << derived::what_is_awaited(seen, visit.now) << who_offers_the_interview(seen)
              << how_the_interview_stands(site, visit, seen) << buttons_of(visit, seen, !others.empty())
              << what_stands_out(site, visit, seen) << web::safety_summary_panel(safety) << web::heading("Who leads", 2)
              << who_leads(site, episode) << levels(site, episode) << web::heading("The report", 2)
              << derived::rows_of(site.desk, seen, in_the_report) << told_to_the_reporter(site, visit, seen)
              << profile_of_the_child(site, visit, seen) << missing_with(site, visit, episode)
              << companions(site, episode) << places_of(site, episode) << enquiries(episode) << news(site, episode);
    if (const auto found = derived::rows_of(site.desk, seen, when_found); !found.empty())
        page.main << web::heading("Found, and afterwards", 2) << found;
    page.main << derived::link_to_record(seen);
    return page;
}

/// G-02: every sentence opens its rule.
Result<Page> triggers_page(const Site& site, const Visit& visit)
{
    Page page{.title = "What stands out in absences", .back_link = back_to_the_board(visit)};
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

std::string name_of(storage::Transaction& transaction, AgencyId id)
{
    const auto agency = accounts::find_agency(transaction, id);
    return agency ? agency->name : std::string("Not known");
}

std::string name_of(const Site& site, AgencyId id)
{
    std::string name;
    site.desk.database.read([&](storage::Transaction& transaction) { name = name_of(transaction, id); });
    return name;
}

std::vector<Seen> others_seen(const Site& site, const Visit& visit, const Seen& seen)
{
    std::vector<Open> others;
    if (!is_over(seen.head))
        site.desk.database.read([&](storage::Transaction& transaction) {
            others = other_open_episodes_of(transaction, seen.head.heading.child, seen.head.id);
        });
    std::vector<Seen> shown;
    for (const auto& other : others) {
        auto one = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                         {.type = episode_type().name, .id = other.id, .page = "other"}, visit.now);
        if (one) shown.push_back(std::move(*one));
    }
    return shown;
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
    add_naming_pages(router, site);
    add_together_pages(router, site);
    add_episodes_page(router, site);
    add_board_handover(router, site);
    add_call_pages(router, site);
    site.page(router, "/missing/triggers", [&site](const Visit& visit) { return triggers_page(site, visit); });
    site.watched_page(router, "/missing/{id}", [&site](const Visit& visit) { return episode_page(site, visit); });
    site.post(router, "/missing/{id}/why",
              [&site](const Visit& visit, const web::Fields& form) { return say_why(site, visit, form); });
    site.heads[std::string(episode_type().name)] = [](const Visit&, const Seen& seen) {
        return derived::line_of_the_child(seen.child);
    };
}

} // namespace reachable::missing
