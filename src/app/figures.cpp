#include "app/figures.h"

#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/measures/figures.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "clocks/london.h"
#include "identity/people.h"

#include <algorithm>

namespace reachable::app {
namespace {

using casework::Desk;
using storage::Transaction;

bool is_among(std::string_view one, std::initializer_list<std::string_view> all)
{
    return std::ranges::find(all, one) != all.end();
}

/// Nothing of a protected record is counted beside its episode: neither its age nor where the child lives.
std::optional<records::Child> record_for_counts(Transaction& transaction, ChildId child)
{
    if (ties::is_sealed(transaction, child)) return std::nullopt;
    auto stored = records::find_child(transaction, child);
    if (!stored) return std::nullopt;
    return std::move(stored->child);
}

std::string care_of(Transaction& transaction, const missing::Episode& episode)
{
    const bool was_said = std::ranges::any_of(episode.grades, [](const missing::Graded& graded) {
        return std::ranges::find(graded.considered, "in_care") != graded.considered.end();
    });
    if (was_said || is_among(episode.missing_from, {"foster", "childrens_home", "semi_independent"})) return "in_care";
    const auto record = record_for_counts(transaction, episode.child);
    if (!record || record->care_status == "unknown") return "care_not_known";
    const bool is_so =
        is_among(record->care_status, {"by_agreement", "care_order", "interim_care_order", "remand", "unaccompanied"});
    return is_so ? "in_care" : "not_in_care";
}

bool was_regraded(const missing::Episode& episode)
{
    return std::ranges::any_of(
        episode.grades, [&](const missing::Graded& graded) { return graded.level != episode.grades.front().level; });
}

std::string_view standing_of(std::string_view state)
{
    if (state == missing::reclassified) return measures::not_missing;
    if (state == missing::located) return measures::located;
    return is_among(state, {missing::reported, missing::active}) ? measures::away : measures::over;
}

void keep_episode(const Desk&, Transaction& transaction, const casework::CaseHead& head, UtcTime)
{
    const auto loaded = casework::load_case(transaction, missing::episode_type(), head.id);
    const auto& episode = *static_cast<const missing::Episode*>(loaded->facts.get());
    const bool is_back = standing_of(loaded->head.state) == measures::over;
    measures::keep(transaction,
                   measures::EpisodeFigure{.id = head.id,
                                           .child = episode.child,
                                           .force = episode.force,
                                           .began_at = missing::began_at(episode),
                                           .stands = std::string(standing_of(loaded->head.state)),
                                           .level = std::string(missing::level_of(episode)),
                                           .was_reported = episode.was_reported.value_or(true),
                                           .was_regraded = was_regraded(episode),
                                           .barrier = episode.late_because,
                                           .care = care_of(transaction, episode),
                                           .distance = is_back ? episode.found_distance : std::string()},
                   identity::members_of(transaction, episode.child));
}

std::string age_group(const std::optional<records::Child>& record, UtcTime at)
{
    const auto age = record ? records::age_on(record->born, clocks::london_day(at)) : std::nullopt;
    if (!age) return "age_not_known";
    if (*age < 12) return "under_12";
    return *age < 15 ? "12_14" : "15_17";
}

std::string area_group(const std::optional<records::Child>& record)
{
    if (!record || record->responsible_authority.is_none() || record->host_authority.is_none()) return "area_not_known";
    return record->responsible_authority == record->host_authority ? "in_area" : "out_of_area";
}

void keep_interview(const Desk&, Transaction& transaction, const casework::CaseHead& head, UtcTime)
{
    constexpr auto in_time = hours{72};
    const auto loaded = casework::load_case(transaction, interviews::interview_type(), head.id);
    const auto& interview = *static_cast<const interviews::Interview*>(loaded->facts.get());
    const auto returned = interview.returned_at.value_or(loaded->head.opened_at);
    const auto record = record_for_counts(transaction, interview.child);
    const auto team = accounts::find_team(transaction, interview.desk);
    const bool said_yes = std::ranges::any_of(interview.offers, [](const auto& one) { return one.answer == "yes"; });
    measures::keep(transaction,
                   measures::InterviewFigure{
                       .id = head.id,
                       .force = interview.force,
                       .provider = team ? team->agency : interview.authority,
                       .returned_at = returned,
                       .age = age_group(record, returned),
                       .area = area_group(record),
                       .was_offered = !interview.offers.empty(),
                       .was_accepted = said_yes || interview.held_at.has_value(),
                       .was_held = interview.held_at.has_value(),
                       .is_in_72_hours = interview.held_at && *interview.held_at - returned <= in_time,
                       .is_shared = !interview.shared.empty(),
                       .is_acted_upon = !interview.shared.empty() && loaded->head.state == interviews::actioned,
                   });
}

} // namespace

std::vector<casework::Consequence> consequences_for_figures()
{
    std::vector<casework::Consequence> all;
    for (const auto& action : missing::episode_type().actions)
        all.push_back({missing::episode_type().name, action.name, keep_episode});
    for (const auto& action : interviews::interview_type().actions)
        all.push_back({interviews::interview_type().name, action.name, keep_interview});
    return all;
}

void keep_figures_of_before(const Desk& desk, UtcTime now)
{
    constexpr std::size_t at_once = 500;
    for (const auto* type : {&missing::episode_type(), &interviews::interview_type()}) {
        std::size_t kept = at_once;
        while (kept == at_once)
            desk.database.write([&](Transaction& transaction) {
                const auto ids = measures::not_kept_yet(transaction, type->name, at_once);
                for (const auto id : ids) {
                    const auto head = casework::load_head(transaction, id);
                    (type == &missing::episode_type() ? keep_episode : keep_interview)(desk, transaction, head, {});
                }
                if (ids.size() < at_once) measures::note_all_kept(transaction, type->name, now);
                kept = ids.size();
            });
    }
}

} // namespace reachable::app
