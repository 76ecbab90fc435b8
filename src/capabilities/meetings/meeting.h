// A meeting of organisations about one child: who is asked and who came, what is shared with whom, what is decided and
// why, and who does what by when. It is held by those who lead it. What an organisation may read of it stands in its
// own invitation (invitation.h), so that nothing reaches it without a decision.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::meetings {

using casework::Context;
using casework::Narrative;

/// An organisation that is asked, and what it answers: noted by the service.
struct Invited {
    AgencyId organisation;
    std::string because; // meetings.because
    std::string reason;  // if somebody asked for it, or nobody there is told by this service
    std::string coming;  // meetings.coming; empty: no answer yet
    std::string who;
    Narrative apologies;
    Narrative report; // "what it means for safety" (R-G-04)
    std::optional<UtcTime> answered_at;
};

/// Whether an organisation was there.
struct Attendance {
    AgencyId organisation;
    std::string came; // meetings.attendance
    std::string who;  // by their role
};

/// Whether one line of information is shared with one organisation (R-G-01).
struct Item {
    Narrative line;
    AgencyId held_by;
    AgencyId share_with;
    std::string decision;   // meetings.decisions
    Narrative shared_words; // in which it is shared, if partly
    std::string basis;
    Narrative necessity;
    Narrative proportionality;
    Narrative child_view;
    Narrative caveat;
    std::optional<CivilDate> review_on;
    // Noted by the service:
    std::string decided_by; // their role in words
    std::optional<UtcTime> at;
};

/// A decision and why; no words that somebody said (R-G-06).
struct Decided {
    Narrative what;
    Narrative because;
    Narrative dissent;
    // Noted by the service:
    std::string by;
    std::optional<UtcTime> at;
};

/// Who does what by when.
struct Wanted {
    Narrative what;
    std::string about; // meetings.about
    AgencyId owner;
    std::optional<CivilDate> due_on;
    // Noted by the service:
    std::string number;
    std::optional<UtcTime> at;
};

/// What came of it, as its owner says.
struct CameOfIt {
    std::string number;
    std::string state; // meetings.outcomes
    Narrative words;
    std::optional<UtcTime> at;
};

struct Meeting {
    ChildId child;
    std::string kind; // meetings.kinds
    std::optional<UtcTime> held_at;
    std::string held_where;
    Narrative aim;
    std::string named_as; // how the child is named to those who are asked
    Narrative threshold;  // of a strategy discussion: why it is met (R-G-07)
    std::string chair_name;
    AgencyId invite_whom;
    std::string invite_because;
    std::optional<bool> confidentiality_read;
    std::string left_for_a_link; // whose organisation, in which role (R-G-05)
    Narrative plan;
    std::string timescale;
    Narrative no_action_because;
    Narrative corrections;
    Narrative called_off_because;
    // Noted by the service:
    AgencyId convener;
    TeamId team;
    AgencyId chair_agency; // none: the convener leads it alone
    TeamId chair_team;
    std::optional<UtcTime> convened_at;
    std::optional<UtcTime> opened_at;
    std::optional<UtcTime> ended_at;
    std::vector<Invited> invited;
    std::vector<Attendance> attendance;
    std::vector<Item> items;
    std::vector<Decided> decisions;
    std::vector<Wanted> actions;
    std::vector<CameOfIt> outcomes;
};

inline constexpr std::string_view issued = "issued";
inline constexpr std::string_view in_session = "in_session";
inline constexpr std::string_view minutes_written = "minutes";
inline constexpr std::string_view agreed = "agreed";
inline constexpr std::string_view closed = "closed";
inline constexpr std::string_view called_off = "called_off";

inline constexpr std::string_view network = "OOA_NETWORK", strategy = "MISSING_STRATEGY";

const Invited* find_invited(const Meeting& meeting, AgencyId organisation);
const Attendance* attendance_of(const Meeting& meeting, AgencyId organisation);
const CameOfIt* outcome_of(const Meeting& meeting, std::string_view number);
/// True if an action has neither been done nor refused.
bool waits_for_an_action(const Meeting& meeting);

// Conditions (rules.cpp).
Result<> the_meeting_can_be_held(const Meeting& meeting, const Context& context);
Result<> nobody_asked_them_yet(const Meeting& meeting, const Context& context);
Result<> the_meeting_can_open(const Meeting& meeting, const Context& context);
Result<> the_item_is_decided(const Meeting& meeting, const Context& context);
Result<> the_decision_has_reasons(const Meeting& meeting, const Context& context);
Result<> the_action_can_be_followed(const Meeting& meeting, const Context& context);
Result<> it_comes_to_something(const Meeting& meeting, const Context& context);

// Changes (changes.cpp).
Result<> note_convened(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_answers(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_opened(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_item(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_decision(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_wanted(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_outcome(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_agreed(Meeting& meeting, const Meeting& before, Context& context);
Result<> note_called_off(Meeting& meeting, const Meeting& before, Context& context);

// What the clocks ask (rules.cpp).
bool is_a_strategy_discussion(const void* facts);

} // namespace reachable::meetings
