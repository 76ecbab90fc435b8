// What records say about a person and a child beside the case in hand: that the child is on the person's list, is
// family, is protected, that a person broke the glass or said why they open a case. A tie is written by an act of the
// capability that proves it, never by the person who gains from it alone, and stays on record when it has ended.
#pragma once

#include "accounts/sessions.h"
#include "policy/question.h"
#include "policy/text_policy.h"
#include "storage/migrations.h"

#include <map>
#include <set>
#include <span>

namespace reachable::ties {

enum class Kind {
    allocated, // the child stands on the list of `worker`
    family,    // the child is family of `worker` (STAFF_FAMILY): barred to them and to the teams they work in (R-P-08)
    sealed,    // the child's whereabouts are protected (PROTECTED_PERSON): like no record to everybody else (R-P-07)
    emergency, // `worker` broke the glass for this child, for one purpose
    reasoned, // `worker` said why they open the case `about`; none: whoever of `keeper_team` came by a one-time link to
              // that case
    joined_family, // people decided that the child is the same as one who is family of `worker`: barred alike
    searching      // the child is missing, and officers of the force `keeper` look for them (R-B-07)
};
std::string_view code_of(Kind kind);

struct Tie {
    Kind kind = Kind::allocated;
    ChildId child;
    WorkerId worker;  // none: everybody
    CaseId proved_by; // the case that says so
    CaseId about;     // of a reason: the case it opens; else none
    AgencyId keeper;  // who set it and answers for it (who is told of tries: `alert_keepers`)
    TeamId keeper_team;
    std::string purpose;        // of an emergency: what the glass was broken for
    std::size_t characters = 0; // of a reason: its length
    UtcTime since{};
    std::optional<UtcTime> ended_at = {};
    bool operator==(const Tie&) const = default;
};

class Memory;

void add_tie(storage::Transaction& transaction, const Tie& tie);
/// Ends what that case proved; nothing if it has ended already.
void end_ties(storage::Transaction& transaction, CaseId proved_by, UtcTime at);
/// What that case proved until `before` was over at another time, as is known since.
void move_end_of_ties(storage::Transaction& transaction, CaseId proved_by, UtcTime before, UtcTime at);
/// The same of what it proved for one organisation.
void end_ties_of(storage::Transaction& transaction, CaseId proved_by, AgencyId keeper, UtcTime at);
/// All of a child, oldest first, ended ones too. For checks and for tests: what a child's decisions need is `ties_for`.
std::vector<Tie> ties_of(storage::Transaction& transaction, ChildId child);

/// Those of a child that can change a decision about what `worker` asks: what ties the worker alone to the child, and
/// what concerns everybody (family, joined family, sealed). Oldest first, ended ones too. A worker of none: what
/// concerns everybody. From the memory (memory.h) if there is one and it has what the transaction sees; the answer is
/// the same.
std::vector<Tie> ties_for(storage::Transaction& transaction, ChildId child, WorkerId worker, Memory* memory = nullptr);

/// The same of many children, read at once. A child of whom nothing is on record stands there with none.
using Known = std::map<ChildId, std::vector<Tie>>;
Known ties_for(storage::Transaction& transaction, std::span<const ChildId> children, WorkerId worker,
               Memory* memory = nullptr);

/// How many ties stand where `ties_for` does not find them for those they concern. None, unless somebody changed the
/// table by hand.
std::size_t misfiled_ties(storage::Transaction& transaction);

/// Closed to some or to nearly everybody by a restriction that stands (R-P-07, R-P-08).
bool is_restricted(storage::Transaction& transaction, ChildId child);
/// Closed to nearly everybody (R-P-07).
bool is_sealed(storage::Transaction& transaction, ChildId child);
/// Closed to whoever works in that team: sealed, or the record of family of somebody who works there.
bool is_closed_to_team(storage::Transaction& transaction, ChildId child, TeamId team);
/// Closed to whoever is at work in that session.
bool is_closed_to(storage::Transaction& transaction, ChildId child, const accounts::Session& session, UtcTime now);
/// Those of many children who are, read at once.
std::set<ChildId> closed_to(storage::Transaction& transaction, std::span<const ChildId> children,
                            const accounts::Session& session, UtcTime now, Memory* memory = nullptr);

/// The children on somebody's list now, in the order they came onto it.
std::vector<ChildId> list_of(storage::Transaction& transaction, WorkerId worker, UtcTime now);

/// The cases that say that a force looks for a child now: its own, and those of others who asked it.
std::vector<CaseId> searches_of(storage::Transaction& transaction, AgencyId force);

/// The children whose records somebody opened in an emergency after that time and has not ended, the newest first.
struct Opened {
    ChildId child;
    UtcTime at{};
};
std::vector<Opened> opened_by(storage::Transaction& transaction, WorkerId worker, UtcTime after);

/// The case looked at, and what it says itself of the person who looks.
struct Looked {
    CaseId id = {};
    std::vector<policy::Link> links = {};
    ChildId other = {}; // of a case about two children
};
/// Puts into the question what records say about this person and its child, and gives the links to be weighed by the
/// policy's own ends, those of the case among them. `known`: what `ties_for` this worker read already, so that it is
/// not read again. A look at a sealed child beside their cases is opened by a reason given for any of them. Nobody has
/// an enquiry into what they opened themselves, whatever their role is now. Without a child
/// nothing is added but whose work a supervisor looks at.
/// A case about two children tells of both, so what bars from either bars, and only what connects with both connects;
/// the question then names the child who stands in the way. Of a child who is sealed no such case tells by itself.
std::vector<policy::Link> connect(policy::Request& asked, storage::Transaction& transaction,
                                  const accounts::Session& session, Looked about, UtcTime now, const Known& known = {},
                                  Memory* memory = nullptr);

/// What the policy decides, where everybody is there who must be told or must review. Else it denies, and the reason
/// names who is missing: "An obligation that cannot be met turns the decision into deny." What could not be done stands
/// in `asked`, so that the question leads to the same decision again.
policy::Decision decide(const policy::Policy& policy, storage::Transaction& transaction,
                        const accounts::Session& session, policy::Request& asked);
/// The roles that the notices of these obligations go to: those that are named, or who stands in for them where the
/// session's organisation has nobody of that role.
std::vector<accounts::Role> told_of(storage::Transaction& transaction, const accounts::Session& session,
                                    const policy::Obligations& obligations);

/// R-P-08 is about a child, and a child may have many records. Whoever is barred from one as from family is barred from
/// all that were decided to be the same child, and no longer from one that was parted from those. For whoever restricts
/// a record, or changes which are one: `records` are all of one child, as it stands now. Gives what closed just now.
/// A seal closes one record: a child who was adopted has a sealed record and one to live with (R-A-06).
std::vector<Tie> close_family_alike(storage::Transaction& transaction, std::span<const ChildId> records, UtcTime now);

/// Of records that were decided to be one child: those who are told of tries learn that a restricted one is among them,
/// for a seal closes one record, and the others stay as open as they were.
void tell_of_joining(storage::Transaction& transaction, std::span<const ChildId> records, UtcTime now);

/// R-P-07, R-P-08: "custodian silently alerted". Tells of restrictions that stood in the way of the question, or that
/// it was let past; the same person about the same child at most once an hour, and never of the service itself. Of a
/// sealed record those who hold it are told and nobody else, because nobody gains by restricting a record that is not
/// theirs (P9). Of one that is not sealed, whoever set the restriction that bars their own staff from it.
/// Nothing else happens: the person who asked sees no difference.
void alert_keepers(storage::Transaction& transaction, const policy::Request& asked, const accounts::Session& session,
                   UtcTime now);

std::span<const storage::Migration> migrations();

} // namespace reachable::ties
