// What a change of the policy changes, found by asking both texts and told in English: who gains or loses what.
#pragma once

#include "policy/text_policy.h"

namespace reachable::policy {

/// One sentence for each change, gains first. Empty: both decide alike everything that is asked here, namely each task
/// that a rule of either text names, with no relationship, each one and each pair, for each mark of the record and for
/// broken glass. Changes of words that decide nothing (titles, legal bases, proofs, ends) are told after them.
std::vector<std::string> diff(const TextPolicy& before, const TextPolicy& after);

/// True if no request in a wider enumeration is decided differently: also with all relationships, with marks together,
/// and at the edges of what broken glass needs. Rules' numbers and sentences do not count.
bool decide_alike(const TextPolicy& before, const TextPolicy& after);

} // namespace reachable::policy
