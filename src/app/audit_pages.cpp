// Who looked at what, and why: in sentences, for those who account for it.
#include "app/service.h"
#include "audit/sentences.h"
#include "audit/verify.h"
#include "capabilities/custody/page_parts.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"

#include <fmt/format.h>
#include <fstream>
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

Result<Page> log_page(const Service& service, const Visit& visit)
{
    std::vector<std::string> sentences;
    Result<> allowed;
    const bool only_refusals = visit.request.query.get("show") == "refusals";
    service.desk().database.write([&](Transaction& transaction) {
        sentences.clear();
        const auto decision = may_read(service, visit, "audit.read", {}, transaction);
        allowed = decision ? Result<>() : Result<>(tl::unexpected<Problems>(decision.error()));
        if (!decision) return;
        for (const auto& entry : audit::newest_entries(transaction, entries_on_a_page)) {
            const bool is_refusal =
                entry.operation == audit::Operation::refusal || entry.operation == audit::Operation::sign_in_refused;
            if (is_refusal || !only_refusals)
                sentences.push_back(audit::sentence(entry, names_for(transaction, service, entry)));
        }
    });
    TRY(allowed);
    Page page{.title = "What was done and seen"};
    page.main << custody::heading("What was done and seen");
    page.main.lit("<p class=\"govuk-body\">") << custody::link("/audit", "Everything") << web::Text(" ")
                                              << custody::link("/audit?show=refusals", "Only refusals")
                                              << web::Text(" ") << custody::link("/audit/verify", "Check the log");
    page.main.lit("</p>") << as_list(sentences);
    return page;
}

Result<Page> access_page(const Service& service, const Visit& visit)
{
    const auto child = ChildId::parse(visit.request.path_values.at("id"));
    if (!child) return refuse(ProblemKind::not_found, "There is no such page");
    std::vector<std::string> sentences;
    Result<> allowed;
    service.desk().database.write([&](Transaction& transaction) {
        sentences.clear();
        const auto decision = may_read(service, visit, "audit.read_child", *child, transaction);
        allowed = decision ? Result<>() : Result<>(tl::unexpected<Problems>(decision.error()));
        if (!decision) return;
        for (const auto& entry : audit::entries_of_child(transaction, *child, entries_on_a_page))
            sentences.push_back(audit::sentence(entry, names_for(transaction, service, entry)));
    });
    TRY(allowed);
    Page page{.title = "Who has seen this child's record"};
    page.main << custody::heading("Who has seen this child's record");
    page.main << custody::paragraph(
        fmt::format("The newest {} times. Each stands in a log that nobody can change without it being noticed.",
                    sentences.size()));
    page.main << as_list(sentences);
    return page;
}

std::string read_file(const std::string& name)
{
    std::ifstream in(name);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

Result<Page> verify_page(const Service& service, const Visit& visit)
{
    Result<> allowed;
    std::optional<audit::Verification> found;
    const bool runs = visit.request.query.get("run") == "now";
    service.desk().database.write([&](Transaction& transaction) {
        const auto decision = may_read(service, visit, "audit.verify", {}, transaction);
        allowed = decision ? Result<>() : Result<>(tl::unexpected<Problems>(decision.error()));
    });
    TRY(allowed);
    if (runs)
        found =
            audit::verify(service.desk().database, service.key().open, read_file(service.settings().checkpoint_file));
    Page page{.title = "Check the log"};
    page.main << custody::heading("Check the log");
    if (found) {
        auto words =
            found->is_whole
                ? fmt::format(
                      "The log is whole: {} entries, {} checkpoints, nothing changed, dropped or put in another order.",
                      found->entry_count, found->checkpoint_count)
                : std::string("The log is NOT whole. Tell the data protection officer now.");
        page.main << render(web::InsetText{.text = web::Content(words)}) << as_list(found->faults);
    }
    page.main << custody::button_link("/audit/verify?run=now", "Check every entry now", false);
    page.main << custody::heading("Newest checkpoint", 2);
    page.main.lit("<pre class=\"govuk-body app-checkpoint\" tabindex=\"0\">") << service.desk().log.checkpoint();
    page.main.lit("</pre>");
    return page;
}

} // namespace

void add_audit_pages(web::Router& router, const Service& service)
{
    service.site().page(router, "/audit", [&service](const Visit& visit) { return log_page(service, visit); });
    service.site().page(router, "/audit/verify",
                        [&service](const Visit& visit) { return verify_page(service, visit); });
    service.site().page(router, "/children/{id}/access",
                        [&service](const Visit& visit) { return access_page(service, visit); });
}

} // namespace reachable::app
