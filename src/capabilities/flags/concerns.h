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
/// True if the safety summary of a child shows it: it stands, disputed or not, or it is safety-critical and being
/// checked.
bool is_shown_around(const lists::DatedLists& lists, const StandingConcern& one);
/// "being checked", "disputed by the adult whom it is about", "out of date since …"; empty for one that simply stands.
std::string standing_words(const lists::DatedLists& lists, const StandingConcern& one, CivilDate today);
/// Those of a force that are disputed now, in no order. For whoever looks at each of them (`casework::look`).
std::vector<CaseId> disputed_concerns_of(storage::Transaction& transaction, AgencyId owner);
/// True if that place has an open flag of that code in that force already.
bool is_flagged_already(const casework::Desk& desk, storage::Transaction& transaction, AgencyId owner,
                        std::string_view code, std::string_view place, UtcTime now);

/// True if the words name one place and not many: a house number, or three words at least.
bool says_which_place(std::string_view words);
/// True if the flag of that code is of a place, and not of an adult.
bool is_of_places(const casework::Desk& desk, std::string_view code, UtcTime now);
/// True if both name one place: the words of one stand in the other ("9 Quay Row", "Flat 2, 9 quay row, Saltby"), and
/// say more than a street. Of people nothing alike is asked: one description fits many.
bool is_one_place(std::string_view one, std::string_view other);

} // namespace reachable::flags
