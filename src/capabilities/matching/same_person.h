// Whether two children's records are one child: what a person who decides has in front of them, what was decided, and
// how it is taken back. Capability A of the specification, identity; rules R-A-01, R-A-02, R-A-05 and R-A-06.
#pragma once

#include "casework/declare.h"
#include "identity/people.h"

namespace reachable::matching {

using casework::Context;
using casework::Narrative;

/// The question, and its answer. Nothing here joins two records: what is decided goes into the log of decisions
/// (identity/people.h) with the same act, and can be taken back.
struct SamePerson {
    ChildId child;
    ChildId other;
    Narrative why_asked; // when a person asks
    // Noted by the service:
    std::string found_by; // matching.found_by
    WorkerId opened_by;
    AgencyId holder; // who holds the record of `child`
    TeamId holder_team;
    AgencyId other_holder; // who holds that of `other`, if it is another organisation
    TeamId other_team;
    Narrative in_favour; // as it stood when the question was opened, a reason each line
    Narrative against;
    std::optional<bool> may_be_siblings;
    std::optional<bool> has_contradictory_identifiers;
    // The decision:
    Narrative reason;
    std::string proof;    // matching.proofs
    std::string decision; // same, different, cannot_tell
    WorkerId decided_by;
    AgencyId decided_for;
    std::optional<UtcTime> decided_at;
    WorkerId confirmed_by; // where a second person was needed
    // Taking it back:
    Narrative undo_reason;
    WorkerId undo_proposed_by;
    AgencyId undo_proposed_for;
    std::optional<UtcTime> undo_proposed_at;
    WorkerId undo_confirmed_by;
    std::optional<UtcTime> undone_at;
};

inline constexpr std::string_view to_be_decided = "to be decided";
inline constexpr std::string_view to_be_confirmed = "to be confirmed";
inline constexpr std::string_view one_child = "one child";
inline constexpr std::string_view different_children = "different children";
inline constexpr std::string_view cannot_tell = "cannot tell";
inline constexpr std::string_view undoing_proposed = "undoing proposed";
inline constexpr std::string_view parted = "parted";
inline constexpr std::string_view undone = "undone"; // a decision that they are different: they are asked about anew

/// The kind of case that says that a child is in custody now, as long as it is open.
inline constexpr std::string_view custody_case = "custody";

// What each act brings about; changes.cpp. What the log of decisions would refuse is refused before anything is
// written.
Result<> ask_whether_they_are_one(SamePerson& pair, const SamePerson&, Context& context);
Result<> note_custody(SamePerson& pair, const SamePerson&, Context& context);
Result<> look_again(SamePerson& pair, const SamePerson&, Context& context);
Result<> decide_same(SamePerson& pair, const SamePerson&, Context& context);
Result<> confirm_same(SamePerson& pair, const SamePerson&, Context& context);
Result<> decide_different(SamePerson& pair, const SamePerson&, Context& context);
Result<> decide_cannot_tell(SamePerson& pair, const SamePerson&, Context& context);
Result<> propose_undoing(SamePerson& pair, const SamePerson&, Context& context);
Result<> confirm_undoing(SamePerson& pair, const SamePerson&, Context& context);
Result<> keep_as_decided(SamePerson& pair, const SamePerson&, Context& context);

} // namespace reachable::matching
