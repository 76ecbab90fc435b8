// Who decided that two children's records are one person, or are not, and why. The log is only ever added to: an entry
// is never changed or deleted, and what was wrong is undone by a further entry. What follows from it is worked out in
// people.h, the one place that adds to it.
//
// Sealed entries join a birth and an adoptive identity (R-A-06). They are left out unless a caller asks for them, and
// only the policy may let anybody ask.
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/database.h"

#include <optional>
#include <span>
#include <vector>

namespace reachable::identity {

enum class DecisionKind { same, different, cannot_tell, undone };
std::string_view code_of(DecisionKind kind);

/// What shows that two who may be siblings are one child all the same (R-A-05).
enum class Proof { none, identifier, photograph };
std::string_view code_of(Proof proof);

/// What stands against joining two records (R-A-05). Whoever compares them works it out and passes it on.
struct Guards {
    bool may_be_siblings = false;
    bool has_contradictory_identifiers = false; // two of one type
    bool operator==(const Guards&) const = default;
};

/// What somebody says of two records.
struct Judgement {
    DecisionKind kind = DecisionKind::cannot_tell;
    ChildId one;
    ChildId other;
    WorkerId worker; // none: automatic
    AgencyId agency;
    std::string reason;             // in words, 5 characters or more
    WorkerId confirmed_by;          // the second person, where one is needed
    std::string model_version;      // what weighed the records, if anything did
    Json evidence = Json::object(); // reasons by field, as they were shown
    Guards guards;
    Proof proof = Proof::none;
    bool is_automatic = false;
    bool is_sealed = false;
    bool operator==(const Judgement&) const = default;
};

/// An entry of the log. `judged.one` is the smaller of the two ids.
struct Decision {
    std::int64_t sequence = 0; // from 1, in the order of the log
    UtcTime at{};              // never before the entry that stands before it
    Judgement judged;
    UtcTime one_recorded_at{}; // when each child's record was first on file
    UtcTime other_recorded_at{};
    std::int64_t newest_change = 0; // of the source records of both people when it was decided (source_records.h)
    std::int64_t undoes = 0;        // of kind undone: the sequence of the entry undone
    bool operator==(const Decision&) const = default;
};

enum class Sealed { hidden, shown };

/// What a judgement lacks by itself, every problem at once: a record with itself, a reason of fewer than 5 characters,
/// nobody who decides, a second person who is the first, a join that the guards stand against (no proof; no second
/// person), a child joined automatically (R-A-01), a seal on anything but a join.
Result<> check(const Judgement& judgement);

/// Where an entry stands in time and data.
struct Circumstances {
    UtcTime at{};
    UtcTime one_recorded_at{}; // of `one` and `other` as the judgement names them
    UtcTime other_recorded_at{};
    std::int64_t newest_change = 0;
    std::int64_t undoes = 0;
};
/// Adds an entry and gives it back. Only people.h calls this: it knows what else must hold, and keeps its view. An
/// instant before the last entry's becomes that one's, so that the log up to an instant is always a beginning of it.
/// Evidence that could not be read back is refused.
Result<Decision> append(storage::Transaction& transaction, const Judgement& judgement, const Circumstances& known);

std::optional<Decision> find_decision(storage::Transaction& transaction, std::int64_t sequence,
                                      Sealed sealed = Sealed::hidden);
bool is_undone(storage::Transaction& transaction, std::int64_t sequence);
/// Every entry that names this child's record, undone ones and what undid them too, in the order of the log.
std::vector<Decision> decisions_of(storage::Transaction& transaction, ChildId child, Sealed sealed = Sealed::hidden);
/// The log after that entry, at most so many.
std::vector<Decision> decisions_since(storage::Transaction& transaction, std::int64_t sequence, std::size_t most,
                                      Sealed sealed = Sealed::hidden);

/// What stands of a log, or of a beginning of it: everything but what it undoes, and the undoing. In the same order.
std::vector<Decision> standing(std::span<const Decision> log);
/// The standing entries, sealed ones too, that name any of these children, in the order of the log; as they stood at
/// that instant, if one is given.
std::vector<Decision> standing_about(storage::Transaction& transaction, std::span<const ChildId> children,
                                     std::optional<UtcTime> at = std::nullopt);
/// Standing entries of one kind that were decided up to that instant, in the order of the log.
std::vector<Decision> standing_of_kind(storage::Transaction& transaction, DecisionKind kind, UtcTime until);

} // namespace reachable::identity
