// What an act about an observation notes, and who is told of it.
#include "accounts/accounts.h"
#include "capabilities/observations/observation.h"
#include "casework/search.h"
#include "records/given.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::observations {
namespace {

using accounts::Role;
using enum ProblemKind;

void tell_the_police(Context& context, const char* notice)
{
    context.notices.push_back({.code = notice, .role = Role::MPC, .to_partner = true});
    context.notices.push_back({.code = notice, .role = Role::INSP, .to_partner = true});
}

void tell_the_observer(const Observation& observation, Context& context, const char* notice)
{
    const auto role = accounts::role_from(observation.observer_role);
    CHECK(role.has_value(), "an observation notes no role");
    context.notices.push_back({.code = notice, .role = *role});
}

/// A child whom the observer works with stands on their own list. Any other record is as good as none: an observation
/// is no way to ask whether a child is known.
Result<> the_child_is_on_their_list(const Observation& observation, const Context& context)
{
    const auto own = ties::list_of(context.transaction, context.session.worker, context.now);
    if (std::ranges::find(own, observation.child) == own.end() ||
        !casework::is_open_to(context, observation.child, "observation.submit"))
        return refuse(not_found, "There is no such child on your list. Write the child's name", "child");
    return {};
}

void open_a_record_of_the_child(Observation& observation, Context& context)
{
    auto record = records::new_record(observation.name_given, observation.born_given, {},
                                      {.agency = context.session.agency,
                                       .recorded_at = context.now,
                                       .known_by = "somebody who works with the child"});
    observation.child = record.child;
    context.writes.push_back(record.storing("observed by a partner", context.session.worker, context.now));
}

} // namespace

Result<> note_observation(Observation& observation, const Observation&, Context& context)
{
    const auto force = accounts::find_agency(context.transaction, observation.force);
    if (!force || force->kind != accounts::AgencyKind::police_force)
        return refuse(missing, "Choose the police force of the area in which the child lives", "force");
    if (observation.child.is_none())
        open_a_record_of_the_child(observation, context);
    else
        TRY(the_child_is_on_their_list(observation, context));
    observation.agency = context.session.agency;
    observation.team = context.session.team;
    observation.observer = context.session.worker;
    observation.observer_role = accounts::code_of(context.session.role);
    observation.recorded_at = context.now;
    tell_the_police(context, "observation.submitted");
    return {};
}

/// What is added after the police said that they have it comes to them as a new one does.
Result<> note_addition(Observation& observation, const Observation& before, Context& context)
{
    if (observation.additions.size() != before.additions.size() + 1)
        return refuse(missing, "Add one thing at a time", "additions");
    auto& added = observation.additions.back();
    if (!before.additions.empty() && before.additions.back().words == added.words &&
        before.additions.back().quoted == added.quoted)
        return refuse(out_of_order, "This is written down already", "additions-words");
    added.by = context.session.worker;
    added.at = context.now;
    if (context.state != submitted) context.next_state = submitted;
    observation.acknowledged_at.reset();
    tell_the_police(context, "observation.added");
    return {};
}

Result<> note_acknowledgement(Observation& observation, const Observation&, Context& context)
{
    observation.acknowledged_at = context.now;
    tell_the_observer(observation, context, "observation.acknowledged");
    return {};
}

Result<> note_assessment(Observation& observation, const Observation&, Context& context)
{
    observation.assessed_at = context.now;
    return {};
}

/// "USED/RETAINED": what helped was used; anything else is kept, for it may be relevant still (R-H-05).
Result<> note_feedback(Observation& observation, const Observation&, Context& context)
{
    observation.told_at = context.now;
    context.next_state = observation.helped == "yes" ? used : retained;
    tell_the_observer(observation, context, "observation.told");
    return {};
}

} // namespace reachable::observations
