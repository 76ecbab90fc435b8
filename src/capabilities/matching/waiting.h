// Pairs of records that may be one child and that nobody is asked about yet. A feed of thousands of alike rows would
// fill a queue that nobody reads, so an organisation and a record have so many questions at a time; what is left waits
// here, and the riskiest and most certain are asked about first as room comes.
//
// A pair of which either record is restricted is of another class, and what is bounded in one class never counts those
// of the other: how many there are would tell. Restricted records are bounded one by one, for whoever may see one may
// not see the next: each has so many questions, and so many pairs that wait, with records that everybody may see. That
// keeps a feed of thousands of rows like a restricted record as short as any. Pairs of two restricted records are not
// bounded, for each of them was restricted by a person.
#pragma once

#include "capabilities/matching/same_person.h"

namespace reachable::matching {

struct LikelyPair {
    ChildId one;
    ChildId other;
    AgencyId holder; // of the one, who would be asked first
    AgencyId partner;
    std::int64_t worth = 0; // thousandths of a bit
};

constexpr std::int64_t most_questions_of_holder = 200;
constexpr std::int64_t most_questions_of_record = 5;
constexpr std::int64_t most_waiting_of_record = 20;

/// Whether everybody who decides may see both records of a pair, or one of the two is restricted.
enum class PairClass { open, restricted };

/// In SQL: the record that this column names is restricted, for family or for everybody.
std::string is_restricted(std::string_view column);
/// In SQL: the pair of the records that these columns name is of that class.
std::string is_of(PairClass pair_class, std::string_view one, std::string_view other);

/// Once for two records, in whichever order they are found. Of a record with so many already the least certain of the
/// same class waits no longer.
void let_wait(storage::Transaction& transaction, const LikelyPair& pair);
void wait_no_longer(storage::Transaction& transaction, const LikelyPair& pair);
/// Whom of a class to ask about next, at most `most`, nobody where nobody waits or has room: children in custody first,
/// whether there is room or not, then the most certain of each organisation (or, restricted, of all) that have room.
/// Nobody is asked about a record that is sealed as long as it is (R-P-07).
std::vector<LikelyPair> next_to_ask(storage::Transaction& transaction, PairClass pair_class, std::size_t most);

} // namespace reachable::matching
