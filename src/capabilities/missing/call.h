// A call that ended before a report was made (2.42, R-B-13): when, from which number, and how far it came. Somebody
// rings back within ten minutes. What comes of it is a report, an absence that is learnt of later, or a reason why
// neither.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::missing {

/// Somebody rang back, and what came of it.
struct RungBack {
    std::string answer; // missing.rung_back
    casework::Narrative words;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

struct Call {
    std::optional<UtcTime> call_started_at;
    std::string number;
    std::string name_said;
    std::string how_far; // missing.questions
    casework::Narrative said;
    // Noted by the service:
    std::optional<UtcTime> ended_at;
    AgencyId force;
    TeamId team;
    WorkerId taken_by;
    std::vector<RungBack> rung_back;
    std::string episode;        // the reference of the episode that it was joined to
    std::string closed_because; // missing.call_ends
    std::optional<UtcTime> closed_at;
};

inline constexpr std::string_view to_ring_back = "to_ring_back";
inline constexpr std::string_view joined = "joined";
inline constexpr std::string_view given_up = "given_up";

/// What is longer was left open on a screen.
constexpr auto longest_call = hours{6};

// Conditions and changes (calls.cpp).
Result<> the_call_can_be_noted(const Call& call, const casework::Context& context);
Result<> it_joins_an_episode(const Call& call, const casework::Context& context);
Result<> note_call(Call& call, const Call& before, casework::Context& context);
Result<> note_ring(Call& call, const Call& before, casework::Context& context);
Result<> note_end_of_call(Call& call, const Call& before, casework::Context& context);

} // namespace reachable::missing
