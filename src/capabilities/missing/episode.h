// One episode of a child who is missing (capability B): reported, graded, looked for, found, spoken with. Every force
// and authority that needs it works on the one record, and exactly one force owns it at every moment (R-B-07). A grade
// is a person's, with reasons; what stands out never sets it (G-01).
#pragma once

#include "casework/declare.h"
#include "records/facts.h"
#include "records/place.h"

namespace reachable::missing {

using casework::Context;
using casework::Narrative;

/// A level, why, and who says so. The newest stands last and holds.
struct Graded {
    std::string level;                   // missing.levels
    std::vector<std::string> considered; // missing.prompts: to which the answer was yes
    Narrative because;
    Narrative lower_because; // why it is lower than the last time that the same stood out (2.34)
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

/// A line of enquiry. Done, or not done with a reason.
struct Enquiry {
    std::string what;
    std::string who;
    std::optional<UtcTime> due;
    std::string came_of_it;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

/// Somebody who may be with the child. Of a child it is the beginning of an episode of their own (`Linked`).
struct Companion {
    std::string who;
    std::string age;            // encounters.companion_ages
    std::int64_t about_age = 0; // in years, as somebody guesses it; 0: nobody did
    std::string relation;       // encounters.relations
    std::string sure;           // missing.certainty
    // Noted by the service:
    std::int64_t years_older = 0; // than the child was then; 0: not known, or of one age
    std::optional<UtcTime> at;
};

/// A child who is missing with the child: an episode, a level and an interview of their own (R-B-08). Both say so.
struct Linked {
    CaseId episode;
    std::string sure; // missing.certainty
    // Noted by the service:
    ChildId child;
    std::optional<UtcTime> at;
};

/// A place of the episode. It is one with a place of another episode if its name is alike and it lies in the area of
/// the same force (../patterns).
struct Whereabouts {
    std::string role; // missing.place_roles: from, seen, to, found
    std::string kind; // missing.place_kinds
    std::string name;
    AgencyId area;     // the force in whose area it lies
    std::string point; // "53.80110, -1.54910"
    // Noted by the service:
    std::optional<UtcTime> at;
};

/// What is new, from whoever looks for the child or works with them; an objection to the level too.
struct News {
    std::string kind; // missing.news
    Narrative words;
    // Noted by the service:
    std::string by; // their role in words, and their organisation
    std::optional<UtcTime> at;
};

/// A force that looks for the child, or was asked to: what the ties of the child say, and prove by it (R-B-07).
struct Looker {
    AgencyId force;
    std::optional<UtcTime> since;
    std::optional<UtcTime> until; // it turned the lead down; else until the child is safe
};

/// The episode went from one force to the next.
struct Handed {
    AgencyId from;
    AgencyId to;
    std::optional<UtcTime> offered_at;
    std::optional<UtcTime> accepted_at;
};

struct Episode {
    ChildId child;
    std::string name_given;
    std::optional<PartialDate> born_given;
    // The report, in the order in which it is asked:
    std::string lives_where;
    std::optional<UtcTime> last_seen_at;
    std::string last_seen_where; // by whom and wearing what, too
    Narrative worried;           // in the words of whoever reports
    Narrative company;           // who is with them or waits for them; a vehicle, a telephone, a message
    Narrative urgent_health;
    Narrative look_first; // where they would look, and what was tried
    std::string contact;
    std::string reporter;     // missing.reporters
    std::string missing_from; // missing.from
    std::string tell_language;
    std::string late_because; // missing.barriers: why it was not reported, or not at once
    Narrative late_words;
    std::optional<UtcTime> call_started_at; // the report's time less this is how long the call took
    std::optional<bool> was_reported; // false: an absence that was learnt of later, or found out by meeting the child
    // Noted by the service:
    std::optional<UtcTime> reported_at;
    AgencyId force; // the owner
    TeamId team;    // its coordinators
    AgencyId authority;
    TeamId desk;
    WorkerId recorded_by;
    AgencyId reported_by_agency;
    // While the child is looked for:
    std::vector<Graded> grades;
    std::vector<Enquiry> enquiries;
    std::vector<Companion> companions;
    std::vector<Linked> linked;
    std::vector<Whereabouts> places;
    std::int64_t distance_km = 0; // from where the child went to where they were found, by `point`; 0: not known
    std::vector<News> news;
    Narrative review;
    std::optional<UtcTime> reviewed_at;
    AgencyId offered_to; // none: no transfer waits
    std::optional<UtcTime> offered_at;
    Narrative offer_because;
    std::vector<Handed> handed;
    std::vector<Looker> looked_for_by;
    // Found:
    std::optional<UtcTime> located_at;
    std::string located_how; // missing.located
    std::string located_where;
    std::optional<UtcTime> returned_at;
    std::optional<UtcTime> reached_at; // where they live or stay, if that was later
    std::string found_where;
    std::string found_by;                // missing.found_by
    std::string found_distance;          // encounters.distances
    std::string return_type;             // missing.returns
    std::vector<std::string> found_with; // encounters.signs
    std::vector<std::string> harm;       // missing.harm
    std::string considered;              // encounters.considered
    Narrative considered_because;
    std::string safe_to_tell; // missing.safe_to_tell (R-B-12)
    // Spoken with (C11):
    std::optional<UtcTime> interviewed_at;
    std::string seen_alone; // missing.seen_alone
    Narrative interview_words;
    std::string not_held_because;
    // How it ends:
    Narrative close_words;
    Narrative reclassified_because;
    CaseId same_as; // the episode of the child that goes on, if this one was the same absence
    std::optional<UtcTime> closed_at;
    // What the force's own system sent (sent_episodes.h). R-X-03: when it happened, as sure as it is; when the force
    // learnt of it is `reported_at`; when it was written down there:
    std::string sent_by; // the system
    std::string sent_reference;
    std::optional<UtcTime> written_down_at;
    std::string last_seen_sure;  // missing.sure
    std::string returned_sure;   // missing.sure
    Narrative levels_sent;       // "high 2026-11-01T09:30:00Z", one a line
    std::optional<bool> is_live; // false: from before the force's duties began here, or over when it was sent
};

inline constexpr std::string_view reported = "reported";
inline constexpr std::string_view active = "active";
inline constexpr std::string_view located = "located";
inline constexpr std::string_view returned = "returned";
inline constexpr std::string_view interviewed = "interviewed";
inline constexpr std::string_view closed = "closed";
inline constexpr std::string_view reclassified = "reclassified"; // kept and counted
inline constexpr std::string_view learnt_later = "learnt_later"; // an absence nobody reported

// Conditions (rules.cpp).
Result<> the_report_can_be_sent(const Episode& episode, const Context& context);
Result<> the_level_has_reasons(const Episode& episode, const Context& context);
Result<> the_review_says_something(const Episode& episode, const Context& context);
Result<> something_is_added(const Episode& episode, const Context& context);
Result<> the_time_is_past(const Episode& episode, const Context& context);
Result<> the_child_reached_it_later(const Episode& episode, const Context& context);
Result<> the_return_is_whole(const Episode& episode, const Context& context);
Result<> the_child_was_spoken_with(const Episode& episode, const Context& context);
Result<> it_waits_for_this_force(const Episode& episode, const Context& context);
Result<> the_place_is_one(const Episode& episode, const Context& context);
Result<> the_other_child_is_missing_too(const Episode& episode, const Context& context);
Result<> the_force_that_owns_it_acts(const Episode& episode, const Context& context);
Result<> it_is_the_same_absence(const Episode& episode, const Context& context);
Result<> what_was_sent_fits(const Episode& episode, const Context& context);

// Changes (changes.cpp).
Result<> note_report(Episode& episode, const Episode& before, Context& context);
Result<> note_unreported(Episode& episode, const Episode& before, Context& context);
Result<> note_grade(Episode& episode, const Episode& before, Context& context);
Result<> note_review(Episode& episode, const Episode& before, Context& context);
Result<> note_news(Episode& episode, const Episode& before, Context& context);
Result<> note_located(Episode& episode, const Episode& before, Context& context);
Result<> offer_to_another_force(Episode& episode, const Episode& before, Context& context);
Result<> take_over(Episode& episode, const Episode& before, Context& context);
Result<> turn_down(Episode& episode, const Episode& before, Context& context);
Result<> withdraw_offer(Episode& episode, const Episode& before, Context& context);
Result<> name_authority(Episode& episode, const Episode& before, Context& context);
Result<> let_in_another_force(Episode& episode, const Episode& before, Context& context);
Result<> end_as_the_same(Episode& episode, const Episode& before, Context& context);
Result<> note_reached(Episode& episode, const Episode& before, Context& context);
Result<> note_return(Episode& episode, const Episode& before, Context& context);
Result<> note_place(Episode& episode, const Episode& before, Context& context);
Result<> note_linked(Episode& episode, const Episode& before, Context& context);
Result<> note_end(Episode& episode, const Episode& before, Context& context);

// The same for what a force's own system sent (sent_changes.cpp).
Result<> take_what_was_sent(Episode& episode, const Episode& before, Context& context);
Result<> change_what_was_sent(Episode& episode, const Episode& before, Context& context);
Result<> grade_as_sent(Episode& episode, const Episode& before, Context& context);
Result<> end_as_sent(Episode& episode, const Episode& before, Context& context);
Result<> withdraw_as_sent(Episode& episode, const Episode& before, Context& context);

// What the clocks ask (rules.cpp).
bool waits_for_a_level(const void* facts);
bool is_high(const void* facts);
bool is_medium(const void* facts);
bool is_low(const void* facts);
bool was_high_when_found(const void* facts);
bool was_not_high_when_found(const void* facts);
std::optional<UtcTime> when_the_child_returned(const void* facts);

/// The level that holds now; empty before the first.
std::string_view level_of(const Episode& episode);

/// "53.80110, -1.54910", as a telephone shows a point on the map; nothing if it is none.
std::optional<records::Coordinates> point_in(std::string_view text);

} // namespace reachable::missing
