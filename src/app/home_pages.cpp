// The first page for anybody, and the first page after signing in: what is due, soonest first, and what one was told.
#include "app/capabilities.h"
#include "app/service.h"
#include "capabilities/custody/page_parts.h"
#include "capabilities/custody/release_pages.h"
#include "capabilities/flags/flags.h"
#include "capabilities/matching/matching.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "notices/notices.h"
#include "policy/question.h"
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

/// What a notice says. No name, no place, no offence: a reference leads to the record.
std::string notice_words(const casework::Desk& desk, const notices::StoredNotice& notice)
{
    const std::map<std::string, std::string, std::less<>> sentences = {
        {"custody.request", "Custody asks your desk about a child."},
        {"custody.opened", "Children's services opened the request."},
        {"custody.answers_ready", "All mandatory questions are answered. Read the brief."},
        {"custody.answers_changed", "New answers came in. Read them."},
        {"custody.answers_by_phone", "Answers were taken by phone. Confirm what was read back."},
        {"custody.rerouted", "A request went to another authority."},
        {"custody.chased", "Custody asks again: a request waits for your desk."},
        {"custody.brief_changed", "The brief changed. Read the new line."},
        {"custody.link_ended",
         "Five wrong codes ended the link to children's services. Ring the desk, or press Chase on "
         "the request: that sends a new link."},
        {"custody.handover", "A child is handed over. Read and accept each critical line."},
        {"custody.handover_ready", "A detention officer has accepted every line of a handover. Take the child over."},
        {"custody.taken_over", "A child of the shift before was taken over."},
        {"custody.left", "A child that your desk was asked about has left custody."},
        {"custody.release_exception", "The inspector lets a child leave before the release plan is whole."},
        {"custody.pass_back_due", "A child has left. Pass back to children's services what came of it."},
        {"custody.passed_back", "A child has left custody. Read what is passed back, and say what you do next."},
        {"custody.passed_back_now",
         "A child has left custody and is at risk now. Read what is passed back, and act within the hour."},
        {"custody.next_step", "Children's services read what was passed back, and say what they do next."},
        {"custody.time_proposed", "A time that a clock counts from is said to be wrong. Another person must decide."},
        {"custody.time_corrected", "A time that a clock counts from was corrected by two people."},
        {"custody.time_kept", "A time that was said to be wrong stands as it was."},
        {"custody.bed", "A child was charged and refused bail. Say at once where the child can sleep tonight."},
        {"custody.bail_refused", "A child was charged and refused bail. The authority is asked for a bed."},
        {"custody.bed_found", "The authority has a bed for a child who was refused bail. Read where, and from when."},
        {"custody.no_bed", "The authority has no bed yet for a child who was refused bail."},
        {"custody.bed_by_phone", "What your desk said by phone about a bed was written down. Read it."},
        {"custody.certificate", "A child is kept after charge under a certificate. Review it."},
        {"custody.certificate_given", "Custody certified why a child stays there after charge. Read why."},
        {"custody.certificate_reviewed", "The inspector reviewed a certificate. Read what they find."},
        {"custody.kept_without_record",
         "A child was charged and kept, and neither a bed nor a certificate is on record (PACE 1984, section 38(6))."},
        {"custody.left_unasked", "A child left custody and children's services were never asked. Ask them now."},
    };
    if (const auto found = sentences.find(notice.code); found != sentences.end()) return found->second;
    if (const auto words = sharing::notice_words(notice.code); !words.empty()) return std::string(words);
    if (const auto words = matching::notice_words(notice.code); !words.empty()) return std::string(words);
    if (const auto words = flags::notice_words(notice.code); !words.empty()) return std::string(words);
    const auto pieces = split(notice.code, '.');
    if (pieces.size() != 3) return "Something happened.";
    std::string title(pieces[1]);
    for (const auto* type : desk.types)
        for (const auto& clock : type->clocks)
            if (clock.code == pieces[1]) title = clock.title;
    if (pieces[2] == "warning") return title + ": the time is running out.";
    if (pieces[2] == "breach") return title + ": the time is up.";
    return title + ": still late.";
}

/// A notice, and where it leads if its reader may see its case now. A case may have gone to another desk, or been
/// closed, since.
struct Told {
    notices::StoredNotice notice;
    std::string address = {}; // empty: not open to the reader
    std::size_t times = 1;    // told so often in a row; `notice` is the newest
    UtcTime first_at = notice.at;

    bool says_the_same(const notices::StoredNotice& other) const
    {
        return !address.empty() && notice.case_id == other.case_id && notice.code == other.code &&
               notice.gap == other.gap && notice.team == other.team;
    }
};

/// The page of a case for somebody of that role.
std::string address_of(std::string_view type, CaseId id, Role role)
{
    const bool is_custody = type == custody::conversation_type().name;
    if (is_custody && answers_requests(role)) return custody::address(id, "/answer");
    return case_home(type, id);
}

/// What the policy says of the case of a notice.
struct Asked {
    std::string address;               // empty: not open to the reader
    bool is_closed = false;            // closed to them whatever connects them, so that nothing tells of it
    std::optional<audit::Entry> entry; // made when its reference is shown
};

Asked ask_about_case(storage::Transaction& transaction, const Service& service, const Visit& visit,
                     const casework::CaseHead& head, const ties::Known& known)
{
    const auto& desk = service.desk();
    const auto* type = desk.find_type(head.type);
    if (type == nullptr) return {};
    auto asked = casework::policy_request(desk, transaction, *type, head, visit.session, "read", visit.now, known);
    asked.fields = {type->held};
    const auto decision = desk.policy.decide(asked);
    if (!policy::tells_that_it_is_there(asked, decision))
        return {.is_closed = asked.is_sealed || asked.relationships.contains(policy::Relationship::linked)};
    auto entry = casework::audit_entry(desk, visit.session, visit.request.id, head, decision, visit.now);
    entry.operation = audit::Operation::look;
    entry.action = fmt::format("look:{}.notice", type->name);
    entry.outcome = "done";
    const auto [categories, view] = policy::category_bits(asked.fields, decision);
    entry.categories = categories;
    entry.view = view;
    entry.question = policy::question_of(asked);
    return {.address = address_of(head.type, head.id, visit.session.role), .entry = std::move(entry)};
}

/// The same about every case of these notices that was not asked about yet, with what is read of them read at once.
void ask_about_cases(storage::Transaction& transaction, const Service& service, const Visit& visit,
                     std::span<const notices::StoredNotice> about, std::map<CaseId, Asked>& cases)
{
    std::set<CaseId> ids;
    for (const auto& notice : about)
        if (!notice.case_id.is_none() && !cases.contains(notice.case_id)) ids.insert(notice.case_id);
    if (ids.empty()) return;
    const std::vector<CaseId> asked(ids.begin(), ids.end());
    const auto rows =
        transaction.query(fmt::format("{}where id in ({})", casework::select_heads, storage::places(asked.size())),
                          storage::to_values(std::span<const CaseId>(asked)));
    const auto known = ties::ties_for(transaction, storage::ids_at<ChildId>(rows, casework::child_column),
                                      visit.session.worker, service.desk().tie_memory);
    for (const auto& row : rows) {
        const auto head = casework::read_head(row);
        cases.emplace(head.id, ask_about_case(transaction, service, visit, head, known));
    }
}

/// What the reader's suite or desk was told, and their whole organisation. What was told to another team of it is shown
/// only while the reader may see its case. What is closed to the reader since is not there (R-P-07, R-P-08), and takes
/// no place among what is shown.
std::vector<Told> told_to(const Service& service, const Visit& visit, std::size_t most_told)
{
    constexpr std::size_t most_at_once = 1000;
    std::vector<Told> told;
    const auto entries = std::make_shared<std::vector<audit::Entry>>();
    const auto read = [&](storage::Transaction& transaction) {
        told.clear();
        entries->clear();
        const notices::Addressee reader{.agency = visit.session.agency, .team = visit.session.team};
        std::map<CaseId, Asked> cases;
        std::set<CaseId> noted;
        const auto add = [&](notices::StoredNotice& notice) {
            if (notice.case_id.is_none()) { // of no case: of what somebody did
                told.push_back({std::move(notice)});
                return;
            }
            const auto& [address, is_closed, entry] = cases.at(notice.case_id);
            const bool is_to_reader = notice.team.is_none() || notice.team == visit.session.team;
            if (is_closed || (address.empty() && !is_to_reader)) return;
            if (entry && noted.insert(notice.case_id).second) audit::gather(*entries, *entry);
            if (!told.empty() && told.back().says_the_same(notice)) {
                told.back().times += 1;
                told.back().first_at = notice.at;
                return;
            }
            told.push_back({std::move(notice), address});
        };
        // Mostly the newest are all open to the reader; the more are not, the more are read at once.
        std::size_t asked = most_told;
        for (std::size_t after = 0, found = asked; found == asked && told.size() < most_told; after += found) {
            if (after > 0) asked = std::min(4 * asked, most_at_once);
            auto some = notices::notices_to(transaction, reader, visit.session.role, asked, after);
            found = some.size();
            ask_about_cases(transaction, service, visit, some, cases);
            for (auto& notice : some) {
                if (told.size() == most_told && !told.back().says_the_same(notice)) break;
                add(notice);
            }
        }
    };
    service.desk().database.observe_ahead(read,
                                          [entries, &log = service.desk().log](storage::Transaction& transaction) {
                                              for (const auto& entry : *entries) log.append(transaction, entry);
                                          });
    return told;
}

web::TableCell reference_of(const Told& told)
{
    if (told.notice.case_id.is_none()) return {.text = std::string("None")};
    const auto reference = told.notice.case_id.text().substr(0, 8);
    if (told.address.empty()) return {.text = "Not open to you"};
    return {.text = web::link(told.address, reference)};
}

constexpr std::size_t most_beside_a_queue = 10;
constexpr std::size_t most_on_their_own_page = 100;

Html notices(const Service& service, const Visit& visit, std::size_t most = most_beside_a_queue)
{
    const auto all = told_to(service, visit, most);
    Html html = web::heading("What your role was told", 2);
    if (all.empty()) return html << web::paragraph("Nothing yet.");
    web::Table table{.caption = "Newest first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "When"}, {.text = "What"}, {.text = "Reference"}}};
    for (const auto& told : all) {
        const auto& notice = told.notice;
        auto words = notice_words(service.desk(), notice);
        if (!notice.gap.empty()) words += fmt::format(" You are told because nobody on the rota held: {}.", notice.gap);
        if (told.times > 1)
            words += fmt::format(" Told {} times since {}.", told.times, clocks::wall_date_time(told.first_at));
        table.rows.push_back({{.text = clocks::wall_date_time(notice.at)}, {.text = words}, reference_of(told)});
    }
    html << web::stacked(table);
    if (all.size() < most || most == most_on_their_own_page) return html;
    html.lit("<p class=\"govuk-body\">") << web::link("/notices", "More that your role was told");
    return html.lit("</p>");
}

Html queue_table(const derived::Site& site, const casework::Listed& listed, UtcTime now, bool answers)
{
    if (listed.cases.empty()) return web::paragraph("Nothing waits for you.");
    web::Table table{.caption = "The clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Due"}, {.text = "Child"}, {.text = "Custody number"}, {.text = "Next"}},
                     .classes = "app-queue"};
    const auto numbers = custody::custody_numbers(site, listed);
    for (const auto& one : listed.cases) {
        const auto name = one.child ? one.child->shown_name() : std::string("Name held back");
        const auto next = answers ? custody::step_of_the_desk(one) : custody::next_step(one);
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
    if (flags::may_decide(role)) add("/flags", "Flags to decide on and to review");
    if (flags::answers_disputes(role)) add("/flags", "Flags that are disputed");
    if (flags::may_propose(role)) add("/flags/mine", "Flags that you proposed");
    if (sharing::may_begin("allocation", role)) add("/allocations", "Children on workers' lists");
    if (role == Role::PSTD || role == Role::SUPV) add("/emergency-reviews", "Emergency access to review");
    if (sharing::may_begin("restriction", role)) add("/restrictions", "Restricted records");
    if (sharing::may_begin("immigration-request", role))
        add("/immigration-requests/new", "Record a request for immigration enforcement");
    if (role == Role::PSTD) add("/immigration-requests/to-tell", "Immigration requests: chief officer to be told");
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
    page.main.lit(", with what is overdue.</p>") << questions << notices(service, visit) << also_here(service, visit);
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
    page.main.lit("</p>") << questions;
    if (!listed.cases.empty() || questions.empty())
        page.main << queue_table(service.site(), listed, visit.now, answers_requests(visit.session.role));
    page.main << custody::left_and_owed(service.site(), visit, visit.session.team, is_asked);
    page.main << own_list(service, visit) << notices(service, visit) << also_here(service, visit);
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
    if (is_demo) page.marking = "DEMONSTRATION"; // no longer than the other: the brief is held to one sheet
    const bool is_signed_in = !visit.session.worker.is_none();
    if (!is_signed_in) {
        page.is_plain = true;
        return;
    }
    page.navigation = navigation_of(visit, service);
    page.form_token = visit.session.form_token;
    if (!is_demo) page.marking = "OFFICIAL-SENSITIVE";
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
    service.site().page(router, "/notices", [&service](const Visit& visit) -> Result<Page> {
        Page page{.title = "Notices"};
        page.main << web::heading("Notices");
        if (flags::answers_disputes(visit.session.role)) {
            page.main.lit("<p class=\"govuk-body\">") << web::link("/flags", "Flags that are disputed");
            page.main.lit("</p>");
        }
        page.main << notices(service, visit, most_on_their_own_page);
        return page;
    });
    service.site().watched_page(*queue, "/queue", [&service](const Visit& visit) -> Result<Page> {
        if (visit.session.role == Role::ADMIN) {
            Page page{.title = "Your queue"};
            page.main << web::heading("Your queue");
            page.main.lit("<p class=\"govuk-body\">") << web::link("/admin/imports", "What other systems sent");
            page.main.lit("</p>") << notices(service, visit);
            return page;
        }
        return queue_page(service, visit);
    });
}

} // namespace reachable::app
