#include "app/timeline_page.h"

#include "app/capabilities.h"
#include "base/number.h"
#include "base/text.h"
#include "capabilities/flags/flags.h"
#include "clocks/london.h"
#include "web/components/details.h"
#include "web/components/moj_timeline.h"
#include "web/components/pagination.h"
#include "web/components/select.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Visit;
using web::Html;

constexpr std::size_t entries_on_one_page = 50;
constexpr std::size_t most_on_one_long_page = 5000;
constexpr EntryKind both_kinds[] = {EntryKind::happened, EntryKind::done};

tl::unexpected<Problems> not_on_the_list(std::string_view what)
{
    return refuse(ProblemKind::malformed, fmt::format("Choose {} from the list", what), std::string(what));
}

/// What is chosen. What cannot be read is refused: a list of everything might be taken for what was asked for.
Result<TimelineChoice> choice_in(const web::Fields& query)
{
    TimelineChoice choice{.agency = {}, .kind = {}, .year = {}, .most = entries_on_one_page};
    if (const auto agency = query.get("agency"); !agency.empty()) {
        const auto id = AgencyId::parse(agency);
        if (!id) return not_on_the_list("agency");
        choice.agency = *id;
    }
    if (const auto kind = query.get("kind"); !kind.empty()) {
        const auto found = std::ranges::find(both_kinds, kind, code_of);
        if (found == std::end(both_kinds)) return not_on_the_list("kind");
        choice.kind = *found;
    }
    if (const auto year = query.get("year"); !year.empty()) {
        choice.year = whole_number<int>(year);
        if (!choice.year) return not_on_the_list("year");
    }
    if (query.get("all") == "1") choice.most = most_on_one_long_page;
    const auto page = whole_number<std::uint32_t>(query.get("page")).value_or(1);
    choice.skip = (std::max(page, 1U) - 1) * choice.most;
    return choice;
}

/// The address of the same choice, to which a page or "all" is added.
std::string address_of_choice(const LookedAtChild& child, const TimelineChoice& choice)
{
    auto address = fmt::format("/children/{}/timeline?", child.id().text());
    if (!choice.agency.is_none()) address += "agency=" + choice.agency.text() + "&";
    if (choice.kind) address += fmt::format("kind={}&", code_of(*choice.kind));
    if (choice.year) address += fmt::format("year={}&", *choice.year);
    if (child.as_of) address += "as_of=" + child.as_of->text + "&";
    return address;
}

Html choose_one(const std::string& name, const char* label, std::string value, std::vector<web::SelectItem> items)
{
    items.insert(items.begin(), web::SelectItem{.text = "All", .value = ""});
    return render(
        web::Select{.name = name, .items = std::move(items), .value = std::move(value), .label = {.text = label}});
}

Html filter_form(const LookedAtChild& child, const TimelineChoice& choice, const SeenTimeline& seen)
{
    std::vector<web::SelectItem> agencies;
    for (const auto& [id, name] : seen.agencies)
        if (!id.is_none()) agencies.push_back({.text = name, .value = id.text()});
    std::ranges::sort(agencies, {}, &web::SelectItem::text);
    std::vector<web::SelectItem> kinds;
    for (const auto kind : both_kinds)
        kinds.push_back({.text = std::string(title_of(kind)), .value = std::string(code_of(kind))});
    std::vector<web::SelectItem> years;
    for (const auto year : seen.years) years.push_back({.text = std::to_string(year)});
    Html html;
    html.lit("<form method=\"get\" novalidate>");
    html << choose_one("agency", "Which agency?", choice.agency.is_none() ? "" : choice.agency.text(), agencies)
         << choose_one("kind", "What happened, or what agencies did?",
                       choice.kind ? std::string(code_of(*choice.kind)) : "", kinds)
         << choose_one("year", "Which year?", choice.year ? std::to_string(*choice.year) : "", years)
         << as_of_field(child.as_of) << web::button("Show", web::ButtonLook::secondary);
    return html.lit("</form>");
}

/// Above the entries, and folded until something is chosen: the newest of them stand on the first screen.
Html folded_filter(const LookedAtChild& child, const TimelineChoice& choice, const SeenTimeline& seen)
{
    const bool is_chosen = !choice.agency.is_none() || choice.kind || choice.year || child.as_of;
    return render(web::Details{.summary = "Choose an agency, a kind, a year or an earlier day",
                               .text = filter_form(child, choice, seen),
                               .open = is_chosen,
                               .classes = "app-no-print"});
}

Html pages_around(const std::string& address, const TimelineChoice& choice, std::size_t found)
{
    const auto page = choice.skip / choice.most + 1;
    const auto last = (found + choice.most - 1) / choice.most;
    if (last <= 1) return {};
    web::Pagination around;
    if (page > 1) around.previous = {.href = fmt::format("{}page={}", address, page - 1), .text = "Newer entries"};
    if (page < last) around.next = {.href = fmt::format("{}page={}", address, page + 1), .text = "Older entries"};
    Html html;
    html.lit("<div class=\"app-no-print\">") << render(around);
    html.lit("<p class=\"govuk-body\">") << web::link(address + "all=1", "Everything on one page, to print");
    return html.lit("</p></div>");
}

std::string count_of(const TimelineChoice& choice, const SeenTimeline& seen)
{
    if (seen.found == 0) return "No entry that is open to you.";
    if (seen.entries.size() == seen.found)
        return seen.found == 1 ? "1 entry that is open to you."
                               : fmt::format("{} entries that are open to you, the newest first.", seen.found);
    return fmt::format("Entries {} to {} of {} that are open to you, the newest first.", choice.skip + 1,
                       choice.skip + seen.entries.size(), seen.found);
}

Result<web::Page> timeline_page(const Service& service, const Visit& visit)
{
    const auto choice = TRY(choice_in(visit.request.query));
    const auto child = TRY(look_at_child_of(service, visit, "timeline"));
    const auto seen = see_timeline(service.desk(), visit.session, visit.request.id,
                                   {.child = child.id(),
                                    .as_of = child.as_of ? std::optional(child.as_of->at) : std::nullopt,
                                    .choice = choice,
                                    .beside = entries_of_flags(child.flags)},
                                   visit.now);
    const auto address = address_of_choice(child, choice);
    web::Page page{.title = "Timeline of a child",
                   .back_link =
                       web::BackLink{.text = "The child's page",
                                     .href = fmt::format("/children/{}{}", child.id().text(),
                                                         child.as_of ? "?as_of=" + child.as_of->text : std::string())}};
    page.printed_by_line = printed_line(visit, child.as_of);
    page.body_classes = {"app-chronology"};
    page.main.lit("<span class=\"govuk-caption-l\">") << child.seen.child.shown_name();
    page.main.lit("</span>") << web::heading("Timeline") << history_words(child.as_of)
                             << folded_filter(child, choice, seen) << web::paragraph(count_of(choice, seen))
                             << withheld_words(seen.withheld) << timeline_of(seen, child.id(), 2)
                             << pages_around(address, choice, seen.found);
    return page;
}

web::MojTimelineItem item_of(const TimelineEntry& entry, const SeenTimeline& seen, ChildId child)
{
    web::MojTimelineItem item{.label = entry.times == 1 ? entry.title
                                                        : fmt::format("{}, {} times", entry.title, entry.times),
                              .kind = title_of(entry.kind),
                              .date = clocks::wall_date_time(entry.at),
                              .datetime = to_iso(entry.at)};
    if (entry.by) item.byline = "by " + with_article(accounts::title_of(*entry.by));
    Html text;
    if (!entry.words.empty()) text << entry.words + ". ";
    const bool is_flag = entry.type == &flags::flag_type();
    const auto home =
        is_flag ? fmt::format("/children/{}/flags", child.text()) : case_home(entry.type->name, entry.told_by);
    item.text = text << web::link(home, is_flag ? "Flags of this child" : entry.type->title);
    item.source = web::AppSource{.agency = seen.agencies.at(entry.agency),
                                 .date = "recorded " + (entry.recorded_at == entry.at
                                                            ? std::string("at the time")
                                                            : clocks::wall_date_time(entry.recorded_at)),
                                 .how_known = to_lower_ascii(entry.type->title)};
    return item;
}

} // namespace

Result<LookedAtChild> look_at_child_of(const Service& service, const Visit& visit, std::string_view page)
{
    const auto& desk = service.desk();
    auto as_of = TRY(as_of_in(visit));
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    const auto name = fmt::format("{}{}", page, as_of ? "_then" : "");
    auto seen = TRY(casework::look_at_child(desk, visit.session, visit.request.id, *id, name, visit.now));
    if (casework::name_is_held_back(seen.child)) return casework::no_such_case();
    const auto question = [&](storage::Transaction& transaction) {
        return casework::policy_request(desk, transaction, *id, visit.session, "read", visit.now);
    };
    auto flags = flags::see_flags(desk, visit.session, visit.request.id,
                                  {.child = *id,
                                   .page = name,
                                   .question = question,
                                   .others_too = true,
                                   .as_of = as_of ? std::optional(as_of->at) : std::nullopt},
                                  visit.now);
    return LookedAtChild{std::move(seen), std::move(flags), std::move(as_of)};
}

std::vector<TimelineEntry> entries_of_flags(const flags::ShownFlags& shown)
{
    std::vector<TimelineEntry> entries;
    for (const auto& one : shown.flags) {
        const auto& flag = one.standing.flag;
        const auto add = [&](std::optional<UtcTime> at, std::string_view what, std::string words = {}) {
            if (at)
                entries.push_back({.at = *at,
                                   .recorded_at = *at,
                                   .title = fmt::format("Flag {}: {}", what, one.label),
                                   .by = {},
                                   .agency = flag.owner,
                                   .words = std::move(words),
                                   .type = &flags::flag_type(),
                                   .told_by = one.standing.head.id});
        };
        if (flag.proposed_at != flag.since) add(flag.proposed_at, "proposed", flag.since ? "" : flag.plain_words);
        add(flag.since, "stands", one.words.empty() ? flag.plain_words : flag.plain_words + " (" + one.words + ")");
        add(flag.disputed_at, "disputed");
        add(flag.removed_at, "removed");
    }
    return entries;
}

Html timeline_of(const SeenTimeline& seen, ChildId child, int heading_level)
{
    if (seen.entries.empty()) return {};
    web::MojTimeline line{.heading_level = heading_level};
    for (const auto& entry : seen.entries) line.items.push_back(item_of(entry, seen, child));
    return render(line);
}

Html withheld_words(std::size_t withheld)
{
    if (withheld == 0) return {};
    return web::paragraph(
        withheld == 1 ? "Withheld: 1. It stands in a record of which you see the rest."
                      : fmt::format("Withheld: {}. They stand in records of which you see the rest.", withheld));
}

void add_timeline_page(web::Router& router, const Service& service)
{
    service.site().page(router, "/children/{id}/timeline", [&service](const Visit& visit) {
        return or_asked_again(visit, timeline_page(service, visit));
    });
}

} // namespace reachable::app
