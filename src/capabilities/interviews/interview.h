// A return home interview: offered to every child who was missing, whatever the risk was and whoever reported it
// (R-B-01), by somebody whom the child can talk to. It is no evidential interview (R-B-04). What the child says stays
// with the interviewer; of each thing it is decided, with what the child says to that, who is told it and in which
// words.
#pragma once

#include "casework/declare.h"
#include "lists/lists.h"
#include "records/facts.h"

namespace reachable::interviews {

using casework::Context;
using casework::Narrative;

/// An absence that this interview covers: one that was reported, or one that was learnt of later.
struct Covered {
    CaseId episode;
    std::optional<UtcTime> returned_at;
};

/// An offer made to the child, and what the child said.
struct Offered {
    std::optional<UtcTime> offered_at;
    std::string by;            // who offered, and of which service
    std::string way;           // interviews.ways
    std::string language;      // in which language
    std::string chosen_person; // whom the child would talk to
    std::string chosen_place;  // where
    std::string answer;        // interviews.answers
    Narrative child_words;     // as the child said them
    // Noted by the service:
    WorkerId written_by;
    std::optional<UtcTime> written_at;
};

/// The child's own words, unchanged, and what they mean in English beside them (R-X-09).
struct Said {
    Narrative words;
    std::string language;
    std::string interpreter;
    Narrative translation;
    // Noted by the service:
    std::optional<UtcTime> at;
};

/// One thing that others may need to know, with the decision about it.
struct Item {
    Narrative words;
    std::string category;   // interviews.categories
    std::string decision;   // interviews.decisions: with whom it is shared, or with nobody
    std::string child_view; // interviews.views
    Narrative because;      // the reason for the decision, and above all where the child does not agree
    Narrative sanitised;    // the words that the receivers read: no source
    // Noted by the service:
    std::optional<UtcTime> at;
};

/// What receivers read of an item, and nothing else of it.
struct Shared {
    std::string category;
    std::string with; // interviews.decisions: police, childrens_services or both
    Narrative words;
    // Noted by the service:
    std::optional<UtcTime> at;
};

/// A receiver says that they read it, and what they do.
struct Acknowledged {
    Narrative action;
    // Noted by the service:
    std::string by;   // their role in words
    std::string side; // police or childrens_services
    AgencyId agency;
    std::optional<UtcTime> at;
};

struct Interview {
    ChildId child;
    std::vector<Covered> covers;
    std::optional<UtcTime> returned_at; // of the newest
    // Noted by the service:
    AgencyId authority; // that owns it (R-B-03)
    TeamId desk;        // the team that holds it now
    AgencyId force;
    TeamId team;
    std::optional<UtcTime> opened_at;
    CaseId episode;       // the absence that is covered last
    std::string rule_set; // interviews.rule_sets: what the authority works by
    std::string staff_name;
    std::vector<Offered> offers;
    std::optional<UtcTime> held_at;
    std::string held_where;
    std::string held_by;
    std::string independence; // interviews.independence
    std::string not_independent_because;
    std::string seen_alone; // missing.seen_alone
    std::vector<Said> child_said;
    Narrative pushes;
    Narrative pulls;
    Narrative wishes; // what the child wants to happen
    Narrative carer_account;
    Narrative needs;
    std::string crime_told;  // interviews.crime_told (R-B-04)
    std::string do_not_tell; // who must not learn of it: printed on every view
    std::vector<Item> items;
    std::vector<Shared> shared;
    std::optional<UtcTime> shared_at;
    std::vector<Acknowledged> acknowledged;
    std::string not_held_because; // interviews.not_held
    Narrative not_held_words;
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view due = "due";
inline constexpr std::string_view offered = "offered";
inline constexpr std::string_view accepted = "accepted";
inline constexpr std::string_view declined_once = "declined_once";
inline constexpr std::string_view declined = "declined";
inline constexpr std::string_view completed = "completed";
inline constexpr std::string_view shared = "shared";
inline constexpr std::string_view actioned = "actioned";
inline constexpr std::string_view not_held = "not_held"; // carries to the next return

// Conditions (rules.cpp).
Result<> the_offer_is_whole(const Interview& interview, const Context& context);
Result<> the_interview_is_whole(const Interview& interview, const Context& context);
Result<> the_item_is_decided(const Interview& interview, const Context& context);
Result<> it_was_offered_first(const Interview& interview, const Context& context);
Result<> every_item_is_decided(const Interview& interview, const Context& context);

// Changes (changes.cpp).
Result<> note_opening(Interview& interview, const Interview& before, Context& context);
Result<> cover_another(Interview& interview, const Interview& before, Context& context);
Result<> correct_the_return(Interview& interview, const Interview& before, Context& context);
Result<> drop_the_absence(Interview& interview, const Interview& before, Context& context);
Result<> pass_to_a_worker(Interview& interview, const Interview& before, Context& context);
Result<> note_offer(Interview& interview, const Interview& before, Context& context);
Result<> note_interview(Interview& interview, const Interview& before, Context& context);
Result<> note_item(Interview& interview, const Interview& before, Context& context);
Result<> share_items(Interview& interview, const Interview& before, Context& context);
Result<> note_acknowledgement(Interview& interview, const Interview& before, Context& context);
Result<> note_end(Interview& interview, const Interview& before, Context& context);

// What the clocks ask (rules.cpp).
std::optional<UtcTime> when_the_child_returned(const void* facts);
bool was_offered(const void* facts);
bool is_settled(const void* facts);
bool something_is_shared(const void* facts);
bool everybody_has_said_what_they_do(const void* facts);
bool has_something_for_safety_now(const void* facts);
bool works_by_english_rules(const void* facts);
bool works_by_welsh_rules(const void* facts);

/// The rules of the nation, or those that the authority chose: of the codes with which the authority's begins, the
/// longest decides (dated data).
std::string rule_set_of(const lists::DatedLists& lists, std::string_view authority_code, CivilDate day);

} // namespace reachable::interviews
