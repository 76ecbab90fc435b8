// The flags of adults and places around a child: proposed from an encounter, and shown in the child's safety summary.
#pragma once

#include "capabilities/flags/concern.h"
#include "casework/desk.h"
#include "lists/lists.h"

namespace reachable::flags {

struct StandingConcern {
    casework::CaseHead head;
    Concern concern;
};

void remember_concern(storage::Transaction& transaction, AgencyId owner, CaseId concern);
/// Those around that child, as they stood at that moment if one is named; declined and removed ones too.
std::vector<StandingConcern> concerns_around(storage::Transaction& transaction, ChildId child,
                                             std::optional<UtcTime> as_of = std::nullopt);
/// True if the safety summary of a child shows it: it stands, or it is safety-critical and being checked.
bool is_shown_around(const lists::DatedLists& lists, const StandingConcern& one);
/// "being checked", "out of date since …"; empty for one that simply stands.
std::string standing_words(const StandingConcern& one, CivilDate today);

/// True if both name one place: the words of one stand in the other ("9 Quay Row", "Flat 2, 9 quay row, Saltby"), and
/// say more than a street. Of people nothing alike is asked: one description fits many.
bool is_one_place(std::string_view one, std::string_view other);

} // namespace reachable::flags
