// The flags of adults and places of a force, and one of them. No child stands here: who was met there stands in the
// encounter, which opens to whoever may read that.
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/concerns.h"
#include "capabilities/flags/flag.h"
#include "capabilities/flags/pages.h"
#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <fmt/format.h>

namespace reachable::flags {
namespace {

std::string address_of_concern(CaseId id)
{
    return "/concerns/" + id.text();
}

std::string concern_due_words(std::span<const casework::ClockRow> clocks, UtcTime now)
{
    const auto due = casework::first_due(clocks);
    if (!due) return "No clock runs";
    return (*due < now ? "Overdue since " : "") + clocks::wall_date_time(*due);
}

std::vector<web::TableCell> row_of_concern(const Site& site, const Visit& visit, const casework::ListedCase& one)
{
    const auto seen =
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = concern_type().name, .id = one.head.id, .page = "queue"}, visit.now);
    const auto concern = seen ? seen->as<Concern>() : Concern{};
    const auto standing = standing_words({one.head, concern}, clocks::london_day(visit.now));
    return {{.text = link(address_of_concern(one.head.id),
                          concern.subject.empty() ? std::string("Held back") : concern.subject)},
            {.text = std::string(site.desk.lists.label_of("flags.catalogue", concern.code))},
            {.text = standing.empty() ? std::string("Stands") : standing},
            {.text = concern_due_words(one.clocks, visit.now)}};
}

Result<Page> concerns_page(const Site& site, const Visit& visit)
{
    using enum accounts::Role;
    const auto role = visit.session.role;
    if (!sees_concerns(role))
        return refuse(ProblemKind::withheld,
                      "This list is for those who meet children, look for them, or decide about these flags");
    const auto whose = role == LADM  ? casework::Whose::asked_agency
                       : role == EDT ? casework::Whose::desk
                                     : casework::Whose::agency;
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = concern_type().name, .whose = whose}, visit.now));
    Page page{.title = "People and places of concern", .back_link = web::BackLink{.href = "/queue"}};
    page.main << heading("People and places of concern to children")
              << paragraph(
                     "Each was proposed from a record of the police. Where one is met, look for children, and ask "
                     "why a child is there.");
    if (listed.cases.empty()) {
        page.main << paragraph("No such flag is open that you may see. That does not mean that there is no risk.");
        return page;
    }
    if (listed.cases.size() < listed.open_count)
        page.main << paragraph(fmt::format("{} are open. These {} are due first.",
                                           derived::count_words(listed.open_count), listed.cases.size()));
    web::Table table{.caption = "The clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Who or where"}, {.text = "Flag"}, {.text = "How it stands"}, {.text = "Due"}}};
    for (const auto& one : listed.cases) table.rows.push_back(row_of_concern(site, visit, one));
    page.main << web::stacked(table);
    return page;
}

constexpr std::string_view shown_of_a_concern[] = {"subject",         "plain_words",   "grade",
                                                   "decision_reason", "proposed_at",   "since",
                                                   "review_on",       "review_reason", "removal_reason"};

web::SummaryList facts_of_concern(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto name : shown_of_a_concern) {
        const auto& field = *concern_type().find_field(name);
        if (seen.shown.at(std::string(name)) < policy::Show::generalise || field.is_empty(seen.facts.get())) continue;
        list.rows.push_back(
            {.key = {.text = field.label}, .value = {.text = derived::words_of(site.desk, field, seen.facts.get())}});
    }
    return list;
}

Result<Page> concern_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = concern_type().name, .id = id, .page = "concern", .with_history = true}, visit.now));
    const auto& concern = seen.as<Concern>();
    Page page{.title = "A flag of an adult or a place",
              .back_link = web::BackLink{.text = "People and places of concern", .href = "/concerns"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << heading(
        fmt::format("{}, {}", site.desk.lists.label_of("flags.catalogue", concern.code), seen.head.state));
    page.main << derived::what_is_awaited(seen, visit.now) << render(facts_of_concern(site, seen));
    const auto* code = concern.proposed_at
                           ? find_in_catalogue(site.desk.lists, concern.code, clocks::london_day(*concern.proposed_at))
                           : nullptr;
    if (code != nullptr) page.main << paragraph(fmt::format("Whoever reads it is told: {}.", code->column("prompt")));
    page.main << paragraph("What shows it stands in the record of the police, which names the child and opens to those "
                           "who may read that.");
    using enum accounts::Role;
    if (!concern.encounter.is_none() && (visit.session.role == INSP || visit.session.role == MPC))
        page.main << render(web::Button{.text = "Open that record",
                                        .href = site.home_of("encounter", concern.encounter),
                                        .classes = "govuk-button--secondary"});
    page.main << derived::buttons_of(seen);
    page.main.lit("<p class=\"govuk-body\">")
        << link(derived::record_of(seen), "Everything recorded, and its versions");
    page.main.lit("</p>");
    return page;
}

/// What stands first on the forms: whom or which place the flag names.
Html head_of_concern(const Site& site, const Visit&, const Seen& seen)
{
    const auto& concern = seen.as<Concern>();
    Html html;
    html.lit("<p class=\"govuk-body-l\">")
        << fmt::format("{}: {}", site.desk.lists.label_of("flags.catalogue", concern.code), concern.subject);
    html.lit("</p>");
    return html << paragraph(concern.plain_words);
}

} // namespace

void add_concern_pages(web::Router& router, const Site& site)
{
    site.page(router, "/concerns", [&site](const Visit& visit) { return concerns_page(site, visit); });
    site.page(router, "/concerns/{id}", [&site](const Visit& visit) { return concern_page(site, visit); });
    site.heads[std::string(concern_type().name)] = [&site](const Visit& visit, const Seen& seen) {
        return head_of_concern(site, visit, seen);
    };
}

} // namespace reachable::flags
