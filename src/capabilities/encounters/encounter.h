// A police encounter: the police met a child who is not in custody. Where, with whom and how far from home is always
// asked, and children's services are always told (R-A-08), for whether a placement keeps a child safe shows in it. It
// types no child (R-A-07) and grades none (G-01).
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::encounters {

using casework::Context;
using casework::Narrative;

/// Somebody who was with the child. No record of their own.
struct Companion {
    std::string who;      // a name or a description
    std::string age;      // encounters.companion_ages
    std::string relation; // encounters.relations
    // Noted by the service:
    std::optional<UtcTime> at;
};

/// What an officer saw and heard. More is added, and nothing written is ever changed.
struct Noticed {
    Narrative words;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

/// The child's own words (R-X-09), in the order in which they were written down.
struct Said {
    Narrative words;
    std::string setting;
    std::string language;
    std::string interpreter;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

struct Encounter {
    ChildId child;
    std::string name_given; // "Name not known" is an answer
    std::optional<PartialDate> born_given;
    std::string age_status; // age_status
    std::optional<UtcTime> met_at;
    std::string met_precision; // encounters.precisions (R-X-03)
    std::string kind;          // encounters.kinds
    // Always asked (R-A-08):
    std::string place;
    std::string distance; // encounters.distances
    std::string company;  // encounters.company
    std::vector<Companion> companions;
    std::string lives_in;           // the town or area, as far as it is known
    std::string lives_elsewhere;    // encounters.areas: in the area of another force
    std::vector<std::string> signs; // encounters.signs
    std::vector<Noticed> seen;
    std::vector<Said> child_said;
    Narrative health_seen;
    std::string where_now; // encounters.whereabouts
    std::optional<UtcTime> protected_at;
    Narrative debt_plan; // what is done about what the child is said to owe
    // R-D-10:
    Narrative who_benefits;
    Narrative who_sent;
    Narrative who_pays;
    Narrative who_threatens;
    std::string considered; // encounters.considered
    Narrative considered_because;
    // Noted by the service:
    AgencyId force;
    TeamId team;
    WorkerId recorded_by;
    std::optional<UtcTime> recorded_at;
    AgencyId authority; // which was told; as the officer says, where nothing on record does
    TeamId desk;
    std::optional<UtcTime> told_at;
    // Children's services:
    Narrative not_ours_because;
    Narrative next_step;
    std::optional<UtcTime> next_step_by;
    std::optional<UtcTime> answered_at;
    // How it ends:
    std::vector<std::string> results; // encounters.results
    Narrative close_words;
    std::optional<UtcTime> closed_at;
};

inline constexpr std::string_view told = "told";
inline constexpr std::string_view answered = "answered";
inline constexpr std::string_view closed = "closed";

// Conditions (rules.cpp).
Result<> what_is_always_asked_is_answered(const Encounter& encounter, const Context& context);
Result<> something_is_added(const Encounter& encounter, const Context& context);
Result<> it_is_decided_with_a_reason(const Encounter& encounter, const Context& context);
Result<> something_came_of_it(const Encounter& encounter, const Context& context);

// Changes (changes.cpp).
Result<> note_encounter(Encounter& encounter, const Encounter& before, Context& context);
Result<> note_addition(Encounter& encounter, const Encounter& before, Context& context);
Result<> note_next_step(Encounter& encounter, const Encounter& before, Context& context);
Result<> pass_to_another_authority(Encounter& encounter, const Encounter& before, Context& context);
Result<> note_correction(Encounter& encounter, const Encounter& before, Context& context);
Result<> note_end(Encounter& encounter, const Encounter& before, Context& context);

// What the clocks ask (rules.cpp).
bool signs_wait_for_a_decision(const void* facts);

bool shows_signs(const Encounter& encounter);
bool has_sign(const Encounter& encounter, std::string_view sign);

} // namespace reachable::encounters
