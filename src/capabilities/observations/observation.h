// A partner's observation (7.10, capability H): what somebody who is not of the police saw or heard of a child they
// work with. It is only added to. The police acknowledge it, assess it, and tell the observer whether it helped.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::observations {

using casework::Context;
using casework::Narrative;

/// What came later, or puts right what was wrong; what stood before stays.
struct Addition {
    std::string is_what; // observations.additions
    Narrative words;
    Narrative quoted;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

struct Observation {
    ChildId child;
    std::string name_given;
    std::optional<PartialDate> born_given;
    std::optional<UtcTime> observed_at;
    std::string precision; // observations.precisions (R-X-03)
    std::string kind;      // observations.kinds
    std::string place;
    Narrative seen;
    Narrative quoted;      // exact words, as they were said, and by whom
    std::string how_known; // observations.how_known
    std::string others;    // who else was there
    std::string vehicle;   // and plates, numbers, handles
    std::string originals; // where the message or the picture is kept
    std::string witness;   // observations.witness
    AgencyId force;        // whose police read it
    std::vector<Addition> additions;
    // Noted by the service:
    AgencyId agency;
    TeamId team;
    WorkerId observer;
    std::string observer_role; // a role's code
    std::optional<UtcTime> recorded_at;
    // The police:
    std::optional<UtcTime> acknowledged_at; // of all that is written down so far
    std::string assessed_as;                // observations.assessments
    Narrative assessed_because;
    std::optional<UtcTime> assessed_at;
    std::string helped; // observations.helped
    Narrative feedback;
    std::optional<UtcTime> told_at;
};

inline constexpr std::string_view submitted = "submitted";
inline constexpr std::string_view acknowledged = "acknowledged";
inline constexpr std::string_view assessed = "assessed";
inline constexpr std::string_view used = "used";
inline constexpr std::string_view retained = "retained";

// Conditions (rules.cpp).
Result<> the_observation_is_whole(const Observation& observation, const Context& context);
Result<> the_addition_is_whole(const Observation& observation, const Context& context);

// Changes (changes.cpp).
Result<> note_observation(Observation& observation, const Observation& before, Context& context);
Result<> note_addition(Observation& observation, const Observation& before, Context& context);
Result<> note_acknowledgement(Observation& observation, const Observation& before, Context& context);
Result<> note_assessment(Observation& observation, const Observation& before, Context& context);
Result<> note_feedback(Observation& observation, const Observation& before, Context& context);

// What the clock asks (rules.cpp).
bool waits_for_the_police(const void* facts);

} // namespace reachable::observations
