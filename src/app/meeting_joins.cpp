#include "app/meeting_joins.h"

#include "accounts/accounts.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/placements/placement.h"
#include "capabilities/placements/placements.h"
#include "capabilities/profiles/profiles.h"
#include "clocks/london.h"
#include "ties/told_together.h"
#include "web/components/summary_list.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using accounts::AgencyKind;
using accounts::Role;
using casework::CaseHead;
using casework::Desk;
using meetings::Asked;
using storage::Transaction;

/// An absence of longer ago than this asks no force to a meeting. A local choice: as long as R-B-05 counts back.
constexpr auto lately = hours{24 * 90};

/// Those of the organisation who attend meetings, or whoever it has that reads an invitation.
TeamId team_that_is_told(Transaction& transaction, AgencyId organisation)
{
    const auto agency = accounts::find_agency(transaction, organisation);
    const bool is_authority = agency && agency->kind == AgencyKind::local_authority;
    if (const auto team = accounts::team_of_role(transaction, organisation, Role::ATTN)) return *team;
    if (is_authority) return accounts::duty_desk_of(transaction, organisation).value_or(TeamId{});
    for (const auto role : {Role::MPC, Role::PLAC})
        if (const auto team = accounts::team_of_role(transaction, organisation, role)) return *team;
    return {};
}

/// Of the authority that answers for the child: the team of the social worker on whose list the child stands.
TeamId team_of_the_worker(Transaction& transaction, AgencyId authority, std::span<const ChildId> records, UtcTime now)
{
    for (const auto record : records)
        for (const auto& tie : ties::ties_of(transaction, record)) {
            if (tie.kind != ties::Kind::allocated || (tie.ended_at && *tie.ended_at <= now)) continue;
            const auto worker = accounts::find_worker(transaction, tie.worker);
            if (!worker || worker->agency != authority) continue;
            for (const auto& post : accounts::posts_of(transaction, tie.worker))
                if (post.role == Role::SW) return post.team;
        }
    return team_that_is_told(transaction, authority);
}

struct Placed {
    AgencyId authority;
    AgencyId force;
};

/// Where the child is placed now, by the notice to the authority of that area; else where the record says.
Placed placed(Transaction& transaction, ChildId child, std::span<const ChildId> records)
{
    for (const auto record : records)
        for (const auto id : storage::ids_at<CaseId>(
                 transaction.query("select id from cases where child = $1 and type = $2 and is_open = 1 "
                                   "order by opened_at desc, id",
                                   {storage::to_value(record), std::string(placements::placement_type().name)}),
                 0)) {
            const auto loaded = casework::load_case(transaction, placements::placement_type(), id);
            const auto& notice = *static_cast<const placements::Placement*>(loaded->facts.get());
            if (notice.receiver == placements::to_authority) return {notice.host_authority, notice.host_force};
        }
    const auto stored = records::find_child(transaction, child);
    if (!stored || stored->child.host_authority.is_none()) return {};
    return {stored->child.host_authority,
            accounts::force_of_area(transaction, stored->child.host_authority).value_or(AgencyId{})};
}

void ask_whoever_is_on_record(const Desk& desk, Transaction& transaction, const CaseHead& meeting, UtcTime now)
{
    meetings::ask_to_meeting(desk, transaction, meeting, who_is_asked(transaction, meeting.heading.child, now), now);
}

void ask_by_hand(const Desk& desk, Transaction& transaction, const CaseHead& meeting, UtcTime now)
{
    auto asked = meetings::asked_by_hand(transaction, meeting);
    asked.team = team_that_is_told(transaction, asked.organisation);
    meetings::ask_to_meeting(desk, transaction, meeting, std::span(&asked, 1), now);
}

void add_row(web::SummaryList& list, const std::string& key, const std::string& words)
{
    if (!words.empty()) list.rows.push_back({.key = {.text = key}, .value = {.text = words}});
}

/// Who was with the child, as far as it is written down and this reader may see it.
std::string company_of(const missing::Episode& episode)
{
    std::string words;
    for (const auto& one : episode.companions)
        if (!one.who.empty()) words += (words.empty() ? "" : "; ") + one.who;
    return words;
}

constexpr std::string_view told_of_an_absence[] = {"last_seen_at", "located_at", "located_where",  "returned_at",
                                                   "found_where",  "found_by",   "found_distance", "found_with",
                                                   "return_type",  "harm"};

} // namespace

std::vector<Asked> who_is_asked(Transaction& transaction, ChildId child, UtcTime now)
{
    const auto records = ties::records_told_together(transaction, child);
    std::vector<Asked> all;
    const auto ask = [&](AgencyId organisation, TeamId team, std::string_view because) {
        const bool is_there = std::ranges::find(all, organisation, &Asked::organisation) != all.end();
        if (!organisation.is_none() && !is_there) all.push_back({organisation, team, because});
    };
    const auto ask_force = [&](AgencyId force, std::string_view because) {
        ask(force, team_that_is_told(transaction, force), because);
    };
    const auto stored = records::find_child(transaction, child);
    const auto home = stored ? stored->child.responsible_authority : AgencyId{};
    if (!home.is_none()) {
        ask(home, team_of_the_worker(transaction, home, records, now), "home_authority");
        ask_force(accounts::force_of_area(transaction, home).value_or(AgencyId{}), "home_force");
    }
    const auto host = placed(transaction, child, records);
    ask_force(host.authority, "host_authority");
    ask_force(host.force, "host_force");
    if (const auto profile = profiles::open_profile_of(transaction, child); !profile.is_none()) {
        const auto keeper = casework::load_head(transaction, profile).heading;
        const auto agency = accounts::find_agency(transaction, keeper.agency);
        if (agency && agency->kind != AgencyKind::local_authority) ask(keeper.agency, keeper.team, "home");
    }
    for (const auto record : records)
        for (const auto& tie : ties::ties_of(transaction, record))
            if (tie.kind == ties::Kind::searching && (!tie.ended_at || *tie.ended_at > now - lately))
                ask_force(tie.keeper, "searched");
    return all;
}

web::Html absences_of(const derived::Site& site, const derived::Visit& visit, ChildId child)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](Transaction& transaction) {
        auto values = storage::to_values(ties::records_told_together(transaction, child));
        values.emplace_back(std::string(missing::episode_type().name));
        ids = storage::ids_at<CaseId>(
            transaction.query(fmt::format("select id from cases where child in ({}) and type = ${} order by opened_at "
                                          "desc, id limit 5",
                                          storage::places(values.size() - 1), values.size()),
                              values),
            0);
    });
    web::Html html = web::heading("When the child was missing: where found, and with whom", 2);
    std::size_t shown = 0;
    for (const auto id : ids) {
        const auto seen =
            derived::look_at_case(site.desk, visit.session, visit.request.id,
                                  {.type = missing::episode_type().name, .id = id, .page = "meeting"}, visit.now);
        if (!seen) continue;
        html << derived::rows_of(site.desk, *seen, told_of_an_absence);
        web::SummaryList company;
        add_row(company, "With whom", company_of(seen->as<missing::Episode>()));
        if (!company.rows.empty()) html << render(company);
        shown += 1;
    }
    if (shown == 0)
        html << web::paragraph(
            "Nothing of an absence is open to you here. Ask the authority or the force that looked for "
            "the child.");
    return html;
}

std::vector<casework::Consequence> consequences_for_meetings()
{
    return {
        {"meeting", "convene", ask_whoever_is_on_record},
        {"meeting", "invite", ask_by_hand},
        {"meeting-invitation", "answer", meetings::bring_answer_in},
        {"meeting", "share", meetings::hand_item_over},
        {"meeting", "set_action", meetings::give_action_to_its_owner},
        {"meeting-action", "finish", meetings::bring_outcome_in},
        {"meeting-action", "refuse", meetings::bring_outcome_in},
        {"meeting", "close_session", meetings::end_invitations},
        {"meeting", "call_off", meetings::end_invitations},
    };
}

} // namespace reachable::app
