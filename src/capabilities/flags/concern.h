// A flag of an adult or a place (catalogue of 4.C): a person of concern to children, an address where children are
// exploited. Neither has a record of its own, so the flag names its subject in the words of whoever met a child there.
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
    CaseId encounter; // the record that it was proposed from: it opens to whoever may read that
    std::optional<CivilDate> review_on;
    // Noted by the service:
    AgencyId owner;
    TeamId owner_team;
    AgencyId told; // the authority that the encounter was told to
    TeamId told_desk;
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
};

// Conditions and changes (concern_rules.cpp).
Result<> a_person_decides_on_it(const Concern& concern, const casework::Context& context);
Result<> note_concern(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_accepted(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_declined(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_reviewed(Concern& concern, const Concern& before, casework::Context& context);
Result<> note_concern_removed(Concern& concern, const Concern& before, casework::Context& context);

} // namespace reachable::flags
