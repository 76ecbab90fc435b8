// One detention of a child and its safeguarding conversation: the request to children's services, their answers, and
// what custody has read of them. Capability D of the specification; PACE Code C for the words.
#pragma once

#include "casework/declare.h"

namespace reachable::custody {

using casework::Context;
using casework::Narrative;
using records::AnswerState;
using records::NamedPerson;

/// One answer of children's services to one question of the standard set. The newest answer to a question stands here;
/// earlier ones stay in the earlier versions of the case.
struct Answer {
    std::string question; // "Q08"
    AnswerState state = AnswerState::not_asked;
    Narrative words;
    std::vector<NamedPerson> people;             // whom the answer names, each by themselves
    std::vector<std::string> codes;              // what was ticked beside the words: "ND01" of custody.answer_codes
    std::optional<CivilDate> information_on;     // how old what they know is
    std::string held_back_because;               // when it cannot be shared
    std::optional<bool> may_go_to_investigation; // nothing and no both mean: it may not (R-D-06)
    // Noted by the service, not asked for:
    std::optional<UtcTime> answered_at; // the true time, also when typed in later (R-D-11)
    std::optional<UtcTime> changed_at;  // when this service came to hold it: what must be read again
    std::string answered_by;            // "Westmoor County duty worker": a role and an agency, never a name
    std::string via;                    // "link", "account", "phone"
    std::optional<bool> is_read_back;   // for an answer taken by phone
    std::string category;               // the field group and label of the question when it was answered
    std::string label;
};

/// A line of the brief that custody has read and accepted.
struct Acknowledgement {
    std::string line; // the question, or a fact's number: "Q08", "F2"
    std::optional<UtcTime> at;
    std::string by;
    std::string category; // of the answer or the fact, for that it was read is held as closely
    std::string label;
};

/// The child was asked again about something already answered. Counted (R-D-02).
struct AskAgain {
    std::string topic;  // the question
    std::string reason; // changed, clinical, unclear, child_wishes
    Narrative note;
    std::optional<UtcTime> at;
    std::string by;
    std::string category; // of the answer: held as closely
    std::string label;
};

/// An authority said that this is not its child; the request went on and the first start time was kept.
struct Reroute {
    AgencyId from;
    AgencyId to;
    std::string reason;
    Narrative words;
    std::optional<UtcTime> at;
};

/// A new fact after the answers: health, the appropriate adult, something seen.
struct AddedFact {
    std::string number;  // "F1"
    std::string section; // of the brief
    Narrative words;
    std::string said_by; // child, appropriate_adult, …: whoever told staff (R-D-07); nothing: who writes it
    std::string about;   // the question whose answer it puts right; nothing: something else
    std::optional<UtcTime> at;
    std::string by;
};

/// At a shift change the child goes from one custody officer to the next, or stays (R-D-08, handover.h).
struct Handover {
    std::optional<UtcTime> duty_ends_at;        // of whoever hands over: what the clock C04 starts from
    std::optional<bool> with_detention_officer; // one takes over beside the custody officer
    // Noted by the service:
    WorkerId from; // who was in charge; none: that was not recorded
    WorkerId opened_by;
    std::optional<UtcTime> opened_at;
    WorkerId to;                     // who was in charge stayed so; none: the child left
    std::optional<UtcTime> ended_at; // nothing: it is open
};

/// One critical line, accepted by whoever takes over.
struct AcceptedLine {
    std::string line;          // "Q11"
    std::string mark;          // of what it said
    std::int64_t handover = 0; // in which one: 1 is the first of this detention
    std::optional<UtcTime> at;
    WorkerId by;
    std::string role;     // CUST, DETO
    std::string category; // of the line, for that it was accepted is held as closely
    std::string label;
};

/// A time from which a clock counts was written down wrongly. One person says what is right and why, another decides
/// (R-X-12); what stood and the clock that counted from it stay on record.
struct TimeCorrection {
    std::string time; // authorised_at, delivered_at
    std::optional<UtcTime> right;
    std::string reason;
    // Noted by the service:
    std::optional<UtcTime> was;
    WorkerId asked_by;
    std::optional<UtcTime> asked_at;
    WorkerId decided_by;
    std::optional<UtcTime> decided_at; // nothing: it waits for another person
    std::optional<bool> is_right;      // as that person found; no: the time stands as it was
};

/// What the plan for the release says on one topic.
struct ReleaseLine {
    std::string topic; // "R04" of custody.release_topics
    Narrative words;
    std::optional<UtcTime> at;
    std::string by;
    std::string category; // of the topic when it was written
    std::string label;
};

/// What children's services are told when the child has left: what came of it, and what they must know tonight.
struct PassBack {
    std::string outcome; // of custody.outcomes
    Narrative risks;
    std::string considered; // of custody.nrm_considered: whether the child may be a victim of exploitation (R-D-10)
    Narrative conditions;
    Narrative property;
    Narrative injuries;
    Narrative child_words;      // as they were said (R-X-09); `by` wrote them down
    std::string words_setting;  // "at the desk, to the custody sergeant"
    std::string words_language; // and who interpreted; nothing: not recorded
    Narrative adult_said;
    Narrative complaint;
    Narrative dates;
    std::optional<UtcTime> at;
    std::string by;
};

/// An adult who was asked, or who was here, before the one on record now.
struct EarlierAdult {
    std::string who;
    std::string relation;
    std::optional<UtcTime> requested_at;
    std::optional<UtcTime> arrived_at; // nothing: they never came
    std::optional<UtcTime> left_at;
};

/// The facts of a detention. Times are UTC.
struct Conversation {
    // Who is detained, and where.
    ChildId child;
    AgencyId force;
    TeamId suite;
    std::string custody_number;
    std::string name_given; // as given on arrival; "Name not known" is an answer
    std::optional<PartialDate> born_given;
    std::string age_status;
    std::string attendance; // of custody.attendances; nothing: detained
    std::optional<UtcTime> authorised_at;
    // What children's services are told.
    std::optional<UtcTime> arrested_at;
    std::string arrest_place;
    std::string distance_from_home;
    Narrative found_with;
    Narrative offence;
    std::vector<std::string> signs_seen;
    Narrative presentation;
    Narrative child_words;               // as they were said; nobody edits them (R-X-09)
    std::string child_words_setting;     // "in the cell, to the detention officer"
    std::string child_words_language;    // of the words as they stand here; nothing: not recorded
    std::string child_words_interpreter; // "a professional, by telephone", "nobody"; nothing: not recorded
    std::string child_words_by;          // who wrote them down: a role and an agency, noted by the service
    std::optional<UtcTime> child_words_at;
    Narrative health_seen;
    std::string parent_contacted;
    std::optional<UtcTime> interview_expected_at;
    Narrative worry;
    // The appropriate adult.
    std::string adult_who;
    std::optional<UtcTime> adult_requested_at;
    std::optional<UtcTime> adult_arrived_at;
    std::optional<UtcTime> adult_left_at;
    std::string adult_relation;              // "aunt", "volunteer of the scheme"
    std::optional<bool> adult_is_another;    // asked where the name reads like somebody to keep away
    std::optional<UtcTime> adult_changed_at; // when this service came to hold what it says of the adult
    // Who is asked, and how that was found.
    AgencyId authority;
    TeamId desk;
    std::string authority_found_by;
    std::string channel;
    std::optional<UtcTime> sent_at;
    std::optional<UtcTime> delivered_at;
    std::optional<UtcTime> opened_at;
    std::optional<UtcTime> chased_at; // last
    std::string phone_worker;         // "duty social worker": who gave answers by phone
    std::optional<UtcTime> phoned_at;
    std::optional<bool> was_read_back;
    std::optional<bool> is_complete; // every mandatory question of the set in force has a value
    std::optional<UtcTime> left_at;
    std::optional<UtcTime> left_recorded_at;
    std::optional<UtcTime> card_given_at; // the card that asks how it was here
    // How the child leaves, and what children's services make of it.
    Narrative release_exception; // why the child may leave before the plan is whole
    std::string release_exception_by;
    Narrative next_step;
    std::optional<UtcTime> next_step_by;
    std::string next_step_of; // who answers for it: a role and an agency
    std::optional<UtcTime> pass_back_read_at;
    // Charged and refused bail: where the child is kept (PACE 1984, section 38(6); accommodation.h).
    std::optional<UtcTime> charged_at;
    std::optional<UtcTime> bail_refused_at;
    std::string bed_sought; // of custody.beds: secure, other
    std::optional<UtcTime> bed_asked_at;
    std::string bed_reply; // of custody.bed_replies: found, looking, none
    Narrative bed_words;   // the place and the way there; or why there is none
    std::optional<UtcTime> bed_ready_at;
    std::optional<UtcTime> bed_replied_at; // the true time, also when it came by phone (R-D-11)
    std::string bed_replied_by;
    std::string certificate_ground; // of custody.certificate_grounds
    Narrative certificate_words;
    std::optional<UtcTime> certified_at;
    std::string certified_by;
    Narrative certificate_review;
    std::optional<UtcTime> certificate_reviewed_at;
    std::string certificate_reviewed_by;
    // The custody officer who answers for the child.
    WorkerId in_charge;
    std::optional<UtcTime> in_charge_since;

    std::vector<Answer> answers;
    std::vector<Acknowledgement> acknowledgements;
    std::vector<AskAgain> asked_again;
    std::vector<Reroute> reroutes;
    std::vector<AddedFact> added_facts;
    std::vector<Handover> handovers;
    std::vector<AcceptedLine> accepted_lines;
    std::vector<TimeCorrection> time_corrections;
    std::vector<ReleaseLine> release_plan;
    std::vector<PassBack> pass_backs; // each adds to those before
    std::vector<EarlierAdult> earlier_adults;
    std::optional<bool> is_time_right; // what is asked of the person who decides; it stands in the correction
};

// States, in the order a conversation goes through them.
inline constexpr std::string_view request_due = "request due";
inline constexpr std::string_view waiting = "waiting";
inline constexpr std::string_view in_progress = "in progress";
inline constexpr std::string_view part_answered = "part answered";
inline constexpr std::string_view answered = "answered";
inline constexpr std::string_view brief_live = "brief live";
inline constexpr std::string_view brief_changed = "brief changed";
inline constexpr std::string_view left_custody = "left custody"; // children's services are still to be told, or to read
inline constexpr std::string_view passed_back = "passed back";   // they read it and said what they do next

constexpr bool has_left(std::string_view state)
{
    return state == left_custody || state == passed_back;
}

/// R-D-12: a child who comes for a voluntary interview, or is dealt with on the street, is not detained: the short form
/// is asked, and no page speaks of a cell.
inline bool is_detained(const Conversation& facts)
{
    return facts.attendance.empty() || facts.attendance == "detained";
}

/// The line of the brief and of the handover that tells of the appropriate adult: who, asked, here.
inline constexpr std::string_view adult_line = "adult";

/// The declaration: fields, actions and clocks.
const casework::CaseType& conversation_type();

} // namespace reachable::custody
