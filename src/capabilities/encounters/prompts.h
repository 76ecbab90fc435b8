// What the page of an encounter says because of what was recorded (G-02): each prompt is a rule with a name, and its
// words, its text and who approved it are dated data (data/encounters/prompts.csv). No prompt grades a child, and none
// decides anything.
#pragma once

#include "capabilities/encounters/encounter.h"

namespace reachable::encounters {

/// Codes of encounters.prompts, in the order in which they are shown.
std::vector<std::string_view> prompts_of(const Encounter& encounter);

/// Flags that the service proposes because of what was recorded, and of which the owner decides (G-03): "it opens …
/// CCE_CON proposed, MSHT_IND" and, of a debt, DEBT.
std::vector<std::string_view> flags_proposed_by(const Encounter& encounter);

/// Adults and places of which the service proposes a flag: "Adult A becomes POC (proposed); address EXPL (proposed)".
struct AroundTheChild {
    std::string_view code; // POC of an adult, EXPL of a place
    std::string subject;
    bool operator==(const AroundTheChild&) const = default;
};
std::vector<AroundTheChild> concerns_proposed_by(const Encounter& encounter);

/// Far from home, in the area of another force, or found with an adult who is not related: the child may be missing
/// although nobody said so (scenario 1).
bool is_away_from_home(const Encounter& encounter);

/// R-D-10: "for drugs supply, weapons, … or found far from home": whether the child may be a victim is decided on.
bool asks_to_be_considered(const Encounter& encounter);

/// "On arrest, found, injured, or NRM indicator the system opens an offer" (reachable moment, 4.D).
bool is_a_reachable_moment(const Encounter& encounter);
/// Support within 24 hours and not within five working days.
bool is_at_risk(const Encounter& encounter);

} // namespace reachable::encounters
