// An offer of support at a reachable moment (capability D): a child was found, arrested or hurt, or shows signs of
// exploitation, and somebody who is not of the police offers them support in person, again if they say not now. A
// leaflet is no support and is counted apart. Support depends on no report and no result (G-08).
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::offers {

using casework::Context;
using casework::Narrative;

/// Support was offered once, and what the child said to it.
struct Made {
    std::optional<UtcTime> made_at; // the true time, also when written down later
    std::string by;                 // offers.by
    std::string who;                // the worker and the service
    std::string way;                // offers.ways
    Narrative what;
    std::string answer;       // offers.answers
    Narrative police_because; // why nobody else could come
    Narrative child_words;    // as they were said (R-X-09)
    std::string words_language;
    std::string words_interpreter;
    // Noted by the service:
    WorkerId written_by;
    std::optional<UtcTime> written_at;
};

struct Offer {
    ChildId child;
    std::string because;              // the service's own words: the newest moment
    std::optional<UtcTime> moment_at; // of that; support that was offered before it is offered anew
    std::optional<bool> is_at_risk;   // support within 24 hours
    AgencyId force;                   // whose encounter, custody or flag opened it; none: an authority's flag did
    TeamId team;
    AgencyId authority; // which answers for the child; none: not known yet
    TeamId desk;
    std::string staff_name; // who is to offer it: their sign-in name
    std::optional<UtcTime> opened_at;
    std::vector<Made> made;
    std::optional<UtcTime> first_not_now_at;
    std::int64_t times_not_now = 0;
    std::optional<UtcTime> first_contact_at;
    std::string first_contact_with;
    Narrative support;      // what the child gets
    std::string end_reason; // offers.ends
    Narrative end_words;
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view due = "due";
inline constexpr std::string_view offered = "offered";
inline constexpr std::string_view not_now = "not now";
inline constexpr std::string_view accepted = "accepted";
inline constexpr std::string_view in_contact = "first contact made";
inline constexpr std::string_view engaged = "engaged";
inline constexpr std::string_view ended = "ended";

/// 4.D: "'Leaflet or signpost only' is a distinct result and never counts as support".
bool counts_as_an_offer(const Made& made);
/// The newest answer of the child, by when it was given and not by when it was written down; null: none was given yet.
const Made* newest_answer(const Offer& offer);

// Conditions (rules.cpp).
Result<> the_offer_is_whole(const Offer& offer, const Context& context);
Result<> the_contact_is_past(const Offer& offer, const Context& context);
Result<> no_support_ends_unsaid(const Offer& offer, const Context& context);

// Changes (changes.cpp).
Result<> note_opening(Offer& offer, const Offer& before, Context& context);
Result<> note_urgency(Offer& offer, const Offer& before, Context& context);
Result<> pass_to_a_worker(Offer& offer, const Offer& before, Context& context);
Result<> note_offer(Offer& offer, const Offer& before, Context& context);
Result<> note_first_contact(Offer& offer, const Offer& before, Context& context);
Result<> note_end(Offer& offer, const Offer& before, Context& context);

// What the clocks ask (rules.cpp).
bool the_child_waits(const void* facts);
bool the_child_waits_at_risk(const void* facts);
bool is_offered_again_after_7_days(const void* facts);
bool is_offered_again_after_28_days(const void* facts);
std::optional<UtcTime> met_or_answered_at(const void* facts);
std::optional<UtcTime> first_said_not_now(const void* facts);

} // namespace reachable::offers
