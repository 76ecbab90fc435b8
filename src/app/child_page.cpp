#include "app/child_page.h"

#include "app/capabilities.h"
#include "app/timeline_page.h"
#include "base/text.h"
#include "capabilities/custody/rules.h"
#include "capabilities/meetings/meetings.h"
#include "capabilities/missing/missing.h"
#include "capabilities/placements/placements.h"
#include "clocks/london.h"
#include "web/components/app_words.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using casework::Seen;
using derived::Visit;
using storage::Transaction;
using web::Html;

constexpr std::size_t newest_entries_shown = 3;

/// What the page is made from.
struct ChildSeen {
    LookedAtChild child;
    SeenTimeline timeline = {};
    std::optional<Seen> newest = {}; // custody conversation that is open to the reader, with its answers
    UtcTime then{};
};

Html identity_bar(const casework::SeenChild& seen, const web::SafetySummary& safety, std::string_view authority,
                  UtcTime then)
{
    const auto& child = seen.child;
    web::MojIdentityBar bar{.title = child.shown_name()};
    if (child.names.front().as_given != child.shown_name())
        bar.facts.emplace_back("Full name " + child.names.front().as_given);
    bar.facts.emplace_back("Aged " + records::age_words(child.born, clocks::london_day(then)));
    if (child.born) bar.facts.emplace_back("Born " + clocks::day_words(*child.born));
    if (!authority.empty()) bar.facts.emplace_back(fmt::format("{} answers for the child", authority));
    bar.flags = web::flags_in_the_bar(safety);
    bar.who_can_see = web::link(fmt::format("/children/{}/access", child.id.text()), "Who has seen this");
    return render(bar);
}

/// The newest words that somebody wrote down in a case that is open to this reader (G-04).
Html in_the_childs_words(std::span<const TimelineCase> cases, const flags::ShownFlags& shown)
{
    web::AppWords newest;
    std::optional<UtcTime> at;
    const auto take = [&](const std::string& words, std::optional<UtcTime> when, const std::string& by) {
        if (words.empty() || (at && when && *when < *at)) return;
        newest.words = words;
        newest.written_by = when ? fmt::format("{}, {}", by, clocks::wall_date_time(*when)) : by;
        at = when;
    };
    for (const auto& one : cases) {
        if (one.type != &custody::conversation_type()) continue;
        const auto& facts = one.as<custody::Conversation>();
        take(facts.child_words.words, facts.child_words_at, "Written down by " + facts.child_words_by);
    }
    if (shown.is_whole)
        for (const auto& one : shown.flags) {
            const auto& flag = one.standing.flag;
            if (flag.disputed_by == "child")
                take(flag.dispute_words.words, flag.disputed_at, "Said against the flag: " + one.label);
            for (const auto& said : one.standing.flag.child_said)
                take(said.words.words, said.at, "Said " + said.setting + ", about the flag: " + one.label);
        }
    return web::heading("In the child's own words", 2) << render(newest);
}

/// Every clock that ran then, in words that say who owes it: "Children's services answer".
Html what_is_due(std::span<const TimelineCase> cases, UtcTime then)
{
    web::Table table{.caption = "What is due",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Due"}, {.text = "What"}, {.text = "Where"}}};
    for (const auto& one : cases)
        for (const auto& clock : one.running) {
            std::string title(clock.code);
            for (const auto& declared : one.type->clocks)
                if (declared.code == clock.code) title = declared.title;
            Html where = web::link(case_home(one.type->name, one.head.id), one.type->title);
            table.rows.push_back(
                {{.text = (clock.due_at < then ? "Overdue since " : "") + clocks::wall_date_time(clock.due_at)},
                 {.text = title},
                 {.text = where}});
        }
    if (table.rows.empty()) return web::heading("What is due", 2) << web::paragraph("No clock runs that you may see.");
    return web::stacked(table);
}

Html on_paper(const web::SafetySummary& safety)
{
    constexpr std::size_t most_on_paper = 4000;
    Html html;
    html.lit("<p class=\"govuk-body app-print-only\" aria-hidden=\"true\">")
        << web::safety_summary_on_paper(safety, most_on_paper);
    return html.lit("</p>");
}

Html what_happened_last(const ChildSeen& seen)
{
    auto address = fmt::format("/children/{}/timeline", seen.child.id().text());
    if (seen.child.as_of) address += "?as_of=" + seen.child.as_of->text;
    Html html = web::heading("What happened last", 2);
    if (seen.timeline.entries.empty()) html << web::paragraph("No entry that is open to you.");
    html << timeline_of(seen.timeline, seen.child.id(), 3);
    html.lit("<p class=\"govuk-body\">") << web::link(
        address, fmt::format("The whole timeline ({} entries)", seen.timeline.found));
    html.lit("</p>");
    const auto is_episode = [](const TimelineCase& one) { return one.type == &missing::episode_type(); };
    if (!seen.child.as_of && std::ranges::any_of(seen.timeline.cases, is_episode)) {
        html.lit("<p class=\"govuk-body\">") << web::link(fmt::format("/children/{}/episodes", seen.child.id().text()),
                                                          "The missing episodes of this child");
        html.lit("</p>");
    }
    return html << withheld_words(seen.timeline.withheld);
}

/// What children's services said of these in the newest conversation. Who keeps away stands in the flags too.
Html what_helps(const casework::Desk& desk, const ChildSeen& seen)
{
    constexpr std::string_view asked[] = {"Q08", "Q09", "Q10", "Q15"};
    Html html = web::heading("What helps and what to avoid", 2);
    web::SummaryList list;
    if (seen.newest) {
        const auto& facts = seen.newest->as<custody::Conversation>();
        const auto questions = custody::questions_on(desk, clocks::london_day(seen.then));
        for (const auto number : asked) {
            const auto* question = custody::find_question(questions, number);
            const auto* answer = custody::find_answer(facts, number);
            if (question == nullptr || answer == nullptr) continue;
            std::vector<std::string> said{custody::said_in(*question, *answer)};
            for (const auto& person : answer->people) said.push_back(in_words(person));
            std::erase(said, "");
            if (said.empty()) continue;
            auto source = answer->answered_by;
            if (answer->answered_at) source += ", " + clocks::wall_date_time(*answer->answered_at);
            list.rows.push_back({.key = {.text = web::Text(question->topic)},
                                 .value = {.text = fmt::format("{} ({})", join(said, ". "), source)}});
        }
    }
    if (list.rows.empty())
        return html << web::paragraph("Nothing is on record that you may see. Ask the child, and whoever knows them.");
    return html << render(list);
}

/// A number to ring by a touch, where it is one.
Html number_to_ring(const std::string& telephone)
{
    std::string digits;
    for (const char c : telephone)
        if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
    Html html;
    if (digits.empty()) return html << web::Text("No number on record");
    return html << web::link("tel:" + digits, "Call now: " + telephone);
}

using Callable = std::vector<web::TableCell>;

/// The teams on both sides of every case that was open then.
std::vector<Callable> teams_to_ring(const casework::Desk& desk, std::span<const TimelineCase> cases)
{
    std::vector<Callable> rows;
    std::set<TeamId> known;
    desk.database.read([&](Transaction& transaction) {
        rows.clear();
        known.clear();
        for (const auto& one : cases) {
            if (!one.type->is_open(one.head.state) && one.running.empty()) continue;
            const auto& heading = one.head.heading;
            for (const auto& [team, agency] :
                 {std::pair(heading.partner_team, heading.partner), std::pair(heading.team, heading.agency)}) {
                if (team.is_none() || !known.insert(team).second) continue;
                const auto found = accounts::find_team(transaction, team);
                const auto of = accounts::find_agency(transaction, agency);
                if (!found || !of) continue;
                rows.push_back({{.text = found->name}, {.text = of->name}, {.text = number_to_ring(found->phone)}});
            }
        }
    });
    return rows;
}

/// Q01 asks who the allocated worker is. Those whom the answer names, as far as it is shown.
std::vector<Callable> workers_to_ring(const std::optional<Seen>& newest)
{
    std::vector<Callable> rows;
    if (!newest) return rows;
    const auto* answer = custody::find_answer(newest->as<custody::Conversation>(), "Q01");
    if (answer == nullptr) return rows;
    for (const auto& person : answer->people)
        rows.push_back({{.text = person.name},
                        {.text = person.relation.empty() ? answer->answered_by : person.relation},
                        {.text = number_to_ring(person.telephone)}});
    return rows;
}

Html whom_to_ring(const casework::Desk& desk, const ChildSeen& seen)
{
    web::Table table{.caption = "Agencies and people to ring",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Who"}, {.text = "Of"}, {.text = "Telephone"}}};
    table.rows = workers_to_ring(seen.newest);
    for (auto& row : teams_to_ring(desk, seen.timeline.cases)) table.rows.push_back(std::move(row));
    if (table.rows.empty())
        return web::heading("Agencies and people to ring", 2)
               << web::paragraph("Nobody works with the child now in a case that is open to you.");
    return web::stacked(table);
}

Html who_has_seen_this(ChildId child)
{
    Html html = web::heading("Who has seen this record", 2);
    html << web::paragraph("Every look at this page stands in a log, with who looked, when and for what purpose. The "
                           "information governance officer of an agency reads it.");
    html.lit("<p class=\"govuk-body\">") << web::link(fmt::format("/children/{}/access", child.text()),
                                                      "Who has seen this, and whom to ask");
    return html.lit("</p>");
}

Html as_of_form(const std::optional<AsOf>& as_of)
{
    Html html;
    html.lit("<form method=\"get\" class=\"app-no-print\" novalidate>");
    html << as_of_field(as_of) << web::button("Show", web::ButtonLook::secondary);
    return html.lit("</form>");
}

/// The newest conversation with everything that is shown of it: answers are held each as closely as its question.
std::optional<Seen> newest_conversation(const Service& service, const Visit& visit, const SeenTimeline& timeline,
                                        const std::optional<AsOf>& as_of)
{
    for (const auto& one : timeline.cases) {
        if (one.type != &custody::conversation_type()) continue;
        auto seen = derived::look_at_case(service.desk(), visit.session, visit.request.id,
                                          {.type = one.type->name,
                                           .id = one.head.id,
                                           .page = as_of ? "child_then" : "child",
                                           .as_at = as_of ? std::optional(as_of->at) : std::nullopt},
                                          visit.now);
        return seen ? std::optional(std::move(*seen)) : std::nullopt;
    }
    return std::nullopt;
}

Result<ChildSeen> see_all(const Service& service, const Visit& visit)
{
    ChildSeen seen{.child = TRY(look_at_child_of(service, visit, "page"))};
    const auto& as_of = seen.child.as_of;
    seen.then = seen.child.then(visit.now);
    seen.timeline = see_timeline(service.desk(), visit.session, visit.request.id,
                                 {.child = seen.child.id(),
                                  .as_of = as_of ? std::optional(as_of->at) : std::nullopt,
                                  .choice = {.agency = {}, .kind = {}, .year = {}, .most = newest_entries_shown},
                                  .beside = entries_of_flags(seen.child.flags),
                                  .with_cases = true},
                                 visit.now);
    seen.newest = newest_conversation(service, visit, seen.timeline, as_of);
    return seen;
}

std::string name_of_authority(const casework::Desk& desk, AgencyId authority)
{
    std::optional<accounts::Agency> agency;
    if (authority.is_none()) return {};
    desk.database.read([&](Transaction& transaction) { agency = accounts::find_agency(transaction, authority); });
    return agency ? agency->name : std::string();
}

/// Where children's services begin a notice to the authority and the police of another area (R-B-06).
Html tell_of_a_placement(const Visit& visit, const LookedAtChild& child)
{
    if (child.as_of || !placements::tells_of_placements(visit.session.role)) return {};
    Html html = web::lit("<p class=\"govuk-body app-no-print\">");
    html << web::link(fmt::format("/children/{}/placements/new", child.id().text()),
                      "Tell of a placement out of the area");
    return html.lit("</p>");
}

/// Where a meeting about the child is convened.
Html convene_a_meeting(const Visit& visit, const LookedAtChild& child)
{
    if (child.as_of || !meetings::may_convene(visit.session.role)) return {};
    Html html = web::lit("<p class=\"govuk-body app-no-print\">");
    html << web::link(fmt::format("/children/{}/meetings/new", child.id().text()), "Convene a meeting about the child");
    return html.lit("</p>");
}

Result<web::Page> child_page(const Service& service, const Visit& visit)
{
    const auto& desk = service.desk();
    const auto seen = TRY(see_all(service, visit));
    const auto& child = seen.child;
    const auto safety = flags::summary_of(desk, child.flags, child.id());
    web::Page page{.title = child.as_of ? "A child, as it stood" : "A child",
                   .back_link = web::BackLink{.href = "/queue"}};
    page.printed_by_line = printed_line(visit, child.as_of);
    page.main << web::heading("The child's page")
              << identity_bar(child.seen, safety, name_of_authority(desk, child.seen.child.responsible_authority),
                              seen.then)
              << history_words(child.as_of) << in_the_childs_words(seen.timeline.cases, child.flags)
              << what_is_due(seen.timeline.cases, seen.then) << web::safety_summary_panel(safety) << on_paper(safety)
              << what_happened_last(seen) << what_helps(desk, seen) << whom_to_ring(desk, seen)
              << who_has_seen_this(child.id()) << tell_of_a_placement(visit, child) << convene_a_meeting(visit, child)
              << as_of_form(child.as_of);
    return page;
}

} // namespace

void add_child_page(web::Router& router, const Service& service)
{
    service.site().page(router, "/children/{id}",
                        [&service](const Visit& visit) { return or_asked_again(visit, child_page(service, visit)); });
}

} // namespace reachable::app
