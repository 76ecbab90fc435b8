// The appropriate adult: who was asked, who is here, who has left, and how long the child has waited for one (R-D-11:
// true times). Whoever shares a word with somebody to keep away is
// taken only with a second look.
#pragma once

#include "capabilities/custody/rules.h"

#include <functional>

namespace reachable::custody {

/// True if somebody is with the child now as appropriate adult.
bool has_an_adult(const Conversation& facts);

/// "Mrs Ward, aunt, asked 20:44 BST, here since 21:10 BST", with each time in the words of `time_words`; what was never
/// recorded says so.
std::string adult_words(const Conversation& facts, const std::function<std::string(UtcTime)>& time_words);

/// The words of `who` that also stand in what children's services say of people to keep away (Q15) or in a new fact
/// about them: "uncle". Short words and names as common as "the" are passed over.
std::vector<std::string> like_somebody_to_keep_away(const Conversation& facts, std::string_view who);

/// True if what the service says of the adult differs.
bool says_the_same_of_the_adult(const Conversation& a, const Conversation& b);

/// What is new of the appropriate adult is to be read, and the suite is told. False: nothing is.
bool tell_of_the_adult(Conversation& facts, const Conversation& before, Context& context);

/// A correction gives nobody a second look, so it never makes somebody to keep away the appropriate adult.
Result<> corrected_adult_is_nobody_to_keep_away(const Conversation& facts, const Conversation& before);

// Changes that the declaration names.
Result<> note_adult_asked(Conversation& facts, const Conversation& before, Context& context);
/// Also of an adult whom nobody asked here: they came with the child, and no clock has run.
Result<> note_adult_here(Conversation& facts, const Conversation& before, Context& context);
Result<> note_adult_gone(Conversation& facts, const Conversation& before, Context& context);

// What the clock asks.
/// Since when the child waits: since the first who was asked and did not come, and not before the one who was here
/// left.
std::optional<UtcTime> adult_awaited_since(const void* facts);
/// When that wait ended: somebody came, or the child left.
std::optional<UtcTime> adult_wait_ended(const void* facts);

} // namespace reachable::custody
