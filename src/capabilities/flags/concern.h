// A flag of an adult or a place (catalogue of 4.C): a person of concern to children, an address where children are
// exploited. Neither has a record of its own, so the flag names its subject in the words of whoever met a child there,
// or of whoever proposes it by hand.
// It holds no child: what ties it to one is kept apart (concerns.h), and leads from the child to the flag and never
// back.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::flags {

struct Concern {
    std::string code;    // flags.catalogue
    std::string subject; // a name or a description, or an address
    std::string plain_words;
    CaseId encounter; // the record that it was proposed from: it opens to whoever may read that. None: by hand
    casework::Narrative evidence; // what shows it, of one that was proposed by hand
    std::optional<CivilDate> review_on;
    // Noted by the service:
    AgencyId owner;
    TeamId owner_team;
    AgencyId told; // the authority that the encounter was told to
    TeamId told_desk;
    WorkerId proposed_by; // none: the service, because of what is on record
    std::optional<UtcTime> proposed_at;
    std::optional<UtcTime> since;
    // A person decides, and reviews:
    std::string grade; // flags.grades: how far what is said was checked
    casework::Narrative decision_reason;
    WorkerId decided_by;
    std::optional<UtcTime> decided_at;
    casework::Narrative review_reason;
    WorkerId reviewed_by;
    std::optional<UtcTime> reviewed_at;
    casework::Narrative removal_reason;
    std::optional<UtcTime> removed_at;
    // Somebody says that it is wrong, as of a child's flag:
    std::string disputed_by;            // flags.concern_disputed_by
    casework::Narrative dispute_words;  // theirs
    casework::Narrative disputed_text;  // what information governance needs to see of the flag
    std::optional<UtcTime> disputed_at; // the last time
    casework::Narrative dispute_answer;
    std::optional<UtcTime> dispute_answered_at;

    bool is_disputed() const { return disputed_at.has_value() && !dispute_answered_at; }
};

// Conditions and changes (concern_rules.cpp).
Result<> may_be_proposed_by_hand(const Concern& concern, const casework::Context& context);
Result<> somebody_else_decides_on_it(const Concern& concern, const casework::Context& context);
Result<> a_person_decides_on_it(const Concern& concern, const casework::Context& context);
Result<> a_person_answers_about_it(const Concern& concern, const casework::Context& context);
Result<> note_concern(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_by_hand(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_accepted(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_declined(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_reviewed(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_removed(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_disputed(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_answered(Concern& concern, const Concern& before, casework::Context& context);

} // namespace reachable::flags
