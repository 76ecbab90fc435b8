// What stands first on the derived pages of a case of sharing: who did what about whom, in names that its reader may
// see.
#include "capabilities/sharing/pages.h"
#include "capabilities/sharing/records.h"
#include "casework/case_store.h"
#include "casework/search.h"
#include "identity/people.h"
#include "ties/ties.h"
#include "web/components/summary_list.h"
#include "web/components/warning_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::sharing {
namespace {

using casework::Seen;

web::SummaryListRow row(std::string_view key, std::string value)
{
    return {.key = {.text = key}, .value = {.text = value.empty() ? std::string("Not recorded") : std::move(value)}};
}

std::string child_words(const Seen& seen)
{
    // What may not be seen of the child has been taken out already.
    return seen.child ? seen.child->names.front().as_given : std::string("No child is named");
}

/// "Officer Byte, Northmere response, Northmere Police"
std::string who_words(const Site& site, WorkerId worker, TeamId team, AgencyId agency)
{
    std::vector<std::string> words;
    site.desk.database.read([&](storage::Transaction& transaction) {
        words.clear();
        if (const auto one = accounts::find_worker(transaction, worker)) words.push_back(one->name);
        if (const auto one = accounts::find_team(transaction, team)) words.push_back(one->name);
        if (const auto one = accounts::find_agency(transaction, agency)) words.push_back(one->name);
    });
    return join(words, ", ");
}

std::string purpose_words(const Site& site, std::string_view code)
{
    for (const auto& purpose : site.desk.policy.purposes())
        if (purpose.code == code) return std::string(purpose.title);
    return std::string(code);
}

Html card(std::string_view title, std::vector<web::SummaryListRow> rows)
{
    web::SummaryList list{.rows = std::move(rows),
                          .card = web::SummaryCard{.title = web::SummaryCardTitle{.text = title}}};
    return render(list);
}

Html head_of_emergency(const Site& site, const Seen& seen)
{
    const auto& access = seen.as<EmergencyAccess>();
    return card(
        "Who opened whose record, and what for",
        {row("Child", child_words(seen)),
         row("Opened by", who_words(site, access.opened_by, access.team, access.agency)),
         row("For", purpose_words(site, access.purpose)),
         row("Because", fmt::format("{}: {}", site.desk.lists.label_of("sharing.emergency_reasons", access.reason_code),
                                    access.reason.words))});
}

/// Somebody of the reader's own organisation by name, and of another without it.
std::string who_asks_to_lift(const Site& site, const Visit& visit, const Seen& seen)
{
    std::vector<casework::VersionRow> history;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { history = casework::load_history(transaction, seen.head.id); });
    for (auto version = history.rbegin(); version != history.rend(); ++version)
        if (version->action == "ask_to_lift")
            return version->agency == visit.session.agency ? who_words(site, version->worker, {}, {})
                                                           : std::string("Another organisation");
    return {};
}

/// A seal closes one record. Where people decided that others are of the same child, its keepers see which of those
/// stay open, as far as they may know of them. What is closed to family is closed in all of them.
Html what_stays_open(const Site& site, const Visit& visit, const Seen& seen)
{
    if (seen.head.state == lifted || !seen.as<Restriction>().worker.is_none()) return {};
    std::vector<ChildId> open;
    site.desk.database.read([&](storage::Transaction& transaction) {
        open.clear();
        for (const auto id : identity::members_of(transaction, seen.head.heading.child)) {
            if (id == seen.head.heading.child || ties::is_sealed(transaction, id)) continue;
            const auto asked =
                casework::policy_request(site.desk, transaction, id, visit.session, "restriction.restrict", visit.now);
            if (site.desk.policy.decide(asked).is_allowed) open.push_back(id);
        }
    });
    Html html;
    for (const auto id : open) {
        html.lit("<li>") << link("/restrictions/new?child=" + id.text(), "Restrict record " + id.text().substr(0, 8));
        html.lit("</li>");
    }
    if (html.empty()) return html;
    Html all =
        render(web::WarningText{.text = "This closes one record. Others were decided to be of the same child, and "
                                        "they stay open.",
                                .icon_fallback_text = "Warning"});
    all.lit("<ul class=\"govuk-list govuk-list--bullet\">") << html;
    return all.lit("</ul>");
}

/// That an organisation holds the record is said to nobody else: it tells where the child is.
Html head_of_restriction(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto& restriction = seen.as<Restriction>();
    std::vector<web::SummaryListRow> rows = {
        row("Child", child_words(seen)),
        row("Kept by", who_words(site, {}, restriction.keeper_team, restriction.keeper))};
    if (visit.session.agency == seen.head.heading.partner)
        rows.push_back(row("Organisation that holds the record", who_words(site, {}, {}, visit.session.agency)));
    if (seen.head.state == lifting_asked)
        rows.push_back(row("Lifting asked for by", who_asks_to_lift(site, visit, seen)));
    auto html = card("Whose record is restricted, and who keeps that", std::move(rows));
    return html << what_stays_open(site, visit, seen);
}

Html head_of_allocation(const Site& site, const Seen& seen)
{
    const auto& allocation = seen.as<Allocation>();
    return card("Which child is on whose list",
                {row("Child", child_words(seen)), row("Worker", allocation.staff_name),
                 row("Authority", who_words(site, {}, allocation.team, allocation.authority))});
}

Html head_of_opening(const Site& site, const Seen& seen)
{
    const auto& opening = seen.as<Opening>();
    return card(
        "Who opened a case of which child",
        {row("Child", child_words(seen)), row("Authority", who_words(site, {}, opening.team, opening.authority))});
}

} // namespace

void add_heads(const Site& site)
{
    const auto add = [&site](const casework::CaseType& type, Html (*make)(const Site&, const Seen&)) {
        site.heads[std::string(type.name)] = [&site, make](const Visit&, const Seen& seen) { return make(site, seen); };
    };
    add(emergency_type(), head_of_emergency);
    site.heads[std::string(restriction_type().name)] = [&site](const Visit& visit, const Seen& seen) {
        return head_of_restriction(site, visit, seen);
    };
    add(allocation_type(), head_of_allocation);
    add(opening_type(), head_of_opening);
}

} // namespace reachable::sharing
