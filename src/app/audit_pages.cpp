// Who looked at what, and why: in sentences, for those who account for it.
#include "app/service.h"
#include "app/signed_versions.h"
#include "audit/sentences.h"
#include "capabilities/custody/page_parts.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/pagination.h"

#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <mutex>
#include <sstream>

namespace reachable::app {
namespace {

using derived::Visit;
using storage::Transaction;
using web::Page;

constexpr std::size_t entries_on_a_page = 100;

/// Decides and records a look at the log itself.
Result<policy::Decision> may_read(const Service& service, const Visit& visit, std::string_view action, ChildId child,
                                  Transaction& transaction)
{
    policy::Request asked{.worker = visit.session.worker,
                          .agency = visit.session.agency,
                          .agency_kind = visit.session.agency_kind,
                          .role = visit.session.role,
                          .purpose = visit.session.purpose,
                          .action = std::string(action)};
    auto decision = service.desk().policy.decide(asked);
    casework::CaseHead head;
    head.heading.child = child;
    auto entry = casework::audit_entry(service.desk(), visit.session, visit.request.id, head, decision, visit.now);
    entry.operation = decision.is_allowed ? audit::Operation::look : audit::Operation::refusal;
    entry.action = action;
    entry.outcome = decision.is_allowed ? "done" : "not_found";
    service.desk().log.append(transaction, std::move(entry));
    if (!decision.is_allowed) return refuse(ProblemKind::not_found, "There is no such page");
    return decision;
}

/// What an act is called in a sentence; empty for what the sentence can say by itself.
std::string past_tense(std::string_view action)
{
    static const std::map<std::string, std::string, std::less<>> words = {
        {"custody.book_in", "booked the child in at custody"},
        {"custody.send_request", "sent the request to children's services"},
        {"custody.open_request", "opened the request"},
        {"custody.answer", "answered custody's questions"},
        {"custody.finish_later", "saved answers, to finish later"},
        {"custody.not_our_child", "passed the request to another authority"},
        {"custody.chase", "chased the request"},
        {"custody.answer_by_phone", "recorded answers given by phone"},
        {"custody.confirm_read_back", "confirmed answers given by phone"},
        {"custody.acknowledge", "recorded having read the brief"},
        {"custody.ask_child_again", "asked the child again, with a reason"},
        {"custody.add_fact", "added a new fact"},
        {"custody.note_adult", "recorded the appropriate adult"},
        {"custody.record_departure", "recorded that the child left custody"},
        {"custody.correct", "corrected the record, with a reason"},
        {"audit.read", "read the log of what was done and seen"},
        {"audit.read_child", "looked at who had seen this record"},
        {"audit.verify", "checked the log"},
        {"search", "searched for a child"},
        {"accounts.load_reference", "entered the forces and authorities in force"},
        {"accounts.add_agency", "entered an agency"},
        {"accounts.add_team", "entered a team"},
        {"accounts.add_worker", "opened an account"},
        {"accounts.enrol_again", "made a new enrolment link for an account"},
        {"accounts.enable_worker", "opened an unused account again"},
        {"accounts.end_worker", "ended an account"},
        {"accounts.add_post", "gave somebody a post"},
        {"accounts.end_post", "took a post away"},
        {"accounts.add_duty", "entered a stretch of duty"},
        {"accounts.add_token", "made a token for a system"},
        {"accounts.end_tokens", "ended the tokens of a system"},
        {"accounts.enrol", "set up their own password and authenticator"},
    };
    const auto found = words.find(action);
    return found == words.end() ? std::string{} : found->second;
}

audit::Names names_for(Transaction& transaction, const Service& service, const audit::Entry& entry)
{
    audit::Names names;
    if (const auto agency = accounts::find_agency(transaction, entry.agency)) names.agency = agency->name;
    if (const auto role = accounts::role_from(entry.role)) names.role = accounts::title_of(*role);
    for (const auto& purpose : service.desk().policy.purposes())
        if (purpose.code == entry.purpose) names.purpose = purpose.title;
    if (entry.operation == audit::Operation::act || entry.operation == audit::Operation::look ||
        entry.operation == audit::Operation::administration)
        names.action = past_tense(entry.action);
    names.when = clocks::wall_date_time(entry.at);
    return names;
}

web::Html as_list(const std::vector<std::string>& sentences)
{
    web::Html html;
    html.lit("<ul class=\"govuk-list govuk-list--spaced\">");
    for (const auto& sentence : sentences) {
        html.lit("<li>") << sentence;
        html.lit("</li>");
    }
    html.lit("</ul>");
    return html;
}

web::Html views()
{
    web::Html html;
    html.lit("<p class=\"govuk-body\">") << custody::link("/audit", "Everything") << web::Text(" ")
                                         << custody::link("/audit?show=refusals", "Only refusals") << web::Text(" ")
                                         << custody::link("/audit/verify", "Check the log");
    html.lit("</p>");
    return html;
}

std::uint64_t before_in(const Visit& visit)
{
    const auto text = visit.request.query.get("before");
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number > static_cast<std::uint64_t>(INT64_MAX) ? 0 : number;
}

/// Decides, and records that the log is read, before any of it is.
Result<> note_reading(const Service& service, const Visit& visit, std::string_view action, ChildId child = {})
{
    Result<> allowed;
    service.desk().database.write([&](Transaction& transaction) {
        const auto decision = may_read(service, visit, action, child, transaction);
        allowed = decision ? Result<>() : Result<>(tl::unexpected<Problems>(decision.error()));
    });
    return allowed;
}

/// One page of the log in sentences, and where the next one begins: 0 when there is none.
struct Told {
    std::vector<std::string> sentences;
    std::uint64_t next = 0;
};

/// Whose entries a reader accounts for: those of the own agency, and those about a child or case that it takes part in.
/// Without an agency and without a child or case, an entry tells of the service itself, and is everybody's. The
/// operator accounts for all.
class Reach {
  public:
    Reach(Transaction& transaction, const Visit& visit) : transaction_(transaction), session_(visit.session) {}

    bool covers(const audit::Entry& entry)
    {
        if (session_.agency_kind == accounts::AgencyKind::operator_) return true;
        if (entry.agency == session_.agency || entry.on_behalf_of == session_.agency) return true;
        if (!entry.case_id.is_none()) return takes_part(case_, "id", entry.case_id);
        if (!entry.child.is_none()) return takes_part(child_, "child", entry.child);
        return entry.agency.is_none();
    }

  private:
    template <class IdOf>
    bool takes_part(std::map<IdOf, bool>& known, std::string_view column, IdOf id)
    {
        const auto [found, is_new] = known.try_emplace(id, false);
        if (is_new)
            found->second =
                !transaction_
                     .query(fmt::format("select 1 from cases where {} = $1 and (agency = $2 or partner = $2) "
                                        "limit 1",
                                        column),
                            {storage::to_value(id), storage::to_value(session_.agency)})
                     .empty();
        return found->second;
    }

    Transaction& transaction_;
    const accounts::Session& session_;
    std::map<CaseId, bool> case_;
    std::map<ChildId, bool> child_;
};

constexpr std::string_view reach_in_words =
    "You see what your own agency did and saw, and what anybody did and saw about a child in whose case your agency "
    "takes part.";

void tell(Told& told, Transaction& transaction, const Service& service, const Visit& visit,
          std::span<const audit::Entry> entries)
{
    told = {};
    Reach reach(transaction, visit);
    for (const auto& entry : entries)
        if (reach.covers(entry))
            told.sentences.push_back(audit::sentence(entry, names_for(transaction, service, entry)));
    if (entries.size() == entries_on_a_page) told.next = entries.back().sequence;
}

web::Html older(std::string_view address, std::uint64_t next, std::string_view words = "Older entries")
{
    if (next == 0) return {};
    return render(web::Pagination{.next = {.href = fmt::format("{}before={}", address, next), .text = words}});
}

Result<Page> log_page(const Service& service, const Visit& visit)
{
    TRY(note_reading(service, visit, "audit.read"));
    Told told;
    const auto before = before_in(visit);
    service.desk().database.read([&](Transaction& transaction) {
        tell(told, transaction, service, visit, audit::newest_entries(transaction, entries_on_a_page, before));
    });
    Page page{.title = "What was done and seen"};
    page.main << custody::heading("What was done and seen") << views() << custody::paragraph(reach_in_words)
              << as_list(told.sentences);
    page.main << older("/audit?", told.next);
    return page;
}

Result<Page> refusals_page(const Service& service, const Visit& visit)
{
    TRY(note_reading(service, visit, "audit.read"));
    Told told;
    audit::Refusals found;
    const auto before = before_in(visit);
    service.desk().database.read([&](Transaction& transaction) {
        found = audit::newest_refusals(transaction, entries_on_a_page, before);
        tell(told, transaction, service, visit, found.entries);
    });
    Page page{.title = "What was refused"};
    page.main << custody::heading("What was refused") << views() << custody::paragraph(reach_in_words)
              << as_list(told.sentences);
    if (told.sentences.empty()) page.main << custody::paragraph("Nothing was refused in the entries looked at.");
    if (!found.is_end) page.main << older("/audit?show=refusals&", found.looked_down_to, "Look further back");
    return page;
}

/// The same for every child and for none, so that it tells nothing about any of them.
Page whom_to_ask_page()
{
    Page page{.title = "Who may see this list"};
    page.main << custody::heading("Who may see this list");
    page.main << custody::paragraph(
        "Every look at a child's record is written down. The information governance officer "
        "of an agency reads the list, for the purpose of information governance.");
    page.main << custody::paragraph("Ask yours if you, a child or a parent want to know who has seen a record.");
    return page;
}

Result<Page> access_page(const Service& service, const Visit& visit)
{
    const auto child = ChildId::parse(visit.request.path_values.at("id"));
    if (!child) return refuse(ProblemKind::not_found, "There is no such page");
    if (const auto allowed = note_reading(service, visit, "audit.read_child", *child); !allowed)
        return whom_to_ask_page();
    Told told;
    const auto before = before_in(visit);
    service.desk().database.read([&](Transaction& transaction) {
        tell(told, transaction, service, visit,
             audit::entries_of_child(transaction, *child, entries_on_a_page, before));
    });
    Page page{.title = "Who has seen this child's record"};
    page.main << custody::heading("Who has seen this child's record");
    page.main << custody::paragraph(
        fmt::format("{} times, newest first. Each stands in a log that nobody can change without it being noticed.",
                    told.sentences.size()));
    page.main << custody::paragraph(reach_in_words);
    page.main << as_list(told.sentences) << older(visit.request.path + "?", told.next);
    return page;
}

std::string read_file(const std::string& name)
{
    std::ifstream in(name);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The newest check of the whole log since the service started. A check reads every entry, so one runs at a time.
struct Checks {
    struct Done {
        UtcTime at{};
        audit::Verification found;
    };
    std::mutex running;
    std::mutex guard; // of `newest`
    std::optional<Done> newest;
};

Result<derived::Outcome> check_log(const Service& service, Checks& checks, const Visit& visit)
{
    TRY(note_reading(service, visit, "audit.verify"));
    const std::unique_lock only(checks.running, std::try_to_lock);
    if (!only) return refuse(ProblemKind::too_many, "A check is running already. Look at its result in a minute");
    auto found =
        verify_with_cases(service.desk().database, service.key().open, read_file(service.settings().checkpoint_file));
    const std::lock_guard lock(checks.guard);
    checks.newest = Checks::Done{visit.now, std::move(found)};
    return derived::Outcome(std::string("/audit/verify"));
}

web::Html result_of(const Checks::Done& done)
{
    const auto& found = done.found;
    const auto words =
        found.is_whole
            ? fmt::format("The log is whole: {} entries, {} checkpoints, nothing changed, dropped or put in another "
                          "order, and each version of a case is what was signed for. Checked on {}.",
                          found.entry_count, found.checkpoint_count, clocks::wall_date_time(done.at))
            : fmt::format("The log is NOT whole. Tell the data protection officer now. Checked on {}: {} entries, {} "
                          "checkpoints.",
                          clocks::wall_date_time(done.at), found.entry_count, found.checkpoint_count);
    web::Html html = render(web::InsetText{.text = web::Content(words)});
    if (!found.faults.empty()) html << as_list(found.faults);
    return html;
}

/// Looking at the page checks nothing: a check costs as much as the log is long.
Result<Page> check_page(const Service& service, Checks& checks, const Visit& visit)
{
    TRY(note_reading(service, visit, "audit.read"));
    std::optional<Checks::Done> newest;
    {
        const std::lock_guard lock(checks.guard);
        newest = checks.newest;
    }
    Page page{.title = "Check the log"};
    page.main << custody::heading("Check the log");
    page.main << (newest ? result_of(*newest)
                         : custody::paragraph("It has not been checked since this service was started."));
    page.main << derived::form_start("/audit/verify", visit.session) << derived::form_end("Check every entry now");
    page.main << custody::heading("Newest checkpoint", 2);
    page.main.lit("<pre class=\"govuk-body app-checkpoint\" tabindex=\"0\">") << service.desk().log.checkpoint();
    page.main.lit("</pre>");
    return page;
}

} // namespace

void add_audit_pages(web::Router& router, const Service& service)
{
    service.site().page(router, "/audit", [&service](const Visit& visit) {
        return visit.request.query.get("show") == "refusals" ? refusals_page(service, visit) : log_page(service, visit);
    });
    const auto checks = std::make_shared<Checks>();
    service.site().page(router, "/audit/verify",
                        [&service, checks](const Visit& visit) { return check_page(service, *checks, visit); });
    service.site().post(router, "/audit/verify", [&service, checks](const Visit& visit, const web::Fields&) {
        return check_log(service, *checks, visit);
    });
    service.site().page(router, "/children/{id}/access",
                        [&service](const Visit& visit) { return access_page(service, visit); });
}

} // namespace reachable::app
