// Which children's records are one person, worked out from the log of decisions and never stored by itself. Records
// stay what they are: joining two gives one view of both, and undoing it gives both back exactly.
//
// A person is known by the record that was on file first; its id leads, and every other member's id leads to it.
// Joining keeps the older lead, and parting gives each part its own by the same rule. The table `same_person` holds the
// answer for quick reading: it is written with the decision, and `rebuild` works it out again from the whole log.
#pragma once

#include "identity/decisions.h"

#include <functional>
#include <map>

namespace reachable::identity {

/// Which records somebody may see; empty: every one. Whoever may not see a record is answered as if it were not on
/// file, and so may say what contradicts decisions about it: what they said is kept (contradictions).
using MaySee = std::function<bool(ChildId)>;

/// Records what somebody decided, in the log and in the view. Refuses, and then nothing is stored:
/// - what `check` refuses, and a child's record that does not exist;
/// - the same again: a join that stands, or a parting that stands while nothing new is known of either;
/// - a join of two whom a standing decision keeps apart, or whose other records it keeps apart (conflict): whoever
/// knows
///   better undoes that decision first, with a second person, and says why;
/// - "different" and "cannot tell" of two who are joined, and "cannot tell" of two who are kept apart (out of order).
/// To everybody else a sealed join is a decision that the two are different: it refuses in the same words.
Result<Decision> decide(storage::Transaction& transaction, const Judgement& judgement, UtcTime now,
                        const MaySee& may_see = {});
/// Whether `decide` would take it, with what it would refuse; stores nothing. For whoever must know before the first
/// write: inside one write nothing can come in between.
Result<> may_decide(storage::Transaction& transaction, const Judgement& judgement, const MaySee& may_see = {});

struct Undoing {
    std::int64_t sequence = 0;
    WorkerId worker;
    AgencyId agency;
    std::string reason;
    WorkerId confirmed_by;
    Sealed sealed = Sealed::hidden; // shown: whoever undoes may see sealed entries
};
/// Takes a decision back, whatever it was; what it changed is then as if it had never been made. Refuses: no such entry
/// or one that is hidden (not found), one that is undone already and one that undoes (out of order; decide anew
/// instead), no second person or the same one, and a reason of fewer than 5 characters.
Result<Decision> undo(storage::Transaction& transaction, const Undoing& undoing, UtcTime now);
/// Whether `undo` would take it; stores nothing.
Result<> may_undo(storage::Transaction& transaction, const Undoing& undoing);

/// The record whose id leads: the child's own when it was joined with no other.
ChildId person_of(storage::Transaction& transaction, ChildId child);
/// The same for many at once.
std::map<ChildId, ChildId> people_of(storage::Transaction& transaction, std::span<const ChildId> children);
/// All records of the person, the leading one first and then by id; the child alone when it was joined with no other.
std::vector<ChildId> members_of(storage::Transaction& transaction, ChildId child);
/// The same for somebody who may see some records alone, this one among them: who is joined by decisions about those
/// that may be seen, the one of them that was on file first leading. A record that may not be seen changes nothing.
std::vector<ChildId> members_seen(storage::Transaction& transaction, ChildId child, const MaySee& may_see);
/// The same as it stood at that instant.
std::vector<ChildId> as_of(storage::Transaction& transaction, ChildId child, UtcTime instant);

/// True if a standing decision keeps the two people apart, of these records or of any others of theirs.
bool is_decided_apart(storage::Transaction& transaction, ChildId one, ChildId other);
/// Whether to show the two to somebody as perhaps the same. Not while they are one person. Not after somebody decided
/// "different" or "cannot tell", until a source sends something new of either. Never while a seal keeps them apart.
bool may_be_offered(storage::Transaction& transaction, ChildId one, ChildId other, const MaySee& may_see = {});

/// A standing "different" about two whom others join: somebody who may not see one of the records said the one or the
/// other. Whoever may see them all undoes what is wrong.
struct Contradiction {
    Decision apart;
    std::vector<Decision> joins; // a shortest chain from the one to the other
};
/// Those of which this reader may see every record, the oldest first.
std::vector<Contradiction> contradictions(storage::Transaction& transaction, const MaySee& may_see);

constexpr std::chrono::days review_after{7}; // of "cannot tell": a local choice
/// The "cannot tell" decisions that nothing has settled since and that are as old as that: the newest of each pair, the
/// oldest first, at most `most`.
std::vector<Decision> review_due(storage::Transaction& transaction, UtcTime now, std::size_t most = 100);

/// The standing sealed joins of this person's records (R-A-06). For a named authorised officer alone: the caller asks
/// the policy first.
std::vector<Decision> sealed_links_of(storage::Transaction& transaction, ChildId child);

/// The log as people: where each record leads that belongs to a person of two or more. The plain rule, which the view
/// is compared with.
std::map<ChildId, ChildId> people_in(std::span<const Decision> log);

/// Works the view out again from the whole log, and gives the number of records that it had wrong: 0 unless somebody
/// else wrote to the database.
std::size_t rebuild(storage::Transaction& transaction);

} // namespace reachable::identity
