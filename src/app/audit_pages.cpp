// Who looked at what, and why: in sentences, for those who account for it.
#include "app/audit_reach.h"
#include "app/known_page.h"
#include "app/log_place.h"
#include "app/log_words.h"
#include "app/signed_versions.h"
#include "capabilities/custody/page_parts.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "policy/question.h"
#include "web/components/input.h"
#include "web/components/inset_text.h"
#include "web/components/pagination.h"
#include "web/components/select.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <chrono>
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
    const auto asked = casework::policy_request(visit.session, std::string(action), visit.now);
    auto decision = service.desk().policy.decide(asked);
    casework::CaseHead head;
    head.heading.child = child;
    auto entry = casework::audit_entry(service.desk(), visit.session, visit.request.id, head, decision, visit.now);
    entry.operation = decision.is_allowed ? audit::Operation::look : audit::Operation::refusal;
    entry.action = action;
    entry.outcome = decision.is_allowed ? "done" : "not_found";
    entry.question = policy::question_of(asked);
    service.desk().log.append(transaction, std::move(entry));
    if (!decision.is_allowed) return refuse(ProblemKind::not_found, "There is no such page");
    return decision;
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

/// What of the log a reader wants to see. A case is named by its reference, the first letters of its id.
struct Wanted {
    std::string show; // "", "looks", "changes", "refusals", "sign_ins"
    std::string reference;
    bool is_of_child = false; // what is told of one child

    bool has(const audit::Entry& entry) const
    {
        using audit::Operation;
        if (!reference.empty() && (entry.case_id.is_none() || !entry.case_id.text().starts_with(reference)))
            return false;
        if (show == "refusals") return !audit::is_wrongly_filled_in(entry);
        if (show == "looks") return entry.operation == Operation::look;
        if (show == "changes") return entry.operation == Operation::act || entry.operation == Operation::administration;
        if (show == "sign_ins")
            return entry.operation == Operation::sign_in || entry.operation == Operation::sign_in_refused ||
                   entry.operation == Operation::sign_out;
        return true;
    }
    std::string address() const
    {
        return fmt::format("/audit?{}{}", show.empty() ? "" : "show=" + show + "&",
                           reference.empty() ? "" : "reference=" + reference + "&");
    }
};

Wanted wanted_in(const Visit& visit)
{
    Wanted wanted{.show = std::string(visit.request.query.get("show")),
                  .reference = to_lower_ascii(trim(visit.request.query.get("reference")))};
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (!std::ranges::all_of(wanted.reference, is_hex)) wanted.reference.clear();
    const auto known = {"looks", "changes", "refusals", "sign_ins"};
    if (std::ranges::find(known, wanted.show) == known.end()) wanted.show.clear();
    return wanted;
}

web::Html filter(const Wanted& wanted)
{
    web::Html html;
    html.lit("<form method=\"get\" action=\"/audit\" novalidate>");
    html << render(web::Select{.id = "show",
                               .name = "show",
                               .items = {{.text = "Everything", .value = ""},
                                         {.text = "Who looked", .value = "looks"},
                                         {.text = "What was changed", .value = "changes"},
                                         {.text = "What was refused", .value = "refusals"},
                                         {.text = "Signing in and out", .value = "sign_ins"}},
                               .value = wanted.show,
                               .label = {.text = "Show"}});
    html << render(web::Input{.id = "reference",
                              .name = "reference",
                              .value = wanted.reference,
                              .label = {.text = "Reference of a case, if you have one"},
                              .hint = web::Hint{.text = "The eight letters and digits of a message or a queue"},
                              .classes = "govuk-input--width-10",
                              .autocomplete = "off",
                              .spellcheck = false});
    html << web::button("Show");
    html.lit("</form>");
    return html;
}

LogPlace before_in(const Service& service, const Visit& visit)
{
    return open_log_place(service.secret_keys(), visit.session.worker, visit.request.query.get("before"))
        .value_or(LogPlace{.entry = 0, .at = visit.now});
}

/// One page of the log in sentences, and where the next one begins: before entry 0 when there is none.
struct Told {
    struct Line {
        std::string sentence;
        ChildId child; // whose record it was about, if anybody's
        CaseId case_id;
    };
    std::vector<Line> lines;
    LogPlace next;
};

/// The lines, each leading to everything that was done and seen about that child.
web::Html as_list(std::span<const Told::Line> lines, bool leads_to_children)
{
    web::Html html;
    html.lit("<ul class=\"govuk-list govuk-list--spaced\">");
    for (const auto& line : lines) {
        html.lit("<li>") << line.sentence;
        if (leads_to_children && !line.child.is_none()) {
            html.lit(" <a class=\"govuk-link\"")
                .attribute("href", fmt::format("/children/{}/access", line.child.text()));
            html.lit(">Who has seen this child");
            if (!line.case_id.is_none()) html << fmt::format(" (case {})", line.case_id.text().substr(0, 8));
            html.lit("</a>");
        }
        html.lit("</li>");
    }
    html.lit("</ul>");
    return html;
}

constexpr std::string_view reach_in_words =
    "You see what your own agency did and saw, and what anybody did and saw about a child while your agency takes part "
    "in a case about them.";

/// Some entries of the log, newest first, and where to go on.
using Stretch = audit::Refusals;

Stretch stretch_of(std::vector<audit::Entry> entries)
{
    Stretch stretch{.entries = std::move(entries)};
    // The first entry of the log has the number 0, before which nothing stands; asked for, that would be the newest.
    stretch.is_end = stretch.entries.size() < entries_on_a_page || stretch.entries.back().sequence == 0;
    if (!stretch.is_end) stretch.looked_down_to = stretch.entries.back().sequence;
    return stretch;
}

/// The reason of a search in the words of whoever searched. They may name a child, so that only those read them who
/// account for that person.
std::string why_they_searched(Transaction& transaction, const Visit& visit, const audit::Entry& entry)
{
    if (entry.action != "search" || entry.commitments.empty() || entry.agency != visit.session.agency) return {};
    const auto reason = casework::reason_of_search(transaction, entry.sequence);
    return reason.empty() ? std::string{} : fmt::format(" They said why: “{}”.", reason);
}

/// How far one page looks for what its reader accounts for, in whole days. Never by the number of entries: where a
/// search for more ends would tell how many others were written, and so that a look came upon a hidden record (R-P-07).
constexpr std::chrono::days looked_back{7};
constexpr int most_stretches = 20'000; // two million entries: nobody writes so many in a week

/// The number of the first entry since then; entries stand in the order of their time.
std::uint64_t first_since(Transaction& transaction, UtcTime since)
{
    const auto newest = audit::newest_entries(transaction, 1);
    std::uint64_t from = 0;
    std::uint64_t to = newest.empty() ? 0 : newest.front().sequence + 1;
    while (from < to) {
        const auto middle = from + (to - from) / 2;
        if (audit::newest_entries(transaction, 1, middle + 1).front().at < since)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/// Where a page ends that begins there. Of one child the page looks at all.
LogPlace looks_down_to(Transaction& transaction, const Wanted& wanted, const LogPlace& begins)
{
    if (wanted.is_of_child) return {};
    const UtcTime ends_at = std::chrono::floor<std::chrono::days>(begins.at) - looked_back;
    return {.entry = first_since(transaction, ends_at), .at = ends_at};
}

/// Fills a page of the log, newest first. What a reader does not account for takes no place on it, and whether another
/// page follows does not hang on it either.
Told tell_wanted(Transaction& transaction, const Service& service, const Visit& visit, const Wanted& wanted,
                 const std::function<Stretch(std::uint64_t before)>& next_stretch)
{
    Told told;
    Reach reach(transaction, service.desk(), visit.session, visit.now);
    const auto begins = before_in(service, visit);
    const auto end = looks_down_to(transaction, wanted, begins);
    auto before = begins.entry;
    LogPlace last_told;
    for (int i = 0; i < most_stretches; ++i) {
        const auto stretch = next_stretch(before);
        for (const auto& entry : stretch.entries) {
            if (entry.sequence < end.entry) break;
            if (!wanted.has(entry) || !reach.covers(entry)) continue;
            if (wanted.is_of_child && !reach.tells_of_child(entry)) continue;
            const bool is_of_the_last = !told.lines.empty() && entry.sequence == last_told.entry;
            if (told.lines.size() >= entries_on_a_page && !is_of_the_last) {
                told.next = last_told;
                return told;
            }
            told.lines.push_back({audit::sentence(entry, names_for(transaction, service, entry)) +
                                      why_they_searched(transaction, visit, entry),
                                  reach.tells_of_child(entry) ? entry.child : ChildId{}, entry.case_id});
            last_told = {entry.sequence, entry.at};
        }
        const bool is_all = stretch.is_end || stretch.looked_down_to <= end.entry;
        if (is_all) break;
        before = stretch.looked_down_to;
    }
    told.next = end;
    return told;
}

web::Html older(const Service& service, const Visit& visit, std::string_view address, const Told& told,
                std::string_view words = "Older entries")
{
    if (told.next.entry == 0) return {};
    const auto place = seal_log_place(service.secret_keys(), visit.session.worker, told.next);
    return render(web::Pagination{.next = {.href = fmt::format("{}before={}", address, place), .text = words}});
}

Page log_page_of(const Wanted& wanted, const char* title)
{
    Page page{.title = title};
    page.main << web::heading(title) << web::paragraph(reach_in_words);
    page.main.lit("<p class=\"govuk-body\">") << web::link("/audit/verify", "Check the log");
    page.main.lit("</p><p class=\"govuk-body\">")
        << web::link("/words-about-children/counts", "Words about children: how often");
    page.main.lit("</p><p class=\"govuk-body\">") << web::link("/flags", "Flags that are disputed");
    page.main.lit("</p><p class=\"govuk-body\">") << web::link("/concerns", "Disputed flags of adults and places");
    page.main.lit("</p><p class=\"govuk-body\">") << web::link("/flags/local-codes", "Local codes of flags");
    page.main.lit("</p>") << filter(wanted);
    return page;
}

Result<Page> log_page(const Service& service, const Visit& visit, const Wanted& wanted)
{
    TRY(note_reading(service, visit, "audit.read"));
    Told told;
    service.desk().database.read([&](Transaction& transaction) {
        told = tell_wanted(transaction, service, visit, wanted, [&](std::uint64_t before) {
            return stretch_of(audit::newest_entries(transaction, entries_on_a_page, before));
        });
    });
    auto page = log_page_of(wanted, "What was done and seen");
    page.main << as_list(told.lines, true);
    if (told.lines.empty()) page.main << web::paragraph("There is nothing like that in the entries looked at.");
    page.main << older(service, visit, wanted.address(), told);
    return page;
}

Result<Page> refusals_page(const Service& service, const Visit& visit, const Wanted& wanted)
{
    TRY(note_reading(service, visit, "audit.read"));
    constexpr std::size_t most_looked_at = 1000;
    Told told;
    service.desk().database.read([&](Transaction& transaction) {
        told = tell_wanted(transaction, service, visit, wanted, [&](std::uint64_t before) {
            return audit::newest_refusals(transaction, entries_on_a_page, before, most_looked_at);
        });
    });
    auto page = log_page_of(wanted, "What was refused");
    page.main << as_list(told.lines, true);
    if (told.lines.empty()) page.main << web::paragraph("Nothing was refused in the entries looked at.");
    page.main << older(service, visit, wanted.address(), told, "Look further back");
    return page;
}

/// The same for every child and for none, so that it tells nothing about any of them.
Page whom_to_ask_page()
{
    Page page{.title = "Who may see this list"};
    page.main << web::heading("Who may see this list");
    page.main << web::paragraph("Every look at a child's record is written down. The information governance officer "
                                "of an agency reads the list, for the purpose of information governance.");
    page.main << web::paragraph("Ask yours if you, a child or a parent want to know who has seen a record.");
    return page;
}

Result<Page> access_page(const Service& service, const Visit& visit)
{
    const auto child = ChildId::parse(visit.request.path_values.at("id"));
    if (!child) return refuse(ProblemKind::not_found, "There is no such page");
    if (const auto allowed = note_reading(service, visit, "audit.read_child", *child); !allowed)
        return whom_to_ask_page();
    Told told;
    service.desk().database.read([&](Transaction& transaction) {
        const bool is_told_of_others =
            Reach(transaction, service.desk(), visit.session, visit.now).tells_what_others_did(*child);
        const auto only_of = is_told_of_others ? AgencyId{} : visit.session.agency;
        told = tell_wanted(transaction, service, visit, {.is_of_child = true}, [&](std::uint64_t before) {
            return stretch_of(audit::entries_of_child(transaction, *child, entries_on_a_page, before, only_of));
        });
    });
    Page page{.title = "Who has seen this child's record"};
    page.main << web::heading("Who has seen this child's record");
    page.main << web::paragraph(
        fmt::format("{} times on this page, newest first. Each stands in a log that nobody can change without it being "
                    "noticed.",
                    told.lines.size()));
    page.main << web::paragraph(reach_in_words);
    page.main.lit("<p class=\"govuk-body\">")
        << web::link(fmt::format("/children/{}/known", child->text()), "Who knew what, and when");
    page.main.lit("</p>") << as_list(told.lines, false) << older(service, visit, visit.request.path + "?", told);
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

/// How long the log is tells whether a search came upon a record that was left out: the operators' alone.
web::Html result_of(const Checks::Done& done, bool is_the_operators)
{
    const auto& found = done.found;
    const auto length =
        is_the_operators ? fmt::format("{} entries, {} checkpoints, ", found.entry_count, found.checkpoint_count) : "";
    const auto words =
        found.is_whole
            ? fmt::format("The log is whole: {}nothing changed, dropped or put in another order, and each version of a "
                          "case is what was signed for. Checked on {}.",
                          length, clocks::wall_date_time(done.at))
            : fmt::format("The log is NOT whole. Tell the data protection officer now. Checked on {}.",
                          clocks::wall_date_time(done.at));
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
    page.main << web::heading("Check the log");
    const bool is_the_operators = visit.session.agency_kind == accounts::AgencyKind::operator_;
    page.main << (newest ? result_of(*newest, is_the_operators)
                         : web::paragraph("It has not been checked since this service was started."));
    page.main << derived::form_start("/audit/verify", visit.session) << derived::form_end("Check every entry now");
    if (!is_the_operators) return page;
    page.main << web::heading("Newest checkpoint", 2);
    page.main.lit("<pre class=\"govuk-body app-checkpoint\" tabindex=\"0\">") << service.desk().log.checkpoint();
    page.main.lit("</pre>");
    return page;
}

} // namespace

Result<> note_reading(const Service& service, const Visit& visit, std::string_view action, ChildId child)
{
    Result<> allowed;
    service.desk().database.write([&](Transaction& transaction) {
        const auto decision = may_read(service, visit, action, child, transaction);
        allowed = decision ? Result<>() : Result<>(tl::unexpected<Problems>(decision.error()));
    });
    return allowed;
}

void add_audit_pages(web::Router& router, const Service& service)
{
    service.site().page(router, "/audit", [&service](const Visit& visit) {
        const auto wanted = wanted_in(visit);
        return wanted.show == "refusals" ? refusals_page(service, visit, wanted) : log_page(service, visit, wanted);
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
