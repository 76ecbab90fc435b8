// What acts about an episode share: who leads and looks for the child, and who is told.
#pragma once

#include "capabilities/missing/episode.h"

namespace reachable::missing {

void tell(Context& context, std::string_view code, std::initializer_list<accounts::Role> own,
          std::initializer_list<accounts::Role> partner);
/// The team of a force that coordinates the search for missing children, or else whoever answers for its work.
std::optional<TeamId> coordinators_of(storage::Transaction& transaction, AgencyId force);
/// R-B-07: whoever is to look for the child sees the episode and the safety summary from now on.
void look_for_the_child(Episode& episode, AgencyId force, Context& context);
void stop_looking(const Episode& episode, UtcTime at, Context& context);
/// Scenario 1: the force in whose area the child lives is told and sees the episode, whoever leads it.
void tell_the_home_force(Episode& episode, Context& context, const char* notice);
/// Who is responsible for the child by any record open to this person goes before what somebody says, and where the
/// child lives before where they were last seen.
void note_the_authority(Episode& episode, Context& context);

} // namespace reachable::missing
