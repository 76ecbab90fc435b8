// Charged and refused bail: a child does not spend the night in a cell unless the custody officer certifies why (PACE
// 1984, section 38(6)). The authority is asked for a bed at once, and the clock C07 goes on until a bed is found or the
// certificate is given (R-D-09).
#pragma once

#include "capabilities/custody/conversation.h"

namespace reachable::custody {

inline constexpr std::string_view bed_clock = "C07";

/// How it stands with the bed of a child who was charged and refused bail.
enum class BedStands { not_asked, awaited, found, certified };
BedStands how_the_bed_stands(const Conversation& facts);
/// True if a certificate waits for an inspector.
bool is_to_be_reviewed(const Conversation& facts);
/// One sentence of it, for the brief, the plan and the pass-back; empty where the child was not refused bail.
std::string bed_in_words(const Conversation& facts);

// Changes that the declaration names.
/// "LA bed request at once": recording the refusal of bail is the request. Again, when a bed fell through.
Result<> note_bed_asked_for(Conversation& facts, const Conversation& before, Context& context);
/// The authority's answer, from its desk or typed in by custody from a phone call.
Result<> note_bed_reply(Conversation& facts, const Conversation& before, Context& context);
/// Section 38(6)(a) and (b): "impracticable", or no secure bed for a child of 12 or more from whom the public must be
/// protected against serious harm.
Result<> note_certificate(Conversation& facts, const Conversation& before, Context& context);
/// R-D-09: "inspector review".
Result<> note_certificate_reviewed(Conversation& facts, const Conversation& before, Context& context);

// What the clock asks.
std::optional<UtcTime> bail_was_refused(const void* facts);
std::optional<UtcTime> bed_wait_ended(const void* facts);
/// "Bed confirmed or certificate given"; or the child has left.
bool bed_is_no_longer_awaited(const void* facts);
bool bed_is_awaited(const void* facts);

} // namespace reachable::custody
