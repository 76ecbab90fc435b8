#include "capabilities/missing/missing.h"

#include "capabilities/missing/absences.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/triggers.h"
#include "casework/case_store.h"
#include "casework/desk.h"
#include "identity/people.h"
#include "storage/columns.h"
#include "ties/told_together.h"

#include <fmt/format.h>
#include <utility>

namespace reachable::missing {
namespace {

using storage::Transaction;

constexpr lists::ListFile list_files[] = {
    {"missing.from", "missing/from.csv"},
    {"missing.reporters", "missing/reporters.csv"},
    {"missing.barriers", "missing/barriers.csv"},
    {"missing.levels", "missing/levels.csv"},
    {"missing.prompts", "missing/prompts.csv"},
    {"missing.certainty", "missing/certainty.csv"},
    {"missing.news", "missing/news.csv"},
    {"missing.located", "missing/located.csv"},
    {"missing.found_by", "missing/found_by.csv"},
    {"missing.returns", "missing/returns.csv"},
    {"missing.harm", "missing/harm.csv"},
    {"missing.safe_to_tell", "missing/safe_to_tell.csv"},
    {"missing.seen_alone", "missing/seen_alone.csv"},
    {"missing.languages", "missing/languages.csv"},
    {"missing.triggers", "missing/triggers.csv"},
    {"missing.place_roles", "missing/place_roles.csv"},
    {"missing.place_kinds", "missing/place_kinds.csv"},
    {"missing.receipts", "missing/receipts.csv"},
    {"missing.questions", "missing/questions.csv"},
    {"missing.rung_back", "missing/rung_back.csv"},
    {"missing.call_ends", "missing/call_ends.csv"},
    {"missing.sure", "missing/sure.csv"},
};

constexpr std::string_view clocks_of_missing[] = {"missing/clocks.csv", "missing/handover_clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"missing.report", "reported the child missing, or wrote down an absence that nobody had reported"},
    {"missing.found_unreported", "opened the absence of a child whom the police met"},
    {"missing.grade", "said how high the risk to the missing child is"},
    {"missing.review", "reviewed the search for the child"},
    {"missing.enquire", "wrote down a line of enquiry to find the child"},
    {"missing.add", "added what is new of the missing child"},
    {"missing.place", "wrote down a place at which the missing child was"},
    {"missing.link", "linked the episodes of two children who are missing together"},
    {"missing.link_back", "noted that the child is missing with another one, whose episode was linked"},
    {"missing.locate", "wrote down that the missing child was found or heard of"},
    {"missing.offer_to_force", "offered the search for the child to another force"},
    {"missing.take_over", "took the lead of the search for the child"},
    {"missing.turn_down", "did not take the lead of the search for the child"},
    {"missing.withdraw_offer", "took back the offer of the search for the child"},
    {"missing.name_authority", "named the local authority that answers for a missing child"},
    {"missing.let_in", "let in a force that looks for the child by another record"},
    {"missing.locate_in_custody", "wrote down that the missing child was booked in to custody"},
    {"missing.same_absence", "decided that two missing episodes are one absence"},
    {"missing.return", "wrote down that the missing child is safe"},
    {"missing.reach", "wrote down when the child reached the place where they live or stay"},
    {"missing.speak", "wrote down what the child says about being missing"},
    {"missing.close", "closed a missing episode"},
    {"missing.reclassify", "decided that the child was not missing"},
    {"board-handover.open", "began to hand over the board of missing children"},
    {"board-handover.accept", "accepted episodes on the board of missing children"},
    {"board-handover.take_over", "took over the duty of the board of missing children"},
    {"board-handover.withdraw", "ended a handover of the board and stayed on duty"},
    {"look:board-handover.board", "read who has the duty of the board of missing children"},
    {"look:board-handover.notice", "was told of a handover of the board of missing children"},
    {"look:board-handover.record", "read all that is recorded of a handover of the board"},
    {"look:board-handover.form", "opened a form about a handover of the board"},
    {"look:board-handover.queue", "saw a handover of the board in a list"},
    {"look:board-handover.api", "read a handover of the board through another system"},
    {"missing.take_sent", "took an episode from the force's own system"},
    {"missing.change_sent", "took a change of a missing episode from the force's own system"},
    {"missing.grade_sent", "took the level of risk from the force's own system"},
    {"missing.end_sent", "took from the force's own system that the missing child is back"},
    {"missing.withdraw_sent", "took from the force's own system that it withdraws a missing episode"},
    {"look:missing.episode", "read a missing episode of the child"},
    {"look:missing.triggers", "compared an earlier missing episode of the child"},
    {"look:missing.other", "read that another missing episode of the child is open"},
    {"look:missing.linked", "read that the child is missing with another one"},
    {"look:missing.episodes", "read the missing episodes of the child, one after the other"},
    {"look:missing.board", "saw the child among those who are missing"},
    {"look:missing.meeting", "read of a missing episode of the child at a meeting"},
    {"look:missing.queue", "saw a missing episode of the child in a list"},
    {"look:missing.notice", "was told of a missing episode of the child"},
    {"look:missing.record", "read all that is recorded of a missing episode"},
    {"look:missing.form", "opened a form about a missing episode"},
    {"look:missing.api", "read a missing episode through another system"},
    {"look:missing.child", "read of a missing episode on the child's page"},
    {"look:missing.child_then", "read of a missing episode as it stood then"},
    {"call.note", "noted a call that ended before a report"},
    {"call.try", "wrote down that somebody rang back"},
    {"call.join", "joined a call that had ended to what was reported later"},
    {"call.close", "closed a call that had ended before a report"},
    {"look:call.call", "read the note of a call that ended before a report"},
    {"look:call.lengths", "read how long calls about missing children take"},
    {"look:call.calls", "saw the note of a call that ended before a report in a list"},
    {"look:call.queue", "saw the note of a call that ended before a report in a list"},
    {"look:call.notice", "was told of a call that ended before a report"},
    {"look:call.record", "read all that is recorded of a call that ended before a report"},
    {"look:call.form", "opened a form about a call that ended before a report"},
    {"look:call.api", "read the note of a call through another system"},
};

/// A refusal has its entry in the log, and holds up nothing else.
void act_as_the_service(const casework::Desk& desk, Transaction& transaction, std::string action, CaseId id, Json asked,
                        UtcTime now)
{
    (void)casework::act_in(
        transaction, desk, accounts::service_session(), RequestId::random(),
        {.type = episode_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now);
}

} // namespace

std::string_view log_words(std::string_view action)
{
    for (const auto& [code, words] : words_of_the_log)
        if (code == action) return words;
    return {};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_missing;
}

std::vector<Open> open_episodes_of(Transaction& transaction, ChildId child)
{
    auto values = storage::to_values(ties::records_told_together(transaction, child));
    values.emplace_back(std::string(episode_type().name));
    std::vector<Open> open;
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query(fmt::format("select id from cases where child in ({}) and type = ${} and "
                                           "is_open = 1 and state in ('reported', 'active', "
                                           "'located') order by opened_at, id",
                                           storage::places(values.size() - 1), values.size()),
                               values),
             0)) {
        const auto loaded = casework::load_case(transaction, episode_type(), id);
        const auto& episode = *static_cast<const Episode*>(loaded->facts.get());
        open.push_back({id, began_at(episode), episode.force, episode.team});
    }
    return open;
}

std::optional<Open> open_episode_of(Transaction& transaction, ChildId child)
{
    const auto open = open_episodes_of(transaction, child);
    return open.empty() ? std::nullopt : std::optional(open.front());
}

std::vector<Open> other_open_episodes_of(Transaction& transaction, ChildId child, CaseId than)
{
    auto open = open_episodes_of(transaction, child);
    std::erase_if(open, [&](const Open& one) { return one.id == than; });
    return open;
}

void let_in_each_other(const casework::Desk& desk, Transaction& transaction, ChildId child, UtcTime now)
{
    const auto open = open_episodes_of(transaction, child);
    for (const auto& one : open)
        for (const auto& other : open)
            if (one.id != other.id)
                act_as_the_service(desk, transaction, "let_in", one.id, Json::object().set("force", other.force.text()),
                                   now);
}

void tell_who_ended_it_as_the_same(Transaction& transaction, ChildId child, UtcTime now)
{
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query("select id from cases where child = $1 and type = $2 and state = $3",
                               {storage::to_value(child), std::string(episode_type().name), std::string(reclassified)}),
             0)) {
        const auto loaded = casework::load_case(transaction, episode_type(), id);
        const auto& episode = *static_cast<const Episode*>(loaded->facts.get());
        if (episode.same_as.is_none()) continue;
        notices::store_notice(transaction, {episode.force, episode.team}, id,
                              {.code = "missing.two_children", .role = accounts::Role::MPC}, {}, now);
    }
}

void found_in_custody(const casework::Desk& desk, Transaction& transaction, const BookedIn& booked, UtcTime now)
{
    for (const auto& one : open_episodes_of(transaction, booked.child))
        act_as_the_service(desk, transaction, "locate_in_custody", one.id,
                           Json::object()
                               .set("located_at", to_iso(now))
                               .set("located_how", "in_custody")
                               .set("located_where", booked.where),
                           now);
}

void open_because_met(const casework::Desk& desk, Transaction& transaction, const MetByThePolice& met, UtcTime now)
{
    const auto team = accounts::team_of_role(transaction, met.force, accounts::Role::MPC);
    if (!team || open_episode_of(transaction, met.child)) return;
    auto asked = Json::object()
                     .set("child", met.child.text())
                     .set("last_seen_at", to_iso(met.at))
                     .set("returned_at", to_iso(met.at))
                     .set("found_where", met.where)
                     .set("found_distance", met.distance)
                     .set("force", met.force.text())
                     .set("team", team->text());
    if (!met.where.empty())
        asked.set("places", Json::list().add(Json::object()
                                                 .set("role", "found")
                                                 .set("kind", "not_known")
                                                 .set("name", met.where)
                                                 .set("area", met.force.text())));
    if (!met.signs.empty()) {
        auto signs = Json::list();
        for (const auto& sign : met.signs) signs.add(sign);
        asked.set("found_with", std::move(signs));
    }
    if (!met.authority.is_none()) asked.set("authority", met.authority.text()).set("desk", met.desk.text());
    act_as_the_service(desk, transaction, "found_unreported", {}, std::move(asked), now);
}

bool is_live(Transaction& transaction, const casework::CaseHead& episode)
{
    const auto loaded = casework::load_case(transaction, episode_type(), episode.id);
    return static_cast<const Episode*>(loaded->facts.get())->is_live.value_or(true);
}

bool is_over(const casework::CaseHead& episode)
{
    return episode.state != reported && episode.state != active && episode.state != located;
}

Returned return_of(Transaction& transaction, const casework::CaseHead& head)
{
    const auto loaded = casework::load_case(transaction, episode_type(), head.id);
    const auto& episode = *static_cast<const Episode*>(loaded->facts.get());
    return {.child = episode.child,
            .at = episode.reached_at.value_or(episode.returned_at.value_or(head.changed_at)),
            .force = episode.force,
            .team = episode.team,
            .authority = episode.authority,
            .desk = episode.desk};
}

SentReturn return_as_sent(Transaction& transaction, const casework::CaseHead& head)
{
    if (!is_a_live_return(transaction, head.heading.child, head.id)) return {};
    const auto newest = newest_absences(transaction, identity::members_of(transaction, head.heading.child), 1);
    return {.is_owed = true, .is_the_newest = newest.empty() || newest.front() == head.id};
}

std::vector<std::string> ties_that_differ(Transaction& transaction)
{
    std::vector<std::string> faults;
    std::int64_t proved = 0;
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query("select id from cases where type = $1", {std::string(episode_type().name)}), 0)) {
        const auto loaded = casework::load_case(transaction, episode_type(), id);
        if (!loaded) continue; // a missing version is a fault of its own
        const auto& episode = *static_cast<const Episode*>(loaded->facts.get());
        if (!absence_is_kept(transaction, loaded->head, episode))
            faults.push_back(
                fmt::format("When the child was away, as episode {} says, is not what stands beside it.", id.text()));
        for (const auto& looker : episode.looked_for_by) {
            proved += 1;
            const ties::Tie expected{.kind = ties::Kind::searching,
                                     .child = episode.child,
                                     .proved_by = id,
                                     .keeper = looker.force,
                                     .since = *looker.since,
                                     .ended_at = looker.until          ? looker.until
                                                 : episode.returned_at ? episode.returned_at
                                                                       : episode.closed_at};
            if (std::ranges::count(ties::ties_of(transaction, episode.child), expected) != 1)
                faults.push_back(fmt::format(
                    "What episode {} says of who looks for the child is not what is acted upon.", id.text()));
        }
    }
    const auto stored = transaction.query("select count(*) from ties where kind = 'searching'").front().integer(0);
    if (stored != proved)
        faults.push_back(
            fmt::format("{} forces are let in to look for a child, where episodes name {}.", stored, proved));
    return faults;
}

} // namespace reachable::missing
