// A flag: a need of a child or a harm to them, in the words and the code that every agency knows. Capability C of the
// specification; rules R-C-01 to R-C-08. It never grades, and changes no decision by itself (R-C-07).
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::flags {

using casework::Context;
using casework::Narrative;

/// What the child said of the flag (R-X-09): quoted, with where, in which language, through whom, and by whom it was
/// written down. More is added, and nothing said is ever changed.
struct ChildSaid {
    Narrative words;
    std::string setting;
    std::string language;
    std::string interpreter;
    // Noted by the service:
    WorkerId by;
    std::optional<UtcTime> at;
};

struct Flag {
    ChildId child;
    std::string code;        // flags.catalogue
    std::string subject;     // whom it names, where its code names somebody
    std::string plain_words; // why, in at most `most_of_the_words` letters
    Narrative evidence;      // what shows it: documents, reports, who said so
    std::optional<CivilDate> review_on;
    std::string child_told; // flags.told
    std::string child_told_why;
    std::vector<ChildSaid> child_said;
    // Noted by the service:
    std::optional<bool> is_set_by_service; // by a workflow: cleared by it too, and decided by nobody
    std::string cleared_because;           // the service's own words
    WorkerId proposed_by;                  // none: the service, because of what is on record
    std::string proposed_as;               // code of the role
    // Sent by the owner's own system in a code of its own (R-C-03); otherwise empty.
    std::string source_system;
    std::string local_code;
    std::optional<CivilDate> local_since;
    AgencyId owner; // whose flag it is: decides and reviews
    TeamId owner_team;
    std::optional<UtcTime> proposed_at; // or set
    std::optional<UtcTime> since;       // first accepted, or set
    // The owner decides:
    Narrative decision_reason;
    WorkerId decided_by;
    std::optional<UtcTime> decided_at;
    Narrative appeal_reason;
    std::optional<UtcTime> appealed_at;
    // It is reviewed, and removed:
    Narrative review_reason;
    WorkerId reviewed_by;
    std::optional<UtcTime> reviewed_at;
    Narrative removal_reason;
    std::optional<UtcTime> removed_at;
    // Somebody says that it is wrong:
    std::string disputed_by; // flags.disputed_by
    Narrative dispute_words; // theirs
    Narrative disputed_text; // what information governance needs to see of the flag
    std::optional<UtcTime> disputed_at;
    Narrative dispute_answer;
    std::optional<UtcTime> dispute_answered_at;

    bool is_disputed() const { return disputed_at.has_value() && !dispute_answered_at; }
};

constexpr std::size_t most_of_the_words = 200; // 4.C: "plain reason (text <= 200)"

inline constexpr std::string_view proposed = "proposed";
inline constexpr std::string_view active = "active";
inline constexpr std::string_view declined = "declined";
inline constexpr std::string_view appealed = "appealed";
inline constexpr std::string_view disputed = "disputed";
inline constexpr std::string_view removed = "removed";

/// How closely a flag is held: as part of the safety summary.
inline constexpr casework::FieldClass of_the_summary{policy::Category::safety_summary, policy::Label::personal};
inline constexpr casework::FieldClass workings{policy::Category::administration, policy::Label::personal};

// Conditions (rules.cpp).
Result<> may_be_proposed(const Flag& flag, const Context& context);
Result<> somebody_else_decides(const Flag& flag, const Context& context);
Result<> the_proposer_appeals(const Flag& flag, const Context& context);
Result<> somebody_else_reviews(const Flag& flag, const Context& context);
Result<> somebody_else_rewords(const Flag& flag, const Context& context);
Result<> a_person_answers(const Flag& flag, const Context& context);
Result<> the_child_is_open_to_them(const Flag& flag, const Context& context);
Result<> is_of_a_workflow(const Flag& flag, const Context& context);

// Changes (changes.cpp).
Result<> note_proposal(Flag& flag, const Flag& before, Context& context);
Result<> note_setting(Flag& flag, const Flag& before, Context& context);
Result<> note_raising(Flag& flag, const Flag& before, Context& context);
Result<> note_clearing(Flag& flag, const Flag& before, Context& context);
Result<> note_acceptance(Flag& flag, const Flag& before, Context& context);
Result<> note_declining(Flag& flag, const Flag& before, Context& context);
Result<> note_appeal(Flag& flag, const Flag& before, Context& context);
Result<> note_review(Flag& flag, const Flag& before, Context& context);
Result<> note_removal(Flag& flag, const Flag& before, Context& context);
Result<> note_what_the_child_said(Flag& flag, const Flag& before, Context& context);
Result<> note_dispute(Flag& flag, const Flag& before, Context& context);
Result<> note_answer_to_the_dispute(Flag& flag, const Flag& before, Context& context);

} // namespace reachable::flags
