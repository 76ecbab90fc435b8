// The observations of a team, those that a force is sent, and the page of one.
#include "capabilities/observations/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "web/components/app_words.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <fmt/format.h>

namespace reachable::observations {
namespace {

/// What the police force is sent, and has not closed.
Result<Page> sent_to_the_force(const Site& site, const Visit& visit)
{
    const auto listed =
        TRY(casework::list(site.desk, visit.session, visit.request.id,
                           {.type = observation_type().name, .whose = casework::Whose::asked_agency}, visit.now));
    Page page{.title = "What partners saw and heard", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("What partners saw and heard")
              << web::paragraph("Say that you have it, assess it, and tell whoever wrote it down whether it helped.");
    if (listed.cases.empty()) {
        page.main << web::paragraph("No observation waits for your force.");
        return page;
    }
    page.main << derived::more_than_these(listed)
              << web::stacked(derived::queue_of_children(listed, visit.now, address_of_observation));
    return page;
}

/// The newest of the observer's own team, closed or not: each is a look of its own.
std::vector<Seen> own_observations(const Site& site, const Visit& visit)
{
    constexpr std::int64_t most = 30;
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids = storage::ids_at<CaseId>(
            transaction.query("select id from cases where type = $1 and agency = $2 and team = $3 "
                              "order by opened_at desc, id limit $4",
                              {std::string(observation_type().name), storage::to_value(visit.session.agency),
                               storage::to_value(visit.session.team), most}),
            0);
    });
    std::vector<Seen> own;
    for (const auto id : ids)
        if (auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                              {.type = observation_type().name, .id = id, .page = "mine"}, visit.now))
            own.push_back(std::move(*seen));
    return own;
}

Page own_page(const Site& site, const Visit& visit)
{
    Page page{.title = "Your observations", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Your observations")
              << web::paragraph("What your team saw and heard, the newest first, and what became of it.")
              << render(web::Button{.text = "Write down what you saw or heard", .href = "/observations/new"});
    const auto own = own_observations(site, visit);
    if (own.empty()) {
        page.main << web::paragraph("Your team has written down nothing yet.");
        return page;
    }
    web::Table table{
        .caption = "The newest first",
        .caption_classes = "govuk-visually-hidden",
        .head = {{.text = "Seen or heard"}, {.text = "Child"}, {.text = "State"}, {.text = "Did it help?"}}};
    for (const auto& seen : own) {
        const auto& observation = seen.as<Observation>();
        table.rows.push_back(
            {{.text = observation.observed_at ? clocks::wall_date_time(*observation.observed_at) : std::string("–")},
             {.text = web::link(address_of_observation(seen.head.id), derived::shown_name(seen.child))},
             {.text = seen.head.state},
             {.text = observation.helped.empty()
                          ? std::string("Not said yet")
                          : std::string(site.desk.lists.label_of("observations.helped", observation.helped))}});
    }
    page.main << web::stacked(table);
    return page;
}

Result<Page> observations_page(const Site& site, const Visit& visit)
{
    if (may_assess(visit.session.role)) return sent_to_the_force(site, visit);
    if (may_observe(visit.session.role)) return own_page(site, visit);
    return refuse(ProblemKind::withheld, "Observations are for partners who work with children, and for the police "
                                         "who assess them");
}

// ---- one observation ----

constexpr std::string_view shown_of_it[] = {"observed_at", "precision", "kind",    "place",     "seen",
                                            "how_known",   "others",    "vehicle", "originals", "witness"};
constexpr std::string_view shown_of_the_answer[] = {"acknowledged_at", "assessed_as", "assessed_because", "assessed_at",
                                                    "helped",          "feedback",    "told_at"};

/// The role and the organisation of the observer: whoever reads it must know who could see it.
std::string who_wrote_it(const Site& site, const Observation& observation)
{
    std::string words;
    if (const auto role = accounts::role_from(observation.observer_role)) words = accounts::title_of(*role);
    site.desk.database.read([&](storage::Transaction& transaction) {
        if (const auto agency = accounts::find_agency(transaction, observation.agency))
            words = fmt::format("{}{}{}", words, words.empty() ? "" : ", ", agency->name);
    });
    if (observation.recorded_at) words += ", " + clocks::wall_date_time(*observation.recorded_at);
    return words;
}

Html added_later(const Site& site, const Observation& observation)
{
    Html html;
    if (observation.additions.empty()) return html;
    html << web::heading("Added later", 2);
    for (const auto& one : observation.additions) {
        html << web::paragraph(fmt::format("{}, {}:", site.desk.lists.label_of("observations.additions", one.is_what),
                                           one.at ? clocks::wall_date_time(*one.at) : std::string("time not noted")))
             << web::paragraph(one.words.words);
        if (!one.quoted.words.empty())
            html << render(web::AppWords{.words = one.quoted.words, .written_by = "Word for word"});
    }
    return html;
}

Html what_is_awaited(const Seen& seen, UtcTime now)
{
    Html html;
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at)
            html << render(web::InsetText{.text = fmt::format("{}: {}{}", observation_type().clocks.front().title,
                                                              clock.due_at < now ? "overdue since " : "by ",
                                                              clocks::wall_date_time(clock.due_at))});
    return html;
}

Result<Page> observation_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = observation_type().name, .id = id, .page = "observation", .with_history = true}, visit.now));
    const auto& observation = seen.as<Observation>();
    Page page{.title = "An observation", .back_link = web::BackLink{.text = "Observations", .href = "/observations"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << web::heading("An observation, " + seen.head.state);
    page.main << derived::line_of_the_child(seen.child)
              << web::paragraph("Written down by: " + who_wrote_it(site, observation))
              << what_is_awaited(seen, visit.now) << derived::buttons_of(seen)
              << derived::rows_of(site.desk, seen, shown_of_it);
    if (!observation.quoted.words.empty())
        page.main << render(web::AppWords{.words = observation.quoted.words, .written_by = "Word for word"});
    page.main << added_later(site, observation) << web::heading("What became of it", 2);
    const auto answer = derived::rows_of(site.desk, seen, shown_of_the_answer);
    page.main << (answer.empty() ? web::paragraph("The police have not said yet that they have it.") : answer)
              << web::paragraph("All relevant material of partners may be disclosed in a case, also what does not "
                                "help it.");
    page.main << derived::link_to_record(seen);
    return page;
}

Html head_of_observation(const Visit&, const Seen& seen)
{
    return derived::line_of_the_child(seen.child);
}

} // namespace

std::string address_of_observation(CaseId id)
{
    return "/observations/" + id.text();
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/observations", [&site](const Visit& visit) { return observations_page(site, visit); });
    add_the_form(router, site);
    site.page(router, "/observations/{id}", [&site](const Visit& visit) { return observation_page(site, visit); });
    site.heads[std::string(observation_type().name)] = head_of_observation;
}

} // namespace reachable::observations
