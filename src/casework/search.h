// Children outside a case: searching for one who may be known already, and looking at one. A look like any other:
// decided, recorded, and never a browse.
#pragma once

#include "casework/desk.h"

namespace reachable::casework {

/// A child who may be the one asked for, and why.
struct Candidate {
    records::Child child;
    std::vector<std::string> reasons = {};      // for it first, then against it
    identity::Reasons said = {};                // the same, apart
    bool may_be_a_sibling = false;              // R-A-05
    bool is_near_miss = false;                  // shown as "who else it might be"
    std::vector<std::string> would_settle = {}; // facts of which one more would tell
    std::string area = {};                      // the authority; "" when not known or not shown
    std::vector<CaseHead> cases = {};           // open ones that this person may know of
    bool is_open = false;                       // the record is open to this person already
    std::vector<std::string> also_as = {};      // names on other records that people decided to be of the same child
};

/// ". Also on record as Mia Sample"; empty if there is no other record.
std::string also_on_record(const Candidate& candidate);

/// What a search is made for. Outside a case a reason is asked for, and stands in the log; in an emergency the reason
/// follows before a record opens; for booking in, the child stands there.
enum class SearchedFor { no_case, emergency, booking };

/// What somebody knows of the child they ask for: names, birth date, identifiers, where the child lives, a telephone.
struct Search {
    identity::SourceRecord asked;
    std::string reason;
    SearchedFor searched_for = SearchedFor::no_case;
};

/// At most ten who may be the one, the likeliest first, and five who might be in spite of what speaks against it.
struct Found {
    std::vector<Candidate> likely;
    std::vector<Candidate> near_misses;
    std::string how_common; // "Many children bear this surname."
};

/// Children who may be this one, each with the reasons in words; never a score, never a total. Refused with less than
/// two names, or one and a birth date, or an identifier. Names are found in any order, misspelt, in other spellings and
/// short forms (identity/live_search.h). Where a child lives counts only if the policy shows the area. One audit entry
/// for the search, with a commitment to the reason, and one for each child found. A child whom the policy does not show
/// to this person is not there for them: nothing in the answer tells it from no record (R-P-07, R-P-08), and its
/// keepers are told. Beyond the searches that one person or one system may make in an hour (the list "search.limits";
/// without it there is no limit) the next is refused, and information governance is told once an hour. Records that
/// were decided to be one child are one candidate, the one that was on file first of those this person may see.
Result<Found> search_children(const Desk& desk, const Session& session, RequestId request, const Search& search,
                              UtcTime now);
/// The same for a booking, by name and birth date, without near misses. Booking in is never refused: beyond the limit
/// nobody is shown, and the refused search stands in the log.
Result<std::vector<Candidate>> search_children(const Desk& desk, const Session& session, RequestId request,
                                               const std::string& full_name, const std::optional<PartialDate>& born,
                                               UtcTime now);
/// How long somebody who was refused for too many searches waits until the next one is taken.
seconds wait_before_searching(const Desk& desk, const Session& session, UtcTime now);
/// True if the policy lets this person search at all.
bool may_search(const Desk& desk, const Session& session, UtcTime now);
/// Why a search was made, by the number of its entry in the log; nothing if no reason was asked for.
std::string reason_of_search(storage::Transaction& transaction, std::uint64_t entry);
/// False if the words on record are not those the entry commits to.
bool is_reason_of(storage::Transaction& transaction, const audit::Entry& entry);
/// The table of searches.
std::span<const storage::Migration> search_migrations();

/// Stands in the place of a name that the policy does not show; then the birth date is not there either.
inline constexpr std::string_view held_back_name = "Name held back";
inline bool name_is_held_back(const records::Child& child)
{
    return child.names.front().as_given == held_back_name;
}

/// A child outside a case, with everything held back already taken out, and the open cases about the child that this
/// person may know of.
struct SeenChild {
    records::Child child;
    std::vector<CaseHead> cases;
    policy::Request asked; // the question that was decided
    policy::Decision decision;
};
/// What connects the person with the child are the child's open cases and ties (ties/ties.h). Refused, in the same
/// words, if there is no such child or the policy does not show it. Of a sealed record that the person works with and
/// has not said yet why they open, the answer is that it is there (`name_is_held_back`).
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
