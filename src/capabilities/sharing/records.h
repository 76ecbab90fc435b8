// What the five kinds of case of information sharing hold. Capability P of the specification.
#pragma once

#include "casework/declare.h"
#include "ties/ties.h"

namespace reachable::sharing {

using casework::Context;
using casework::Narrative;

/// Since when a case proves what it proves. One without a time was damaged: a bug is thrown, which the check of the
/// record names.
inline UtcTime begun(const std::optional<UtcTime>& time)
{
    CHECK(time.has_value(), "a case of sharing says since when it holds");
    return *time;
}

/// Somebody broke the glass for one child and one purpose. What was opened ends by the policy; the case is there to be
/// reviewed.
struct EmergencyAccess {
    ChildId child;
    std::string reason_code;
    Narrative reason;
    // Noted by the service:
    WorkerId opened_by;
    AgencyId agency;
    TeamId team;
    std::string purpose;
    std::optional<UtcTime> opened_at;
    std::optional<UtcTime> ended_at; // ended by hand, before the hour was over
    AgencyId holder;                 // the authority that answers for the child; none: no authority is known
    // The review:
    std::string finding;
    Narrative finding_words;
    std::optional<UtcTime> reviewed_at;
};

/// A record is closed to some, or to nearly everybody.
struct Restriction {
    ChildId child;
    std::string kind;       // STAFF_FAMILY, PROTECTED_PERSON
    std::string staff_name; // of STAFF_FAMILY: the sign-in name of the member of staff
    Narrative why;
    // Noted by the service:
    WorkerId worker; // of STAFF_FAMILY: the member of staff
    AgencyId keeper;
    TeamId keeper_team;
    AgencyId custodian; // of PROTECTED_PERSON: another organisation that holds the record; its governance sees this too
    std::optional<UtcTime> since;
    WorkerId lift_asked_by;
    std::optional<UtcTime> lifted_at;
    // Lifting:
    Narrative lift_reason;
};

/// A child stands on somebody's list.
struct Allocation {
    ChildId child;
    std::string staff_name; // the sign-in name of the social worker or youth justice worker
    // Noted by the service:
    WorkerId worker;
    AgencyId authority;
    TeamId team;
    std::optional<UtcTime> since;
    std::optional<UtcTime> ended_at;
};

/// A duty manager said why they open a case of the authority.
struct Opening {
    CaseId about;
    Narrative reason;
    // Noted by the service:
    ChildId child;
    WorkerId worker;
    AgencyId authority;
    TeamId team;
    std::optional<UtcTime> at;
};

/// A request for immigration enforcement. It is refused when it is recorded, and names no child.
struct EnforcementRequest {
    std::string asked_by; // the office that asked
    std::vector<std::string> wanted;
    std::optional<UtcTime> received_at;
    // Noted by the service:
    AgencyId agency;
    TeamId team;
    // The chief officer is told:
    std::string told_to; // a rank or office
    std::optional<UtcTime> told_at;
};

inline constexpr std::string_view to_be_reviewed = "to be reviewed";
inline constexpr std::string_view reviewed = "reviewed";
inline constexpr std::string_view in_force = "in force";
inline constexpr std::string_view lifting_asked = "lifting asked for";
inline constexpr std::string_view lifted = "lifted";
inline constexpr std::string_view allocated = "allocated";
inline constexpr std::string_view ended = "ended";
inline constexpr std::string_view said = "said";
inline constexpr std::string_view refused = "refused";
inline constexpr std::string_view chief_told = "chief officer told";

/// What a case proves of a person and a child, by its facts as they stand.
ties::Tie tie_of(const EmergencyAccess& access, CaseId id);
ties::Tie tie_of(const Restriction& restriction, CaseId id);
ties::Tie tie_of(const Allocation& allocation, CaseId id);
ties::Tie tie_of(const Opening& opening, CaseId id);

/// Writes it with the act.
void add_the_tie(const auto& facts, Context& context)
{
    context.writes.push_back(
        [tie = tie_of(facts, context.case_id)](storage::Transaction& transaction) { ties::add_tie(transaction, tie); });
}

/// A number of the work itself: who, when, where in the service. It is no fact about a child.
inline constexpr casework::FieldClass workings{policy::Category::administration, policy::Label::personal};
/// Which organisation holds a record, and so who of it asks for something, tells where the child is: not for whoever
/// restricts or opens a record to learn from that.
inline constexpr casework::FieldClass where_the_child_is{policy::Category::address, policy::Label::sealed};

} // namespace reachable::sharing
