// Who searched when, and why: beside the log, which commits to a reason but holds no narrative. What is counted here
// limits how many searches one person may make in an hour, so that a search does not become a browse.
#pragma once

#include "casework/desk.h"

namespace reachable::casework {

struct SearchMade {
    std::uint64_t entry = 0; // its number in the log
    UtcTime at{};
    WorkerId worker;
    bool is_refused = false; // because there were too many before
    Bytes salt;              // of the log's commitment to the reason
    std::string reason;
};
void store_search(storage::Transaction& transaction, const SearchMade& search);

/// How many searches one person or one system may make in an hour; nothing where the list "search.limits" does not say.
std::optional<int> most_in_an_hour(const Desk& desk, std::string_view limit, UtcTime now);
/// The searches of this person after that instant: those that were refused for being too many, or all others.
std::int64_t count_since(storage::Transaction& transaction, const Session& session, UtcTime since, bool is_refused);
/// Those who account for looking are told, once an hour for one person.
void tell_of_too_many(storage::Transaction& transaction, const Session& session, UtcTime now);

} // namespace reachable::casework
