// How ties end: with what proved them, for one organisation alone, or at another time than was thought.
#include "storage/columns.h"
#include "ties/tie_rows.h"
#include "ties/ties.h"

#include <fmt/format.h>

namespace reachable::ties {

using storage::Transaction;

namespace {

void end_where(Transaction& transaction, std::string_view where, const std::vector<storage::Value>& values)
{
    begin_epoch(transaction);
    transaction.execute(
        fmt::format("update ties set ended_at = $1, changed_in = (select epoch from ties_clock) where {}", where),
        values);
}

} // namespace

void end_ties(Transaction& transaction, CaseId proved_by, UtcTime at)
{
    end_where(transaction, "proved_by = $2 and ended_at is null",
              {storage::to_value(at), storage::to_value(proved_by)});
}

void move_end_of_ties(Transaction& transaction, CaseId proved_by, UtcTime before, UtcTime at)
{
    end_where(transaction, "proved_by = $2 and ended_at = $3",
              {storage::to_value(at), storage::to_value(proved_by), storage::to_value(before)});
}

void end_ties_of(Transaction& transaction, CaseId proved_by, AgencyId keeper, UtcTime at)
{
    end_where(transaction, "proved_by = $2 and keeper = $3 and ended_at is null",
              {storage::to_value(at), storage::to_value(proved_by), storage::to_value(keeper)});
}

} // namespace reachable::ties
