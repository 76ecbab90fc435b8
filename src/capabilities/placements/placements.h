// What this capability offers to app/: notices of placements out of the area.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::placements {

const casework::CaseType& placement_type();

/// True if somebody of that role tells of placements, for the authority that answers for the child.
bool tells_of_placements(accounts::Role role);
/// True if somebody of that role acknowledges what their authority or force is told.
bool is_told_of_placements(accounts::Role role);
/// Which notices somebody of that role is asked to acknowledge.
casework::Whose whose_placements(accounts::Role role);

std::string_view log_words(std::string_view action);
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();
/// /placements, /placements/{id} and /children/{id}/placements/new.
void add_pages(web::Router& router, const derived::Site& site);

// What an act brings about with the notice to the force (app/consequences): it is opened, changed and ended with the
// one to the authority. A refusal has its entry in the log, and holds up nothing else.
void tell_the_force(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& notice,
                    UtcTime now);
void change_both(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& notice,
                 UtcTime now);
void end_both(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& notice,
              UtcTime now);

/// The notice to the force that belongs to this one to an authority; none: no force was told.
CaseId notice_to_the_force(storage::Transaction& transaction, CaseId first, ChildId child);

} // namespace reachable::placements
