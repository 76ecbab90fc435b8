// When an observation, or what is added to one, is whole; each rule with its words.
#include "capabilities/observations/observation.h"
#include "clocks/london.h"
#include "records/child.h"

namespace reachable::observations {
namespace {

using enum ProblemKind;

/// A child by name: only a certain adult is refused (R-X-05).
void check_the_child(const Observation& observation, const Context& context, Problems& problems)
{
    if (observation.child.is_none() && observation.name_given.empty())
        problems.push_back({missing, "Write the name of the child", "name_given"});
    if (!observation.born_given) return;
    const auto day = clocks::london_day(context.now);
    if (observation.born_given->earliest() > day)
        problems.push_back({malformed, "The date of birth must be in the past", "born_given"});
    else if (!records::is_child_on(records::Child{.born = observation.born_given}, day))
        problems.push_back({malformed, "By this date of birth the person is 18 or over. Check the date", "born_given"});
}

} // namespace

/// 4.H: "date, time, place; how you know". What was seen may have been long ago: no limit is set to that.
Result<> the_observation_is_whole(const Observation& observation, const Context& context)
{
    Problems problems;
    check_the_child(observation, context, problems);
    if (observation.observed_at && *observation.observed_at > context.now)
        problems.push_back({malformed, "What you saw or heard must lie in the past", "observed_at"});
    return refuse_if_any(std::move(problems));
}

/// "Append-only; corrections as additions."
Result<> the_addition_is_whole(const Observation& observation, const Context&)
{
    if (observation.additions.empty()) return refuse(missing, "Write down what you add", "additions-words");
    Problems problems;
    const auto& added = observation.additions.back();
    if (added.is_what.empty())
        problems.push_back({missing, "Say whether it is new or puts something right", "additions-is_what"});
    if (added.words.words.empty()) problems.push_back({missing, "Write down what you add", "additions-words"});
    return refuse_if_any(std::move(problems));
}

bool waits_for_the_police(const void* facts)
{
    return !static_cast<const Observation*>(facts)->acknowledged_at;
}

} // namespace reachable::observations
