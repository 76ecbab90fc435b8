// A notice that a child is placed out of the area of the authority that answers for them (R-B-06, C15): to one
// receiver, the authority or the police force of the area in which the child lives now. Each acknowledges for itself.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::placements {

using casework::Context;
using casework::Narrative;

/// The receiver knows of the child, and says what they do.
struct Acknowledged {
    Narrative action;
    // Noted by the service:
    std::string by; // their role in words
    std::optional<UtcTime> at;
};

struct Placement {
    ChildId child;
    std::string kind; // placements.kinds
    std::optional<UtcTime> starts_at;
    std::string where;
    std::string home; // placements.homes
    AgencyId host_authority;
    AgencyId host_force;      // none: no force of that area uses the service
    std::string worker;       // who answers for the child, and their number
    std::string out_of_hours; // whom to ring at night
    Narrative history;        // of absences and of exploitation
    Narrative avoid;          // people and places
    std::string profile;      // where the profile of the child is kept
    std::string because_changed;
    // Noted by the service:
    AgencyId authority; // that answers for the child
    TeamId desk;
    std::string receiver; // "authority" or "force"
    AgencyId told;
    TeamId told_team;
    CaseId first; // of a notice to a force: the one to the authority
    std::optional<UtcTime> told_at;
    std::optional<UtcTime> changed_at;
    std::vector<Acknowledged> acknowledged;
    Narrative end_words;
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view told = "told";
inline constexpr std::string_view acknowledged = "acknowledged";
inline constexpr std::string_view ended = "ended";

inline constexpr std::string_view to_authority = "authority", to_force = "force";

// Conditions (rules.cpp).
Result<> the_notice_is_whole(const Placement& placement, const Context& context);
Result<> the_change_is_whole(const Placement& placement, const Context& context);
Result<> the_home_authority_acts(const Placement& placement, const Context& context);
Result<> the_receiver_acts(const Placement& placement, const Context& context);

// Changes (changes.cpp).
Result<> note_notice(Placement& placement, const Placement& before, Context& context);
Result<> note_passed_on(Placement& placement, const Placement& before, Context& context);
Result<> note_acknowledgement(Placement& placement, const Placement& before, Context& context);
Result<> note_change(Placement& placement, const Placement& before, Context& context);
Result<> note_end(Placement& placement, const Placement& before, Context& context);

// What the clocks ask (rules.cpp).
bool is_planned(const void* facts);
bool is_an_emergency(const void* facts);
std::optional<UtcTime> when_the_child_moves(const void* facts);

} // namespace reachable::placements
