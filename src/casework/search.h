// Children outside a case: searching for one who may be known already, and looking at one. A look like any other:
// decided, recorded, and never a browse.
#pragma once

#include "casework/desk.h"

namespace reachable::casework {

/// A child who may be the one asked for, and why.
struct Candidate {
    records::Child child;
    std::vector<std::string> reasons;
    std::vector<std::string> also_as = {}; // names on other records that people decided to be of the same child
};

/// ". Also on record as Mia Sample"; empty if there is no other record.
std::string also_on_record(const Candidate& candidate);

/// Children who may be this one, the likeliest first, each with the reasons in words. At most ten; never a score, never
/// a total. Refused with less than two names, or one and a birth date. Names are found in any order, misspelt, in other
/// spellings and short forms (identity/live_search.h). One audit entry for the search and one for each child found. A
/// child whom the policy does not show to this person is not there for them: nothing in the answer tells it from no
/// record (R-P-07, R-P-08), and its keepers are told. Records that were decided to be one child are one candidate, the
/// one that was on file first of those this person may see.
Result<std::vector<Candidate>> search_children(const Desk& desk, const Session& session, RequestId request,
                                               const std::string& full_name, const std::optional<PartialDate>& born,
                                               UtcTime now);

/// A child outside a case, with everything held back already taken out, and the open cases about the child that this
/// person may know of.
struct SeenChild {
    records::Child child;
    std::vector<CaseHead> cases;
    policy::Request asked; // the question that was decided
    policy::Decision decision;
};
/// What connects the person with the child are the child's open cases and ties (ties/ties.h). Refused, in the same
/// words, if there is no such child or the policy does not show it.
Result<SeenChild> look_at_child(const Desk& desk, const Session& session, RequestId request, ChildId child,
                                std::string_view page, UtcTime now);

/// A child, and how much the policy shows of the name and birth date, and of where the child lives.
struct ChildToShow {
    ChildId child;
    policy::Show core = policy::Show::hide;
    policy::Show address = policy::Show::hide;
};
/// The children as far as they are shown, read at once and in the order asked for. None: there is no such record.
std::vector<std::optional<records::Child>> see_children(storage::Transaction& transaction,
                                                        std::span<const ChildToShow> asked);
std::optional<records::Child> see_child(storage::Transaction& transaction, const ChildToShow& asked);

/// The question to the policy about a child, outside a case.
policy::Request policy_request(const Desk& desk, storage::Transaction& transaction, ChildId child,
                               const Session& session, std::string action, UtcTime now);

/// For an act that opens a case about a child whom it names: false if the policy closes that child to this person
/// (sealed, family). Then the act answers as if there were no such record; the keepers are told here.
bool is_open_to(const Context& context, ChildId child, std::string action);

} // namespace reachable::casework
