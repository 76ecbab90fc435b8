// Pairs of records that may be one child and that nobody is asked about yet. A feed of thousands of alike rows would
// fill a queue that nobody reads, so an organisation and a record have so many questions at a time; what is left waits
// here, and the riskiest and most certain are asked about first as room comes. Questions and pairs about a restricted
// record take no room and are counted nowhere: how many there are would tell.
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

/// Once for two records, in whichever order they are found. Of a record with so many already the least certain waits no
/// longer.
void let_wait(storage::Transaction& transaction, const LikelyPair& pair);
void wait_no_longer(storage::Transaction& transaction, const LikelyPair& pair);
/// Whom to ask about next, at most `most`, nobody where nobody waits or has room: children in custody first, whether
/// there is room or not, then the most certain of each organisation that has room. Nobody is asked about a record that
/// is sealed as long as it is (R-P-07).
std::vector<LikelyPair> next_to_ask(storage::Transaction& transaction, std::size_t most);

} // namespace reachable::matching
