// The offers of a team or an authority, and the page of one: what was offered to the child, by whom, and what they
// said.
#include "capabilities/offers/offer.h"
#include "capabilities/offers/offers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/app_words.h"
#include "web/components/inset_text.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::offers {
namespace {

using casework::Seen;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

const casework::ClockRow* first_running(std::span<const casework::ClockRow> clocks)
{
    const casework::ClockRow* first = nullptr;
    for (const auto& clock : clocks)
        if (!clock.stopped_at && (first == nullptr || clock.due_at < first->due_at)) first = &clock;
    return first;
}

/// What is awaited now: the words of the clock that runs out first.
std::string what_is_awaited(const casework::ClockRow* clock)
{
    if (clock == nullptr) return "Nothing that a clock waits for";
    for (const auto& declared : offer_type().clocks)
        if (declared.code == clock->code) return std::string(declared.title);
    return clock->code;
}

Result<Page> offers_page(const Site& site, const Visit& visit)
{
    const auto role = visit.session.role;
    if (!sees_offers(role))
        return refuse(ProblemKind::withheld, "Offers are for those who meet children and those who help them");
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = offer_type().name, .whose = whose_offers(role)}, visit.now));
    Page page{.title = "Support for children", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Children who are offered support")
              << web::paragraph("At a moment at which a child can be reached. A leaflet is no support: somebody who is "
                                "not of the police speaks with the child.");
    if (listed.cases.empty()) {
        page.main << web::paragraph("No offer is open that you may see.");
        return page;
    }
    auto table = derived::queue_of_children(listed, visit.now, [](CaseId id) { return "/offers/" + id.text(); });
    table.head.push_back({.text = "Awaited"});
    for (std::size_t i = 0; i < listed.cases.size(); ++i)
        table.rows[i].push_back({.text = what_is_awaited(first_running(listed.cases[i].clocks))});
    page.main << derived::more_than_these(listed) << web::stacked(table);
    return page;
}

Html bar_of(const Seen& seen, const web::SafetySummary& safety, UtcTime now)
{
    web::MojIdentityBar bar{.title = derived::shown_name(seen.child)};
    if (seen.child && !casework::name_is_held_back(*seen.child))
        bar.facts.emplace_back(seen.child->born
                                   ? "Aged " + records::age_words(seen.child->born, clocks::london_day(now))
                                   : std::string("Age not known"));
    bar.flags = web::flags_in_the_bar(safety);
    return render(bar);
}

Html made_so_far(const Site& site, const Offer& offer)
{
    Html html = web::heading("What was offered", 2);
    if (offer.made.empty()) return html << web::paragraph("Nobody has offered anything yet.");
    const auto& lists = site.desk.lists;
    for (const auto& made : offer.made) {
        const auto when = made.made_at ? clocks::wall_date_time(*made.made_at) : std::string("Time not recorded");
        web::SummaryList list{.card = web::SummaryCard{.title = web::SummaryCardTitle{.text = when}}};
        const auto add = [&](std::string_view key, const std::string& value) {
            if (!value.empty()) list.rows.push_back({.key = {.text = key}, .value = {.text = value}});
        };
        add("Who offered it", fmt::format("{}: {}", lists.label_of("offers.by", made.by), made.who));
        add("How", std::string(lists.label_of("offers.ways", made.way)));
        add("What was offered", made.what.words);
        add("Why the police", made.police_because.words);
        add("What the child says",
            counts_as_an_offer(made)
                ? std::string(lists.label_of("offers.answers", made.answer))
                : std::string("A leaflet does not count as an offer: somebody still has to speak with the child"));
        html << render(list);
        if (made.child_words.words.empty()) continue;
        auto source = "The child, when it was offered; in " + made.words_language;
        if (!made.words_interpreter.empty()) source += "; interpreter: " + made.words_interpreter;
        html << render(web::AppWords{.words = made.child_words.words, .written_by = source});
    }
    return html;
}

/// What the page shows beside the offers made.
constexpr std::string_view shown_of_an_offer[] = {"because", "staff_name", "first_contact_at", "first_contact_with",
                                                  "support", "end_reason", "end_words"};

Html what_came_of_it(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto name : shown_of_an_offer) {
        const auto* field = offer_type().find_field(name);
        if (field->is_empty(seen.facts.get())) continue;
        list.rows.push_back(
            {.key = {.text = field->label}, .value = {.text = derived::words_of(site.desk, *field, seen.facts.get())}});
    }
    return render(list);
}

Result<Page> offer_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = offer_type().name, .id = id, .page = "offer", .with_history = true}, visit.now));
    const auto& offer = seen.as<Offer>();
    Page page{.title = "An offer of support",
              .back_link = web::BackLink{.text = "Support for children", .href = "/offers"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    const auto safety = site.safety_summary_of(visit, seen);
    page.main << web::heading("Support for a child, " + seen.head.state) << bar_of(seen, safety, visit.now);
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at)
            page.main << render(web::InsetText{.text = fmt::format("{}: {}{}", what_is_awaited(&clock),
                                                                   clock.due_at < visit.now ? "overdue since " : "by ",
                                                                   clocks::wall_date_time(clock.due_at))});
    page.main << what_came_of_it(site, seen) << made_so_far(site, offer) << derived::buttons_of(seen)
              << web::safety_summary_panel(safety);
    page.main << derived::link_to_record(seen);
    return page;
}

Html head_of_offer(const Visit&, const Seen& seen)
{
    return derived::line_of_the_child(seen.child);
}

} // namespace

casework::Whose whose_offers(accounts::Role role)
{
    using enum accounts::Role;
    return role == MPC    ? casework::Whose::agency
           : role == LADM ? casework::Whose::asked_agency
           : role == RESP ? casework::Whose::team
                          : casework::Whose::desk;
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/offers", [&site](const Visit& visit) { return offers_page(site, visit); });
    site.page(router, "/offers/{id}", [&site](const Visit& visit) { return offer_page(site, visit); });
    site.heads[std::string(offer_type().name)] = head_of_offer;
}

} // namespace reachable::offers
