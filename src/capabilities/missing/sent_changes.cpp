// What follows from an episode that a force's own system sent. What is over there is over here: nobody is asked to do
// what was to be done in the past. A child who is away still is looked for by everybody who would look for them after a
// report, and clocks run if the force's duties had begun.
#include "base/text.h"
#include "capabilities/missing/absences.h"
#include "capabilities/missing/changes.h"
#include "capabilities/missing/sent_batch.h"
#include "clocks/london.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::missing {
namespace {

using accounts::Role;
using storage::Transaction;

constexpr std::string_view graded_there = "As the force's own system says";

/// Levels that people set here stay; those that were sent before are replaced by what is sent now.
void take_levels(Episode& episode)
{
    std::erase_if(episode.grades, [](const Graded& one) { return one.because.words == graded_there; });
    for (const auto line : split(episode.levels_sent.words, '\n')) {
        const auto blank = line.find(' ');
        if (blank == std::string_view::npos) continue;
        const auto at = parse_utc(line.substr(blank + 1));
        CHECK(at.has_value(), "a level that was sent has no time");
        episode.grades.push_back({.level = std::string(line.substr(0, blank)),
                                  .considered = {},
                                  .because = {std::string(graded_there)},
                                  .lower_because = {},
                                  .by = {},
                                  .at = *at});
    }
    std::ranges::stable_sort(episode.grades, {}, [](const Graded& one) { return one.at.value_or(UtcTime{}); });
}

std::string_view open_state_of(const Episode& episode)
{
    if (episode.located_at) return located;
    return episode.grades.empty() ? reported : active;
}

void tell_of_the_level(const Episode& episode, Context& context)
{
    if (level_of(episode) == "high")
        tell(context, "missing.high", {Role::INSP, Role::MPC}, {Role::LADM});
    else
        tell(context, "missing.graded", {Role::MPC}, {});
}

void keep(const Episode& episode, Context& context)
{
    context.writes.push_back(
        [id = context.case_id,
         state = std::string(context.next_state == casework::same_state ? context.state : context.next_state),
         is_new = context.state == casework::nothing_yet, episode](Transaction& transaction) {
            keep_absence(transaction, id, state, episode);
            if (auto* taken = PuttingDown::here()) taken->push_back({id, state, episode, is_new});
        });
}

bool is_live_return(const Episode& episode)
{
    return episode.returned_at && episode.is_live.value_or(false);
}

void tell_of_the_return(const Episode& episode, Context& context)
{
    if (is_live_return(episode))
        tell(context, "missing.returned", {Role::MPC, Role::RESP, Role::CALL}, {Role::EDT, Role::LADM});
}

void take_the_living(Episode& episode, Context& context)
{
    context.next_state = open_state_of(episode);
    note_the_authority(episode, context);
    look_for_the_child(episode, episode.force, context);
    if (!episode.is_live.value_or(false)) return;
    tell_the_home_force(episode, context, "missing.reported");
    tell(context, "missing.reported", {Role::MPC, Role::RESP}, {Role::EDT, Role::LADM});
    if (!episode.grades.empty()) tell_of_the_level(episode, context);
}

} // namespace

Result<> take_what_was_sent(Episode& episode, const Episode&, Context& context)
{
    episode.was_reported = true;
    take_levels(episode);
    if (!episode.reclassified_because.words.empty()) {
        context.next_state = reclassified;
        episode.closed_at = episode.returned_at.value_or(context.now);
    } else if (episode.returned_at) {
        context.next_state = closed;
        episode.closed_at = episode.returned_at;
        if (is_live_return(episode)) note_the_authority(episode, context);
        tell_of_the_return(episode, context);
    } else
        take_the_living(episode, context);
    keep(episode, context);
    return {};
}

Result<> change_what_was_sent(Episode& episode, const Episode& before, Context& context)
{
    take_levels(episode);
    if (context.state == closed && episode.returned_at != before.returned_at) episode.closed_at = episode.returned_at;
    if (before.returned_at && episode.returned_at && *episode.returned_at != *before.returned_at)
        context.writes.push_back([id = context.case_id, was = *before.returned_at, at = *episode.returned_at](
                                     Transaction& transaction) { ties::move_end_of_ties(transaction, id, was, at); });
    const bool is_away = context.state == reported || context.state == active || context.state == located;
    if (is_away && open_state_of(episode) == located && context.state != located) context.next_state = located;
    if (is_away && episode.is_live.value_or(true)) tell(context, "missing.from_system", {Role::MPC}, {Role::EDT});
    keep(episode, context);
    return {};
}

Result<> grade_as_sent(Episode& episode, const Episode&, Context& context)
{
    take_levels(episode);
    context.next_state = episode.located_at ? located : active;
    if (episode.is_live.value_or(true)) tell_of_the_level(episode, context);
    keep(episode, context);
    return {};
}

Result<> end_as_sent(Episode& episode, const Episode&, Context& context)
{
    take_levels(episode);
    stop_looking(episode, *episode.returned_at, context);
    episode.offered_to = {};
    episode.offered_at.reset();
    episode.closed_at = episode.returned_at;
    tell_of_the_return(episode, context);
    keep(episode, context);
    return {};
}

Result<> withdraw_as_sent(Episode& episode, const Episode& before, Context& context)
{
    const bool was_away = !before.returned_at && !before.closed_at;
    if (was_away) stop_looking(episode, context.now, context);
    episode.closed_at = context.now;
    if (was_away && episode.is_live.value_or(true)) tell(context, "missing.from_system", {Role::MPC}, {Role::EDT});
    keep(episode, context);
    return {};
}

} // namespace reachable::missing
