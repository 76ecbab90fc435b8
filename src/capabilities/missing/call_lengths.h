// How long calls about missing children take, and how many end before a report (2.42). A row a call, with no child and
// no case that a child could be told by: a force reads the numbers of its own calls. Beside it, from which number a
// call came that ended too early, so that the next call from there finds it.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "storage/migrations.h"

#include <optional>
#include <vector>

namespace reachable::missing {

/// A call that ended in a report, or (`ended`) in none.
void note_length_of_call(storage::Transaction& transaction, AgencyId force, UtcTime began, UtcTime now, CaseId ended,
                         std::string_view number);
/// The calls of that force from that number that ended before a report, the newest first.
std::vector<CaseId> ended_calls_from(storage::Transaction& transaction, AgencyId force, std::string_view number);

/// The calls of one month of London. Without enough of them there is no median: it would tell of one call.
struct CallsOfMonth {
    CivilDate month; // its first day
    std::size_t reports = 0;
    std::size_t ended = 0;
    std::optional<seconds> median; // of those that became a report
    static constexpr std::size_t enough = 5;
};
/// The newest month first.
std::vector<CallsOfMonth> calls_by_month(storage::Transaction& transaction, AgencyId force, UtcTime since);

inline constexpr std::string_view tables_of_calls = R"sql(
create table call_lengths (
    force bytea not null, at bigint not null, seconds bigint not null, ended bytea, digits text not null);
create index call_lengths_of_force on call_lengths (force, at);
create index call_lengths_of_number on call_lengths (force, digits);
)sql";

} // namespace reachable::missing
