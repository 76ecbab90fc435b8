#include "app/told.h"

#include "app/capabilities.h"
#include "base/text.h"
#include "capabilities/custody/page_parts.h"
#include "capabilities/flags/flags.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "notices/acknowledgement.h"
#include "notices/texts.h"
#include "policy/question.h"
#include "ties/ties.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <fmt/format.h>
#include <tuple>

namespace reachable::app {
namespace {

using accounts::Role;
using derived::Visit;
using web::Html;
using web::Page;

/// A notice, and where it leads if its reader may see its case now. A case may have gone to another desk, or been
/// closed, since.
struct Told {
    notices::StoredNotice notice;
    std::string address = {}; // empty: not open to the reader
    std::size_t times = 1;    // told so often in a row; `notice` is the newest
    UtcTime first_at = notice.at;

    /// What somebody acknowledged is not what was told after it: that may say something new.
    bool says_the_same(const notices::StoredNotice& other) const
    {
        const auto same = [&](auto of) { return of(notice) == of(other); };
        return !address.empty() && same([](const auto& one) {
            return std::tie(one.case_id, one.code, one.gap, one.team, one.passed_from, one.acknowledged_at,
                            one.passed_on_at);
        });
    }
};

/// The page of a case for somebody of that role.
std::string page_of_case(std::string_view type, CaseId id, Role role)
{
    const bool is_custody = type == custody::conversation_type().name;
    if (is_custody && (role == Role::EDT || role == Role::SW)) return custody::address(id, "/answer");
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
    return {.address = page_of_case(head.type, head.id, visit.session.role), .entry = std::move(entry)};
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
        transaction.recall(fmt::format("{}where id in ({})", casework::select_heads, storage::places(asked.size())),
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
    const auto shown = std::make_shared<std::vector<Bytes>>();
    const auto read = [&](storage::Transaction& transaction) {
        told.clear();
        entries->clear();
        shown->clear();
        const notices::Addressee reader{.agency = visit.session.agency, .team = visit.session.team};
        std::map<CaseId, Asked> cases;
        std::set<CaseId> noted;
        // False once the page is full. What folds into its last row does, however far apart the two were read, so that
        // nothing closed to the reader makes a difference.
        const auto add = [&](notices::StoredNotice& notice) {
            const bool is_of_no_case = notice.case_id.is_none(); // but of what somebody did
            const auto asked = is_of_no_case ? Asked{} : cases.at(notice.case_id);
            // What nobody acknowledged came to whoever was on duty, of whatever team.
            const bool is_to_reader = is_of_no_case || notice.team.is_none() || notice.team == visit.session.team ||
                                      !notice.passed_from.empty();
            if (asked.is_closed || (asked.address.empty() && !is_to_reader)) return true;
            const bool is_the_same = !told.empty() && told.back().says_the_same(notice);
            if (!is_the_same && told.size() == most_told) return false;
            if (asked.entry && noted.insert(notice.case_id).second) audit::gather(*entries, *asked.entry);
            shown->push_back(notice.id);
            if (is_the_same) {
                told.back().times += 1;
                told.back().first_at = notice.at;
            } else
                told.push_back({std::move(notice), asked.address});
            return true;
        };
        // Mostly the newest are all open to the reader; the more are not, the more are read at once.
        bool has_room = true;
        std::size_t at_once = most_told + 1;
        for (std::size_t after = 0, found = at_once; found == at_once && has_room; after += found) {
            if (after > 0) at_once = std::min(4 * at_once, most_at_once);
            auto some = notices::notices_to(transaction, reader, visit.session.role, at_once, after);
            found = some.size();
            ask_about_cases(transaction, service, visit, some, cases);
            for (auto& notice : some)
                if (has_room) has_room = add(notice);
        }
        // Read to leave out what is noted already. Nothing that is shown depends on it.
        *shown = notices::never_shown(transaction, *shown);
    };
    service.desk().database.observe_ahead(read, [entries, shown, worker = visit.session.worker, now = visit.now,
                                                 &log = service.desk().log](storage::Transaction& transaction) {
        for (const auto& entry : *entries) log.append(transaction, entry);
        notices::note_shown(transaction, *shown, worker, now);
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

constexpr std::size_t most_on_their_own_page = 100;

std::string name_of(const Service& service, WorkerId id)
{
    std::optional<accounts::Worker> worker;
    service.desk().database.read(
        [&](storage::Transaction& transaction) { worker = accounts::find_worker(transaction, id); });
    return worker ? worker->name : std::string("somebody");
}

/// By when somebody of that role must have acknowledged it; nothing: nobody has to.
std::optional<UtcTime> acknowledge_by(const casework::Desk& desk, const notices::StoredNotice& notice)
{
    if (!notice.passed_from.empty()) return notice.at; // passed on: it should have been acknowledged before
    const auto audience = notices::audience_of(desk.lists, notice.code, notice.role, clocks::london_day(notice.at));
    if (!audience || audience->acknowledge_within.count() == 0) return std::nullopt;
    return notice.at + audience->acknowledge_within;
}

std::string words_of(const Service& service, const Told& told)
{
    const auto& notice = told.notice;
    auto words = notice_words(service.desk(), notice.code);
    if (const auto first = accounts::role_from(notice.passed_from); !notice.passed_from.empty() && first)
        words += fmt::format(" You are told because no {} acknowledged it in time.", accounts::title_of(*first));
    if (!notice.gap.empty()) words += fmt::format(" You are told because nobody on the rota held: {}.", notice.gap);
    if (told.times > 1)
        words += fmt::format(" Told {} times since {}.", told.times, clocks::wall_date_time(told.first_at));
    return words;
}

/// Whether somebody acknowledged it, or the button with which somebody does.
Html acknowledgement(const Service& service, const Visit& visit, const Told& told)
{
    const auto& notice = told.notice;
    const auto by = acknowledge_by(service.desk(), notice);
    Html html;
    if (!by) return html;
    if (notice.acknowledged_at)
        return html << web::paragraph(fmt::format("Acknowledged by {} at {}.", name_of(service, notice.acknowledged_by),
                                                  clocks::wall_time_told_apart(*notice.acknowledged_at)));
    // What was told before anybody was asked to acknowledge it is marked as passed on when it was told.
    if (notice.passed_on_at && *notice.passed_on_at == notice.at) return html;
    if (notice.passed_on_at)
        html << web::paragraph(fmt::format("Nobody acknowledged it in time: it was passed on at {}.",
                                           clocks::wall_time_told_apart(*notice.passed_on_at)));
    else if (notice.passed_from.empty())
        html << web::paragraph(fmt::format("Acknowledge it by {}.", clocks::wall_time_told_apart(*by)));
    Html label;
    label << web::Text("Acknowledge");
    label.lit("<span class=\"govuk-visually-hidden\"> what was told at ") << clocks::wall_time_told_apart(notice.at);
    label.lit("</span>");
    html << derived::form_start(fmt::format("/notices/{}/acknowledge", to_hex(notice.id)), visit.session);
    html << web::button(label, web::ButtonLook::secondary);
    return html.lit("</form>");
}

web::TableCell what_was_told(const Service& service, const Visit& visit, const Told& told)
{
    auto asked = acknowledgement(service, visit, told);
    const auto words = words_of(service, told);
    if (asked.empty()) return {.text = words};
    return {.text = web::paragraph(words) << asked};
}

/// Acknowledges what the page shows to this visitor, and nothing else. What is closed to them does not exist.
Result<derived::Outcome> acknowledge(const Service& service, const Visit& visit)
{
    const auto& desk = service.desk();
    const auto id = from_hex(visit.request.path_values.at("id"));
    const notices::Addressee reader{.agency = visit.session.agency, .team = visit.session.team};
    bool is_done = false;
    if (id)
        desk.database.write([&](storage::Transaction& transaction) {
            is_done = false;
            const auto notice = notices::find_notice(transaction, reader, visit.session.role, *id);
            if (!notice || !acknowledge_by(desk, *notice)) return;
            std::map<CaseId, Asked> cases;
            ask_about_cases(transaction, service, visit, std::span(&*notice, 1), cases);
            const auto asked = notice->case_id.is_none() ? Asked{} : cases.at(notice->case_id);
            const bool is_to_reader = notice->case_id.is_none() || notice->team.is_none() ||
                                      notice->team == visit.session.team || !notice->passed_from.empty();
            if (asked.is_closed || (asked.address.empty() && !is_to_reader)) return;
            is_done = true;
            if (notice->acknowledged_at) return; // pressed twice, it was acknowledged once
            auto entry = asked.entry.value_or(
                casework::audit_entry(desk, visit.session, visit.request.id, {}, policy::Decision{}, visit.now));
            entry.operation = audit::Operation::notification; // an act would be a version of the case
            entry.action = "notice.acknowledge";
            entry.outcome = "done";
            notices::acknowledge(transaction, *notice, reader, visit.session.worker, visit.now);
            desk.log.append(transaction, std::move(entry));
        });
    if (is_done) return derived::Outcome{"/notices"};
    note_refusal(service, visit.session, visit.request.id, "notice.acknowledge");
    return refuse(ProblemKind::not_found, "There is no such page");
}

Result<Page> notices_page(const Service& service, const Visit& visit)
{
    Page page{.title = "Notices"};
    page.main << web::heading("Notices");
    if (flags::answers_disputes(visit.session.role)) {
        page.main.lit("<p class=\"govuk-body\">") << web::link("/flags", "Flags that are disputed");
        page.main.lit("</p>");
    }
    if (!service.text_gateway()) page.main << web::paragraph(notices::no_texts);
    page.main << notices_for(service, visit, most_on_their_own_page);
    return page;
}

} // namespace

std::string notice_words(const casework::Desk& desk, std::string_view code)
{
    const auto pieces = split(code, '.');
    std::string title;
    if (pieces.size() == 3 && pieces.front() == "clock") title = pieces[1];
    for (const auto* type : desk.types)
        for (const auto& clock : type->clocks)
            if (clock.code == title) title = clock.title;
    return notices::words_of(desk.lists, code, title);
}

Html notices_for(const Service& service, const Visit& visit, std::size_t most)
{
    const auto all = told_to(service, visit, most);
    Html html = web::heading("What your role was told", 2);
    if (all.empty()) return html << web::paragraph("Nothing yet.");
    web::Table table{.caption = "Newest first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "When"}, {.text = "What"}, {.text = "Reference"}}};
    for (const auto& told : all)
        table.rows.push_back({{.text = clocks::wall_date_time(told.notice.at)},
                              what_was_told(service, visit, told),
                              reference_of(told)});
    html << web::stacked(table);
    if (all.size() < most || most == most_on_their_own_page) return html;
    html.lit("<p class=\"govuk-body\">") << web::link("/notices", "More that your role was told");
    return html.lit("</p>");
}

void add_notice_pages(web::Router& router, const Service& service)
{
    service.site().page(router, "/notices", [&service](const Visit& visit) { return notices_page(service, visit); });
    service.site().post(router, "/notices/{id}/acknowledge",
                        [&service](const Visit& visit, const web::Fields&) { return acknowledge(service, visit); });
}

} // namespace reachable::app
