// What one organisation that is asked to a meeting reads of it, and answers: when and where, why it is asked, and the
// items that were decided to be shared with it. An action that it took on is a case of its own, for its owner.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::meetings {

using casework::Context;
using casework::Narrative;

/// What was decided to be shared with this organisation (R-G-01): noted by the service.
struct SharedItem {
    Narrative words;
    std::string basis;
    Narrative caveat; // not for onward use, not to be told to …
    std::optional<UtcTime> at;
};

struct Invitation {
    ChildId child;
    CaseId meeting;
    std::string kind; // meetings.kinds
    std::optional<UtcTime> held_at;
    std::string held_where;
    Narrative aim;
    std::string named_as;
    std::string because; // meetings.because
    std::string reason;
    AgencyId organisation;
    TeamId organisation_team;
    AgencyId convener;
    TeamId team;
    // What it answers:
    std::string coming; // meetings.coming
    std::string who;
    Narrative apologies;
    Narrative report;
    // Noted by the service:
    std::optional<UtcTime> sent_at;
    std::optional<UtcTime> answered_at;
    std::vector<SharedItem> shared;
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view invited = "invited";
inline constexpr std::string_view answered = "answered";
inline constexpr std::string_view over = "over";

/// What an organisation took on at a meeting.
struct Task {
    ChildId child;
    CaseId meeting;
    std::string number;
    std::string named_as;
    Narrative what;
    std::string about; // meetings.about
    std::optional<CivilDate> due_on;
    AgencyId owner;
    TeamId owner_team;
    AgencyId convener;
    TeamId team;
    Narrative outcome;
    Narrative refused_because;
    // Noted by the service:
    std::optional<UtcTime> set_at;
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view open = "open";
inline constexpr std::string_view done = "done";
inline constexpr std::string_view refused = "refused";

// Conditions (rules.cpp).
Result<> the_answer_is_whole(const Invitation& invitation, const Context& context);
Result<> those_who_are_asked_answer(const Invitation& invitation, const Context& context);
Result<> its_owner_says_so(const Task& task, const Context& context);

// Changes (changes.cpp).
Result<> note_sent(Invitation& invitation, const Invitation& before, Context& context);
Result<> note_answer(Invitation& invitation, const Invitation& before, Context& context);
Result<> note_shared(Invitation& invitation, const Invitation& before, Context& context);
Result<> note_over(Invitation& invitation, const Invitation& before, Context& context);
Result<> note_task(Task& task, const Task& before, Context& context);
Result<> note_task_ended(Task& task, const Task& before, Context& context);

/// When the day of the action is over (C29).
std::optional<UtcTime> when_the_day_is_over(const void* facts);

} // namespace reachable::meetings
