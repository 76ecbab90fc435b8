#include "language/counts.h"

#include "storage/columns.h"

namespace reachable::language {
namespace {

constexpr std::string_view create = R"sql(
create table language_counts (
    agency bytea not null, team bytea not null, month text not null, phrase bigint not null, shown bigint not null,
    taken bigint not null, primary key (agency, team, month, phrase));
)sql";

constexpr storage::Migration all[] = {{"language", 1, "how often a wording was offered and taken", create}};

} // namespace

std::string month_of(CivilDate day)
{
    return to_iso(day).substr(0, 7);
}

void Tally::add(const Counted& what, const Count& count)
{
    const std::lock_guard lock(guard_);
    auto& sum = counts_[what];
    sum.shown += count.shown;
    sum.taken += count.taken;
}

Counts Tally::take()
{
    const std::lock_guard lock(guard_);
    return std::exchange(counts_, {});
}

void store(storage::Transaction& transaction, const Counts& counts)
{
    for (const auto& [what, count] : counts)
        transaction.execute("insert into language_counts (agency, team, month, phrase, shown, taken) "
                            "values ($1, $2, $3, $4, $5, $6) on conflict (agency, team, month, phrase) do update set "
                            "shown = language_counts.shown + excluded.shown, "
                            "taken = language_counts.taken + excluded.taken",
                            {storage::to_value(what.agency), storage::to_value(what.team), what.month,
                             std::int64_t{what.phrase}, count.shown, count.taken});
}

Counts counts_of(storage::Transaction& transaction, AgencyId agency, std::string_view since)
{
    Counts counts;
    for (const auto& row : transaction.query("select team, month, phrase, shown, taken from language_counts "
                                             "where agency = $1 and month >= $2 order by team, month, phrase",
                                             {storage::to_value(agency), std::string(since)}))
        counts[{agency, storage::id_at<TeamId>(row, 0), row.text(1), static_cast<int>(row.integer(2))}] = {
            row.integer(3), row.integer(4)};
    return counts;
}

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::language
