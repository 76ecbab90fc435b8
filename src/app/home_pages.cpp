// The first page for anybody, and the first page after signing in: what is due, soonest first, and what one was told.
#include "app/as_of.h"
#include "app/capabilities.h"
#include "app/service.h"
#include "app/told.h"
#include "capabilities/custody/page_parts.h"
#include "capabilities/custody/release_pages.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/flags/flags.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/matching/matching.h"
#include "capabilities/measures/measures.h"
#include "capabilities/meetings/meetings.h"
#include "capabilities/missing/missing.h"
#include "capabilities/observations/observations.h"
#include "capabilities/offers/offers.h"
#include "capabilities/placements/placements.h"
#include "capabilities/profiles/profiles.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "ties/ties.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using accounts::Role;
using casework::Whose;
using derived::Visit;
using web::Html;
using web::Page;

bool works_for_an_authority(Role role)
{
    return role == Role::EDT || role == Role::LADM || role == Role::SW;
}

/// A duty manager looks and decides; the desk answers.
bool answers_requests(Role role)
{
    return role == Role::EDT || role == Role::SW;
}

/// A case counts as overdue by any of its clocks, and the desk's own may still run: ". With you: 4 overdue".
Html overdue_with_the_desk(const casework::Listed& listed, UtcTime now)
{
    const auto with_the_desk = std::ranges::count_if(listed.cases, [&](const casework::ListedCase& one) {
        const auto* clock = custody::clock_of_the_desk(one.clocks);
        return clock != nullptr && clock->due_at < now;
    });
    Html html;
    const auto overdue = static_cast<std::size_t>(with_the_desk);
    if (overdue == listed.overdue_count || listed.open_count > listed.cases.size()) return html;
    return html << web::Text(
               fmt::format(". With you: {} overdue; the others wait for the police", derived::count_words(overdue)));
}

Html queue_table(const derived::Site& site, const casework::Listed& listed, UtcTime now, Role role)
{
    const bool answers = answers_requests(role);
    if (listed.cases.empty()) return web::paragraph("Nothing waits for you.");
    web::Table table{.caption = "The clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Due"}, {.text = "Child"}, {.text = "Custody number"}, {.text = "Next"}},
                     .classes = "app-queue"};
    const auto numbers = custody::custody_numbers(site, listed);
    for (const auto& one : listed.cases) {
        const auto name = one.child ? one.child->shown_name() : std::string("Name held back");
        const auto next = answers ? custody::step_of_the_desk(one) : custody::next_step(one, role);
        Html step;
        step.lit("<a class=\"govuk-link\"").attribute("href", next.href).lit(">") << next.words;
        step.lit("<span class=\"govuk-visually-hidden\">: ") << name;
        step.lit("</span></a>");
        table.rows.push_back(
            {{.text = custody::clock_cell(
                  answers ? custody::clock_of_the_desk(one.clocks) : custody::first_running(one.clocks), now)},
             {.text = name},
             {.text = numbers.contains(one.head.id) ? numbers.at(one.head.id) : std::string("Not recorded")},
             {.text = step}});
    }
    return web::stacked(table);
}

/// The children on the list of a social worker or youth justice worker, each a look of its own, with what is open now.
Html own_list(const Service& service, const Visit& visit)
{
    if (visit.session.role != Role::SW && visit.session.role != Role::YJS) return {};
    std::vector<ChildId> children;
    service.desk().database.read([&](storage::Transaction& transaction) {
        children = ties::list_of(transaction, visit.session.worker, visit.now);
    });
    Html html = web::heading("Children on your list", 2);
    Html rows;
    for (const auto id : children) {
        const auto seen =
            casework::look_at_child(service.desk(), visit.session, visit.request.id, id, "list", visit.now);
        if (!seen) continue;
        rows.lit("<li>") << web::Text(
            casework::name_is_held_back(seen->child)
                ? std::string("A sealed record: open its case and say why")
                : fmt::format("{}, {}", seen->child.names.front().as_given,
                              records::age_words(seen->child.born, clocks::london_day(visit.now))));
        rows << web::Text(". ") << web::link(fmt::format("/children/{}", id.text()), "The child's page");
        for (const auto& head : seen->cases)
            if (head.type != flags::flag_type().name)
                rows << web::Text(". ")
                     << web::link(case_home(head.type, head.id), service.desk().find_type(head.type)->title);
        rows.lit("</li>");
    }
    if (rows.empty()) return html << web::paragraph("No child is on your list.");
    html.lit("<ul class=\"govuk-list govuk-list--spaced\">") << rows;
    return html.lit("</ul>");
}

/// What somebody of that role may also begin here.
Html also_here(const Service& service, const Visit& visit)
{
    const auto role = visit.session.role;
    Html html;
    const auto add = [&](std::string_view href, std::string_view words) {
        html.lit("<li>") << web::link(href, words);
        html.lit("</li>");
    };
    html << web::heading("Also here", 2);
    html.lit("<ul class=\"govuk-list govuk-list--spaced\">");
    if (casework::may_search(service.desk(), visit.session, visit.now)) add("/search", "Ask whether a child is known");
    if (sharing::may_begin("emergency-access", role)) add("/emergency-access", "Open a record in an emergency");
    if (matching::may_decide(role)) add("/same-person", "Records that may be one child");
    if (profiles::keeps_profiles(role)) add("/profiles", "Profiles in case a child is missing");
    if (missing::may_report(role)) add("/missing/report", "Report a child missing");
    if (missing::looks_for_children(role) || missing::is_told_of_the_missing(role)) add("/missing", "Missing children");
    if (measures::may_read_figures(service.desk(), visit.session, visit.now)) {
        add("/missing/national", "Missing now, all forces");
        add("/missing/measures", "Missing children: measures of a quarter");
    }
    if (interviews::holds_interviews(role)) add("/interviews", "Return home interviews");
    if (interviews::reads_what_is_shared(role)) add("/interviews", "What return home interviews share");
    if (placements::tells_of_placements(role) || placements::is_told_of_placements(role))
        add("/placements", "Placements out of the area");
    if (meetings::leads_meetings(role) || meetings::is_asked_to_meetings(role))
        add("/meetings", "Meetings about children");
    if (encounters::may_record(role)) add("/encounters/new", "Record that the police met a child");
    if (encounters::may_record(role) || encounters::is_told_of_them(role))
        add("/encounters", "Children whom the police met");
    if (offers::sees_offers(role)) add("/offers", "Children who are offered support");
    if (observations::may_observe(role)) add("/observations/new", "Write down what you saw or heard of a child");
    if (observations::may_observe(role)) add("/observations", "Your observations");
    if (observations::may_assess(role)) add("/observations", "What partners saw and heard");
    if (flags::may_decide(role)) add("/flags", "Flags to decide on and to review");
    if (flags::sees_concerns(role)) add("/concerns", "People and places of concern to children");
    if (flags::answers_disputes(role)) add("/flags", "Flags that are disputed");
    if (flags::may_propose(role)) add("/flags/mine", "Flags that you proposed");
    if (sharing::may_begin("allocation", role)) add("/allocations", "Children on workers' lists");
    if (role == Role::PSTD || role == Role::SUPV) add("/emergency-reviews", "Emergency access to review");
    if (sharing::may_begin("restriction", role)) add("/restrictions", "Restricted records");
    if (sharing::may_begin("immigration-request", role))
        add("/immigration-requests/new", "Record a request for immigration enforcement");
    if (role == Role::PSTD) add("/immigration-requests/to-tell", "Immigration requests: chief officer to be told");
    add("/words-about-children", "Words about children: what to write, and why");
    add("/admin/policies", "The policy in force, and a form to try it");
    html.lit("</ul>");
    return html;
}

/// An inspector answers for every suite of the force; one queue would show the own team's alone.
Page inspectors_queue(const Service& service, const Visit& visit, const Html& questions)
{
    Page page{.title = "Your queue"};
    page.main << web::heading("Your queue");
    page.main.lit("<p class=\"govuk-body\">")
        << web::link("/custody", "Children in custody in every suite of the force");
    page.main.lit(", with what is overdue.</p>")
        << questions << notices_for(service, visit) << also_here(service, visit);
    return page;
}

/// Of those who decide about records: a pair may wait for them although no child in custody does.
Html questions_that_wait(const Service& service, const Visit& visit)
{
    Html html;
    if (!matching::may_decide(visit.session.role)) return html;
    const auto count = matching::count_open_questions(service.site(), visit);
    if (count == 0) return html;
    html.lit("<p class=\"govuk-body\">") << web::link("/same-person", "Records that may be one child");
    html << web::Text(fmt::format(": {} open", derived::count_words(count)));
    return html.lit("</p>");
}

/// "Children whom the police met: 2 open, 1 overdue". Counted by the door of lists, so only what this person may know
/// of.
Result<Html> how_many_wait(const Service& service, const Visit& visit, const web::Html& list,
                           const casework::ListLook& look)
{
    const auto listed = TRY(casework::list(service.desk(), visit.session, visit.request.id, look, visit.now));
    Html html;
    html.lit("<p class=\"govuk-body\">") << list
                                         << web::Text(fmt::format(": {} open, {} overdue",
                                                                  derived::count_words(listed.open_count),
                                                                  derived::count_words(listed.overdue_count)));
    return html.lit("</p>");
}

/// What waits on the lists that stand beside custody's.
Result<Html> other_lists(const Service& service, const Visit& visit)
{
    const auto role = visit.session.role;
    Html html;
    if (encounters::may_record(role) || encounters::is_told_of_them(role))
        html << TRY(how_many_wait(
            service, visit, web::link("/encounters", "Children whom the police met"),
            {.type = encounters::encounter_type().name, .whose = encounters::whose_encounters(role), .most = 0}));
    if (offers::sees_offers(role))
        html << TRY(how_many_wait(service, visit, web::link("/offers", "Children who are offered support"),
                                  {.type = offers::offer_type().name, .whose = offers::whose_offers(role), .most = 0}));
    if (placements::is_told_of_placements(role))
        html << TRY(how_many_wait(
            service, visit, web::link("/placements", "Children placed in your area"),
            {.type = placements::placement_type().name, .whose = placements::whose_placements(role), .most = 0}));
    if (role == Role::LADM || role == Role::EDT)
        html << TRY(how_many_wait(service, visit,
                                  web::link("/placements", "Notices of your children who are placed elsewhere"),
                                  {.type = placements::placement_type().name, .whose = Whose::agency, .most = 0}));
    return html;
}

Result<Page> queue_page(const Service& service, const Visit& visit)
{
    const auto questions = questions_that_wait(service, visit);
    if (visit.session.role == Role::INSP) return inspectors_queue(service, visit, questions);
    const bool is_asked = works_for_an_authority(visit.session.role);
    const auto listed =
        TRY(casework::list(service.desk(), visit.session, visit.request.id,
                           {.type = "custody", .whose = is_asked ? Whose::desk : Whose::team}, visit.now));
    Page page{.title = "Your queue"};
    page.main << web::heading("Your queue");
    page.main.lit("<p class=\"govuk-body\"><strong>")
        << fmt::format("{} overdue", derived::count_words(listed.overdue_count));
    page.main.lit("</strong> of ") << fmt::format("{} open, at {}", derived::count_words(listed.open_count),
                                                  clocks::wall_time(visit.now));
    if (answers_requests(visit.session.role)) page.main << overdue_with_the_desk(listed, visit.now);
    page.main.lit("</p>") << questions << TRY(other_lists(service, visit));
    if (!listed.cases.empty() || questions.empty())
        page.main << queue_table(service.site(), listed, visit.now, visit.session.role);
    page.main << own_list(service, visit) << notices_for(service, visit) << also_here(service, visit);
    return page;
}

web::Response front_page(const Service& service, const web::Request& request)
{
    Page page{.title = "Reachable", .is_plain = true};
    page.main << web::heading("Reachable");
    page.main << web::paragraph("One safeguarding record for every child the police meet in England and Wales.");
    page.main.lit("<ul class=\"govuk-list\"><li>") << web::link("/sign-in", "Sign in");
    page.main.lit("</li><li>") << web::link("/guidance/answer-a-request",
                                            "Answer a request that came to your desk by mail");
    page.main.lit("</li><li>") << web::link("/who-can-see-what", "Who can see what");
    page.main.lit("</li></ul>");
    return service.site().show(std::move(page), {request, {}, service.time().now()});
}

/// The words of the purpose somebody works under: a code would tell only those who wrote the policy.
std::string purpose_words(const Service& service, std::string_view code)
{
    for (const auto& purpose : service.desk().policy.purposes())
        if (purpose.code == code) return fmt::format("Purpose: {}", purpose.title);
    return "Choose a purpose";
}

std::vector<web::ServiceNavigationItem> navigation_of(const Visit& visit, const Service& service)
{
    std::vector<web::ServiceNavigationItem> items;
    const auto add = [&](std::string words, std::string href) {
        items.push_back({.text = web::Content(words), .href = href, .active = visit.request.path == href});
    };
    const auto role = visit.session.role;
    if (role != Role::IGOV) add("Queue", "/queue");
    if (role == Role::CUST || role == Role::INSP || role == Role::DETO) add("Custody", "/custody");
    if (role == Role::IGOV) add("The log", "/audit");
    if (role == Role::IGOV || role == Role::PSTD) {
        add("Notices", "/notices");
        add("Emergency access", "/emergency-reviews");
        add("Restrictions", "/restrictions");
    }
    if (role == Role::LADM) add("Allocations", "/allocations");
    if (sharing::may_begin("emergency-access", role)) add("Emergency", "/emergency-access");
    add(purpose_words(service, visit.session.purpose), "/purpose");
    if (service.settings().is_demo) add("Move the clock", "/demo/clock");
    return items;
}

} // namespace

void dress_page(Page& page, const Visit& visit, const Service& service)
{
    const bool is_demo = service.settings().is_demo;
    service.wording().show_on(page, visit, service.desk());
    if (page.language != "en") return; // of a child or a parent: whole in their language, without a word of staff
    if (is_demo) page.marking = "DEMONSTRATION"; // no longer than the other: the brief is held to one sheet
    const bool is_signed_in = !visit.session.worker.is_none();
    if (!is_signed_in) {
        page.is_plain = true;
        return;
    }
    page.navigation = navigation_of(visit, service);
    page.form_token = visit.session.form_token;
    if (!is_demo) page.marking = "OFFICIAL-SENSITIVE";
    // A page that is made for paper says more.
    if (page.printed_by_line.empty()) page.printed_by_line = printed_line(visit, std::nullopt);
    service.desk().database.read([&](storage::Transaction& transaction) {
        const auto worker = accounts::find_worker(transaction, visit.session.worker);
        const auto team = accounts::find_team(transaction, visit.session.team);
        if (worker && team)
            page.signed_in_as =
                fmt::format("{}, {}, {}", worker->name, accounts::title_of(visit.session.role), team->name);
    });
}

void add_home_pages(web::Router& router, const Service& service)
{
    router.get("/", [&service](const web::Request& request) { return front_page(service, request); });
    const auto queue = std::make_shared<web::Router>();
    // Who accounts for looking has no queue: the log is their home.
    router.get("/queue", [&service, queue](const web::Request& request) {
        const auto session = service.site().session_of(request);
        if (session && session->role == Role::IGOV && !session->purpose.empty()) return web::see_other("/audit");
        return queue->handle(request);
    });
    service.site().watched_page(*queue, "/queue", [&service](const Visit& visit) -> Result<Page> {
        if (visit.session.role == Role::ADMIN) {
            Page page{.title = "Your queue"};
            page.main << web::heading("Your queue");
            page.main.lit("<ul class=\"govuk-list\"><li>") << web::link("/admin/imports", "What other systems sent");
            page.main.lit("</li><li>") << web::link("/admin/webhooks", "Systems that are told");
            page.main.lit("</li><li>") << web::link("/flags/local-codes", "Local codes of flags");
            page.main.lit("</li><li>") << web::link("/admin/texts", "Who is told by text message");
            page.main.lit("</li></ul>") << notices_for(service, visit);
            return page;
        }
        return queue_page(service, visit);
    });
}

} // namespace reachable::app
