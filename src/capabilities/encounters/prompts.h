// What the page of an encounter says because of what was recorded (G-02): each prompt is a rule with a name, and its
// words, its text and who approved it are dated data (data/encounters/prompts.csv). No prompt grades a child, and none
// decides anything.
#pragma once

#include "capabilities/encounters/encounter.h"

namespace reachable::encounters {

/// Codes of encounters.prompts, in the order in which they are shown.
std::vector<std::string_view> prompts_of(const Encounter& encounter);

/// A flag that the service proposes because of what was recorded; the owner decides on it (G-03).
struct Proposed {
    std::string_view code;
    std::string because;
};
/// "It opens … CCE_CON proposed, MSHT_IND" and, of a debt, DEBT: from what was recorded and nothing else.
std::vector<Proposed> flags_proposed_by(const Encounter& encounter);

/// "On arrest, found, injured, or NRM indicator the system opens an offer" (reachable moment, 4.D).
bool is_a_reachable_moment(const Encounter& encounter);
/// Support within 24 hours and not within five working days.
bool is_at_risk(const Encounter& encounter);

} // namespace reachable::encounters
