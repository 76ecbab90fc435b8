#include "app/child_page.h"

#include "app/capabilities.h"
#include "base/text.h"
#include "capabilities/custody/conversation.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/summary.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "derived/forms.h"
#include "web/components/app_words.h"
#include "web/components/inset_text.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/moj_timeline.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using casework::Seen;
using derived::Visit;
using storage::Transaction;
using web::Html;

/// Cases about the child that tell of the child, and not of who opened, restricted or compared the record.
constexpr std::string_view told_of[] = {"custody"};

/// Asks the policy alone, and about the case as it was loaded: what has ended stands in its facts. Whoever may not see
/// one has not tried to.
std::vector<casework::CaseHead> open_to(Transaction& transaction, const casework::Desk& desk, const Visit& visit,
                                        ChildId child)
{
    std::vector<casework::CaseHead> shown;
    for (const auto name : told_of) {
        const auto& type = *desk.find_type(name);
        for (const auto& row :
             transaction.query("select id from cases where child = $1 and type = $2 order by opened_at desc, id",
                               {storage::to_value(child), std::string(name)})) {
            const auto loaded = casework::load_case(transaction, type, storage::id_at<CaseId>(row, 0));
            auto asked =
                casework::policy_request(desk, transaction, type, loaded->head, visit.session, "read", visit.now);
            asked.fields = {type.held};
            const auto decision = desk.policy.decide(asked);
            if (policy::tells_that_it_is_there(asked, decision)) shown.push_back(loaded->head);
        }
    }
    return shown;
}

/// Each case as this reader sees it now, the newest first.
std::vector<Seen> cases_of(const casework::Desk& desk, const Visit& visit, ChildId child)
{
    std::vector<casework::CaseHead> heads;
    desk.database.read([&](Transaction& transaction) { heads = open_to(transaction, desk, visit, child); });
    std::vector<Seen> cases;
    for (const auto& head : heads) {
        auto seen = derived::look_at_case(
            desk, visit.session, visit.request.id,
            {.type = desk.find_type(head.type)->name, .id = head.id, .page = "child", .with_history = true}, visit.now);
        if (seen) cases.push_back(std::move(*seen));
    }
    return cases;
}

struct Entry {
    UtcTime at{};
    web::MojTimelineItem item;
};

web::MojTimelineItem item_of(const std::string& label, std::string_view kind, UtcTime at)
{
    return {.label = label, .kind = kind, .date = clocks::wall_date_time(at), .datetime = to_iso(at)};
}

/// What one role did several times in a row stands once, when it was done last.
void add_case(std::vector<Entry>& entries, const Seen& seen)
{
    for (std::size_t first = 0, next = 0; first < seen.history.size(); first = next) {
        const auto& version = seen.history[first];
        const auto is_alike = [&](const casework::VersionRow& other) {
            return other.action == version.action && other.role == version.role && other.agency == version.agency;
        };
        while (next < seen.history.size() && is_alike(seen.history[next])) ++next;
        const auto times = next - first;
        const auto at = seen.history[next - 1].at;
        auto label = std::string(derived::title_of(*seen.type, version.action));
        auto item = item_of(times == 1 ? label : fmt::format("{}, {} times", label, times), "What was done", at);
        item.byline = "by " + with_article(accounts::title_of(version.role));
        item.text = web::link(case_home(seen.type->name, seen.head.id), seen.type->title);
        entries.push_back({at, std::move(item)});
    }
    for (const auto& event : seen.clock_events) {
        if (event.event != "breach") continue;
        std::string title(event.code);
        for (const auto& clock : seen.type->clocks)
            if (clock.code == event.code) title = clock.title;
        entries.push_back({event.at, item_of("Late: " + title, "Clock", event.at)});
    }
}

void add_flags(std::vector<Entry>& entries, const flags::ShownFlags& shown)
{
    for (const auto& one : shown.flags) {
        const auto& flag = one.standing.flag;
        const auto say = [&](std::optional<UtcTime> when, std::string_view what) {
            if (when)
                entries.push_back(
                    {*when, item_of("Flag " + std::string(what) + ": " + one.label, "What was done", *when)});
        };
        if (flag.proposed_at != flag.since) say(flag.proposed_at, "proposed");
        say(flag.disputed_at, "disputed");
        say(flag.removed_at, "removed");
        const auto at = flag.since;
        if (!at) continue;
        auto item = item_of("Flag stands: " + one.label,
                            one.words.empty() ? "What was done" : std::string_view(one.words), *at);
        item.text = flag.plain_words;
        item.byline = one.source.substr(0, one.source.find(", since"));
        entries.push_back({*at, std::move(item)});
    }
}

/// Until when the chronology goes: the end of the day that the address names, or now.
UtcTime until_when(const Visit& visit)
{
    const auto day = parse_date(visit.request.query.get("until"));
    constexpr int first_year = 2000; // before it nothing was recorded
    if (!day || static_cast<int>(day->year()) < first_year) return visit.now;
    const auto next = clocks::from_wall(CivilDate{std::chrono::sys_days{*day} + std::chrono::days{1}}, "00:00");
    return next ? std::min(visit.now, *next - seconds{1}) : visit.now;
}

Html chronology(std::vector<Entry> entries, const Visit& visit)
{
    const auto until = until_when(visit);
    std::erase_if(entries, [&](const Entry& entry) { return entry.at > until; });
    std::ranges::reverse(entries);
    std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) { return a.at > b.at; });
    Html html = web::heading("What happened", 2);
    html << web::paragraph(fmt::format("{} entries that are open to you, the newest first, until {}.", entries.size(),
                                       clocks::wall_date_time(until)));
    html.lit("<form method=\"get\" class=\"app-no-print\">");
    html << web::text_field({.name = "until",
                             .label = "Until which day?",
                             .hint = "For example, 2026-10-28. Leave it empty for everything until now",
                             .value = std::string(visit.request.query.get("until")),
                             .classes = "govuk-input--width-10",
                             .checks_spelling = false});
    html << web::button("Show", web::ButtonLook::secondary);
    html.lit("</form>");
    web::MojTimeline line{.heading_level = 3};
    for (auto& entry : entries) line.items.push_back(std::move(entry.item));
    return line.items.empty() ? html : html << render(line);
}

/// The newest words that somebody wrote down in a case that is open to this reader (G-04).
Html in_the_childs_words(std::span<const Seen> cases, const flags::ShownFlags& shown)
{
    web::AppWords newest;
    std::optional<UtcTime> at;
    const auto take = [&](const std::string& words, std::optional<UtcTime> when, const std::string& by) {
        if (words.empty() || (at && when && *when < *at)) return;
        newest.words = words;
        newest.written_by = by;
        at = when;
    };
    for (const auto& seen : cases) {
        const auto& facts = seen.as<custody::Conversation>();
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

/// Every clock that runs, in words that say who owes it: "Children's services answer".
Html what_is_due(std::span<const Seen> cases, UtcTime now)
{
    web::Table table{.caption = "What is due",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Due"}, {.text = "What"}, {.text = "Where"}}};
    for (const auto& seen : cases)
        for (const auto& clock : seen.clocks) {
            if (clock.stopped_at || clock.corrected_at) continue;
            std::string title(clock.code);
            for (const auto& declared : seen.type->clocks)
                if (declared.code == clock.code) title = declared.title;
            Html where = web::link(case_home(seen.type->name, seen.head.id), seen.type->title);
            table.rows.push_back(
                {{.text = (clock.due_at < now ? "Overdue since " : "") + clocks::wall_date_time(clock.due_at)},
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

Html identity_bar(const casework::SeenChild& seen, const web::SafetySummary& safety, UtcTime now)
{
    const auto& child = seen.child;
    web::MojIdentityBar bar{.title = child.shown_name()};
    if (child.names.front().as_given != child.shown_name())
        bar.facts.emplace_back("Full name " + child.names.front().as_given);
    bar.facts.emplace_back("Aged " + records::age_words(child.born, clocks::london_day(now)));
    if (child.born) bar.facts.emplace_back("Born " + clocks::day_words(*child.born));
    bar.flags = web::flags_in_the_bar(safety);
    bar.who_can_see = web::link(fmt::format("/children/{}/access", child.id.text()), "Who has seen this");
    return render(bar);
}

Result<web::Page> child_page(const Service& service, const Visit& visit)
{
    const auto& desk = service.desk();
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    const auto seen = TRY(casework::look_at_child(desk, visit.session, visit.request.id, *id, "page", visit.now));
    if (casework::name_is_held_back(seen.child)) return casework::no_such_case();
    const auto question = [&](Transaction& transaction) {
        return casework::policy_request(desk, transaction, *id, visit.session, "read", visit.now);
    };
    const auto shown =
        flags::see_flags(desk, visit.session, visit.request.id,
                         {.child = *id, .page = "page", .question = question, .others_too = true}, visit.now);
    const auto safety = flags::summary_of(desk, shown, *id);
    const auto cases = cases_of(desk, visit, *id);
    std::vector<Entry> entries;
    add_flags(entries, shown);
    for (const auto& one : cases) add_case(entries, one);

    web::Page page{.title = "A child", .back_link = web::BackLink{.href = "/queue"}};
    page.printed_by_line = fmt::format("Printed {} by {}.", clocks::wall_date_time(visit.now),
                                       with_article(accounts::title_of(visit.session.role)));
    page.main << web::heading("The child's page") << identity_bar(seen, safety, visit.now)
              << in_the_childs_words(cases, shown) << what_is_due(cases, visit.now) << web::safety_summary_panel(safety)
              << on_paper(safety) << chronology(std::move(entries), visit);
    return page;
}

} // namespace

void add_child_page(web::Router& router, const Service& service)
{
    service.site().page(router, "/children/{id}",
                        [&service](const Visit& visit) { return child_page(service, visit); });
}

} // namespace reachable::app
