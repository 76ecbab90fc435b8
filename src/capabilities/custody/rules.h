// The judgements of the custody conversation: pure functions over facts, a question set and a time. Each carries the
// words of the rule it implements; rule numbers are those of the specification's capability D.
#pragma once

#include "capabilities/custody/conversation.h"
#include "casework/desk.h"

namespace reachable::custody {

/// One question of the standard set, as dated data describes it: its words stand in the desk's lists, and live as long.
struct Question {
    std::string_view number;
    std::string_view topic;    // "What helps the child stay calm"
    std::string_view question; // the full sentence for the duty worker
    std::string_view hint;
    std::string_view answer_type; // yes_no, words, code, people, contact, child_words, action
    bool names_people = false;    // those it asks for may be named one by one
    bool is_mandatory = true;
    bool is_critical = false;
    bool is_in_short_form = false; // asked of a child who is not detained too
    std::string_view category;
    std::string_view label;
    std::string_view brief_section;
    int brief_order = 0;
    int do_now_order = 99;      // where its instruction stands: the lowest is the most pressing
    std::string_view yes_means; // "safe, they say": behind "Yes", so that it cannot be turned round
    std::string_view no_means;  // "not safe"
    std::vector<std::pair<std::string_view, std::string_view>>
        choices; // codes that may be ticked beside the words, and their labels
};
/// The questions in force on that day, in the order they are asked.
std::vector<Question> questions_on(const casework::Desk& desk, CivilDate day);
/// Of these, the ones that are asked about this child. R-D-12: "Voluntary interviews and street outcomes use a short
/// form (Q01, Q05–Q09, Q14–Q17)."
std::vector<Question> questions_for(const Conversation& facts, const casework::Desk& desk, CivilDate day);

/// What an answer says: the labels of its codes, then its words. "Autism, ADHD. One instruction at a time". Empty where
/// it cannot be shared.
std::string said_in(const Question& question, const Answer& answer);

const Answer* find_answer(const Conversation& facts, std::string_view question);
const Question* find_question(std::span<const Question> questions, std::string_view number);

/// True if somebody put that answer right after it was given (R-D-07).
bool is_put_right(const Conversation& facts, std::string_view question);

/// A link just mailed is not to be ended by a second press: the desk is chased again after five minutes, and rung
/// before. Ours; the specification sets no time.
bool is_just_chased(std::optional<UtcTime> chased_at, UtcTime now);

/// The mandatory questions that have no value yet. "Not known" and "cannot share" are values; blank is not.
std::vector<std::string> unanswered(const Conversation& facts, std::span<const Question> questions);

/// How many questions have no answer: those that must have one, and those that may be left open. The one count that
/// every page gives.
struct OpenQuestions {
    std::size_t must_count = 0; // asked, and must be answered
    std::size_t must_open = 0;  // of these, without an answer
    std::size_t may_count = 0;
    std::size_t may_open = 0;
    std::size_t told_nothing = 0; // answered, but not known, nothing recorded or not to be shared
    std::size_t hidden = 0;       // not counted above, for the reader may not see them
    bool operator==(const OpenQuestions&) const = default;
};
OpenQuestions count_open(const Conversation& facts, std::span<const Question> questions);
/// "15 of the 19 questions that must be answered have no answer yet. Of the 3 that may be left open, 2 have none."
std::string in_words(const OpenQuestions& open);

/// The lines that custody has not acknowledged since they last changed ("re-acknowledge changed lines only").
std::vector<std::string> unacknowledged(const Conversation& facts);

/// Which authority to ask, and how it was found. Always gives one if the suite lies in any authority's area: a request
/// is made every time (R-D-01). `asker`: what is closed to them is like no record here too.
struct FoundAuthority {
    AgencyId authority;
    TeamId desk;
    std::string found_by; // care_status, address, suite_area
};
std::optional<FoundAuthority> find_authority(storage::Transaction& transaction, const Conversation& facts, TeamId suite,
                                             const accounts::Session& asker, UtcTime now);

/// True if no part of any name is alike and the dates of birth cannot be the same: then the record is somebody else's.
/// What is not known contradicts nothing.
bool contradicts(const records::Child& record, const Conversation& given);

bool says_the_same(const Answer& a, const Answer& b);
/// Every problem of one answer, under the field a form shows it at. `question`: null if none of that number is asked.
void check_answer(const Answer& answer, const Question* question, UtcTime now, Problems& problems);

/// Notes by which way the desk was asked and when: now, unless it was asked before. Refused on paper without a time.
constexpr std::string_view through_this_service = "portal"; // of data/custody/channels.csv
Result<> note_how_it_was_sent(Conversation& facts, UtcTime now);

// Conditions and changes that the declaration names.
Result<> times_are_in_order(const Conversation& facts, const Context& context);
/// R-D-02: "asking the child again needs a reason (changed, clinical, unclear, child wishes)". The clinical one is for
/// health staff, and they have no other.
Result<> health_staff_have_a_clinical_reason(const Conversation& facts, const Context& context);
Result<> the_booking_holds(const Conversation& facts, const Context& context);
/// A date that is wrong by a day or a year shows at the booking: nobody who arrives was detained longer before charge
/// (PACE 1984, section 44). Nothing later is refused for it: after charge a child may be held until the next court.
constexpr hours longest_detention{96};
constexpr std::string_view detained_too_long =
    "No child who is booked in can have been detained for more than 96 hours. Check the date";
Result<> note_who_is_detained(Conversation& facts, const Conversation& before, Context& context);
Result<> send_to_the_duty_desk(Conversation& facts, const Conversation& before, Context& context);
Result<> note_opened(Conversation& facts, const Conversation& before, Context& context);
Result<> note_answers(Conversation& facts, const Conversation& before, Context& context);
Result<> note_phoned_answers(Conversation& facts, const Conversation& before, Context& context);
Result<> chase_the_desk(Conversation& facts, const Conversation& before, Context& context);
Result<> note_read_back(Conversation& facts, const Conversation& before, Context& context);
Result<> send_a_new_link(Conversation& facts, const Conversation& before, Context& context);
Result<> pass_to_another_authority(Conversation& facts, const Conversation& before, Context& context);
Result<> note_acknowledged(Conversation& facts, const Conversation& before, Context& context);
Result<> note_asked_again(Conversation& facts, const Conversation& before, Context& context);
Result<> note_added_fact(Conversation& facts, const Conversation& before, Context& context);
/// R-D-08, in handover.cpp: nothing changes hands before each critical line was accepted.
Result<> note_handover_opened(Conversation& facts, const Conversation& before, Context& context);
Result<> note_line_accepted(Conversation& facts, const Conversation& before, Context& context);
Result<> note_taken_over(Conversation& facts, const Conversation& before, Context& context);
/// R-X-12, in times.cpp: "nobody can move the start time, only correct it with reason and second person".
Result<> note_proposed_time(Conversation& facts, const Conversation& before, Context& context);
Result<> note_decided_time(Conversation& facts, const Conversation& before, Context& context);
/// What stands on record for one of the times that two people correct; nothing for any other name.
std::optional<UtcTime> time_on_record(const Conversation& facts, std::string_view time);
/// True if that time stands on record and somebody wrote it down: what the service noted itself is not wrong.
bool may_be_wrong(const Conversation& facts, std::string_view time);
/// Until when detention is to be reviewed next, at the latest: six hours after it was authorised, then each nine (PACE
/// 1984, section 40; C05 of the clocks). Shown only, for the custody system owns the reviews. Nothing once the child
/// has left.
std::optional<UtcTime> next_review(const Conversation& facts, const casework::Desk& desk, UtcTime now);
/// The correction that waits for another person to decide; null: none does.
const TimeCorrection* waiting_correction(const Conversation& facts);

/// A child's record that this booking made follows its corrections. A record that others made is theirs to correct.
Result<> correct_the_record_made_here(Conversation& facts, const Conversation& before, Context& context);

// Questions the clocks ask.
std::optional<UtcTime> detention_authorised(const void* facts);
std::optional<UtcTime> request_sent(const void* facts);
std::optional<UtcTime> request_delivered(const void* facts);
std::optional<UtcTime> last_answer_given(const void* facts);
std::optional<UtcTime> duty_of_the_outgoing_ends(const void* facts);
/// When the desk had answered all that it must; nothing while something mandatory is open.
std::optional<UtcTime> desk_has_answered(const Conversation& facts);
bool all_mandatory_have_a_value(const void* facts);
/// Once the child has left, only lines that came after that still wait to be read.
bool nothing_is_left_to_read(const void* facts);

} // namespace reachable::custody
