// How a child leaves custody: the plan for the release, and what children's services are told of it (capability D,
// "Release plan fields" and "Pass-back to LA").
#pragma once

#include "capabilities/custody/conversation.h"
#include "casework/desk.h"

namespace reachable::custody {

/// One topic of the plan, as dated data describes it: its words stand in the desk's lists, and live as long.
struct ReleaseTopic {
    std::string_view number; // "R04"
    std::string_view topic;  // "Debt, threats and retaliation"
    std::string_view hint;
    std::string_view category;
    std::string_view label;
};
/// The topics in force on that day, in their order.
std::vector<ReleaseTopic> release_topics_on(const casework::Desk& desk, CivilDate day);

/// What the plan says on a topic; null: nothing yet.
const ReleaseLine* find_release_line(const Conversation& facts, std::string_view topic);

/// "All answered before release": the topics of which the plan says nothing yet. Blank is nothing; "none" and "not
/// known" are something.
std::vector<ReleaseTopic> left_to_plan(const Conversation& facts, std::span<const ReleaseTopic> topics);

/// When the desk has done all that it was asked for: it answered, and once the child had left it read what was passed
/// back. Nothing while something is awaited of it.
std::optional<UtcTime> desk_is_done(const Conversation& facts);
/// When custody's part is over: the child left, and that was recorded. Nothing while the child is here.
std::optional<UtcTime> departure_is_over(const Conversation& facts);

/// What is still owed to a child who has left, each in words: "pass-back owed", "answers owed". Empty while the child
/// is here, and once children's services have answered and read.
std::vector<std::string> owed_after_leaving(const Conversation& facts);

// Changes that the declaration names.
/// "Exception needs INSP + reason": an inspector may say why the child leaves before the plan is whole.
Result<> note_release_plan(Conversation& facts, const Conversation& before, Context& context);
/// S3: the question "did you have to repeat?" is offered by a card on release (R-K-05).
Result<> note_card_given(Conversation& facts, const Conversation& before, Context& context);
Result<> note_departure(Conversation& facts, const Conversation& before, Context& context);
Result<> note_passed_back(Conversation& facts, const Conversation& before, Context& context);
Result<> note_passed_back_now(Conversation& facts, const Conversation& before, Context& context);
/// Once the request goes on to another authority, that one is to read what was passed back.
void pass_on_what_was_passed_back(const Conversation& facts, Context& context);
/// "LA acknowledges and names next step."
Result<> note_pass_back_read(Conversation& facts, const Conversation& before, Context& context);

// What a clock asks.
/// Since when custody has something to pass back: the child left, or more was passed back after the first was read.
std::optional<UtcTime> something_to_pass_back(const void* facts);

} // namespace reachable::custody
