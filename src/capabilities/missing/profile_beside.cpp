// The profile that those who look after a child keep, as far as a report and an episode need it. It belongs to another
// capability: here it is a case like any other, seen through the doors and by the names of its fields.
#include "capabilities/missing/pages.h"
#include "capabilities/missing/triggers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "ties/ties.h"
#include "web/components/inset_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

constexpr std::string_view kept_profile = "profile"; // the kind of case

std::vector<CaseId> profiles_where(storage::Transaction& transaction, const std::string& condition,
                                   storage::Values values)
{
    return storage::ids_at<CaseId>(
        transaction.query("select id from cases where type = 'profile' and is_open = 1 and " + condition +
                              " order by opened_at, id limit 200",
                          values),
        0);
}

std::vector<CaseId> profiles_of_the_child(storage::Transaction& transaction, ChildId child, const Visit& visit)
{
    const auto records = records_seen(transaction, child, visit.session, visit.now);
    return profiles_where(transaction, fmt::format("child in ({})", storage::places(records.size())),
                          storage::to_values(records));
}

std::optional<Seen> look_at_profile(const Site& site, const Visit& visit, CaseId id, std::string_view page)
{
    auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                      {.type = kept_profile, .id = id, .page = page}, visit.now);
    return seen ? std::optional(std::move(*seen)) : std::nullopt;
}

constexpr std::string_view helps_to_find[] = {"looks",     "marks",        "look_first", "friends",     "family",
                                              "talk_to",   "phones",       "handles",    "devices",     "cards",
                                              "vehicles",  "school",       "routines",   "health",      "triggers",
                                              "self_harm", "exploitation", "contact",    "confirmed_at"};

Html photograph_of(const Site& site, const Seen& seen)
{
    const auto* photo = seen.type->find_field("photo");
    const auto* taken_on = seen.type->find_field("photo_taken_on");
    if (photo == nullptr || photo->is_empty(seen.facts.get())) return {};
    Html html;
    html.lit("<figure class=\"app-photograph\"><img")
            .attribute("src", fmt::format("/profiles/{}/photograph", seen.head.id.text()))
            .attribute("alt", "Photograph of " + derived::shown_name(seen.child))
            .lit("><figcaption class=\"govuk-body-s\">")
        << fmt::format("Taken on {}", derived::words_of(site.desk, *taken_on, seen.facts.get()));
    return html.lit("</figcaption></figure>");
}

} // namespace

std::vector<ChildToReport> children_to_report(const Site& site, const Visit& visit)
{
    std::vector<ChildId> on_the_list;
    std::vector<CaseId> kept;
    site.desk.database.read([&](storage::Transaction& transaction) {
        on_the_list = ties::list_of(transaction, visit.session.worker, visit.now);
        kept = profiles_where(transaction, "team = $1", {storage::to_value(visit.session.team)});
    });
    std::vector<ChildToReport> children;
    for (const auto id : on_the_list)
        if (const auto seen =
                casework::look_at_child(site.desk, visit.session, visit.request.id, id, "list", visit.now))
            children.push_back({id, seen->child.shown_name(), false});
    for (const auto id : kept) {
        const auto seen = look_at_profile(site, visit, id, "report");
        if (!seen || !seen->child) continue;
        const auto child = seen->head.heading.child;
        const auto known = std::ranges::find(children, child, &ChildToReport::child);
        if (known == children.end())
            children.push_back({child, derived::shown_name(seen->child), true});
        else
            known->has_profile = true;
    }
    return children;
}

bool is_kept_by(storage::Transaction& transaction, ChildId child, TeamId team)
{
    return !profiles_where(transaction, "child = $1 and team = $2", {storage::to_value(child), storage::to_value(team)})
                .empty();
}

bool is_profile_kept(const Site& site, const Visit& visit, ChildId child, const std::string& key)
{
    const auto* type = site.desk.find_type(kept_profile);
    if (type == nullptr || !type->find_action("ask")->who.has(visit.session.role)) return false;
    std::vector<CaseId> ids;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { ids = profiles_of_the_child(transaction, child, visit); });
    if (ids.empty()) return false;
    // That there is one is told by the policy, and whoever keeps it sees that it was asked.
    return casework::act(
               site.desk, visit.session, visit.request.id,
               {.type = kept_profile, .action = "ask", .id = ids.front(), .key = key + " profile " + child.text()},
               visit.now)
        .has_value();
}

Html profile_of_the_child(const Site& site, const Visit& visit, const Seen& episode)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids = profiles_of_the_child(transaction, episode.head.heading.child, visit);
    });
    Html html;
    for (const auto id : ids) {
        const auto seen = look_at_profile(site, visit, id, "episode");
        if (!seen) continue;
        html << web::heading("What those who look after the child wrote down before", 2) << photograph_of(site, *seen)
             << derived::rows_of(site.desk, *seen, helps_to_find);
        html.lit("<p class=\"govuk-body\">") << web::link("/profiles/" + id.text(), "The whole profile");
        html.lit("</p>");
    }
    return html;
}

} // namespace reachable::missing
