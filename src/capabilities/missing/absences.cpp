#include "capabilities/missing/absences.h"

#include "capabilities/missing/call_lengths.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace reachable::missing {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr std::string_view create = R"sql(
create table missing_absences (
    child bytea not null, case_id bytea not null, began_at bigint not null, over_at bigint, counts bigint not null,
    is_live bigint not null, primary key (child, case_id));
create table missing_changes (
    force bytea not null, change bigint not null, case_id bytea not null, primary key (force, change));
create table missing_sent (
    source text not null, reference text not null, agency bytea not null, case_id bytea not null,
    version bigint not null, digest bytea not null, is_withdrawn bigint not null, primary key (source, reference));
)sql";

constexpr storage::Migration all_of_absences[] = {
    {"missing", 1, "absences, what changed of them, and what other systems sent", create},
    {"missing", 2, "how long calls about missing children take, and which end before a report", tables_of_calls}};

void note_change(Transaction& transaction, AgencyId force, CaseId id)
{
    transaction.execute(
        "insert into missing_changes (force, change, case_id) values ($1, (select coalesce(max(change), "
        "0) + 1 from missing_changes where force = $1), $2)",
        {to_value(force), to_value(id)});
}

} // namespace

std::span<const storage::Migration> migrations()
{
    return all_of_absences;
}

void keep_absence(Transaction& transaction, CaseId id, std::string_view state, const Episode& episode)
{
    const auto over = episode.returned_at ? episode.returned_at : episode.closed_at;
    transaction.execute("insert into missing_absences (child, case_id, began_at, over_at, counts, is_live) values "
                        "($1, $2, $3, $4, $5, $6) on conflict (child, case_id) do update set began_at = "
                        "excluded.began_at, over_at = excluded.over_at, counts = excluded.counts, is_live = "
                        "excluded.is_live",
                        {to_value(episode.child), to_value(id), to_value(began_at(episode)), to_value(over),
                         std::int64_t{state == reclassified ? 0 : 1},
                         std::int64_t{episode.is_live.value_or(true) ? 1 : 0}});
    note_change(transaction, episode.force, id);
    for (const auto& looker : episode.looked_for_by)
        if (looker.force != episode.force && !looker.until) note_change(transaction, looker.force, id);
}

std::vector<std::string_view> acts_of_people()
{
    std::vector<std::string_view> names;
    for (const auto& action : episode_type().actions)
        if (!action.name.ends_with("_sent")) names.push_back(action.name);
    return names;
}

void note_absence(Transaction& transaction, const casework::CaseHead& head)
{
    const auto loaded = casework::load_case(transaction, episode_type(), head.id);
    CHECK(loaded.has_value(), "an episode that was acted upon is not there");
    keep_absence(transaction, head.id, loaded->head.state, *static_cast<const Episode*>(loaded->facts.get()));
}

void note_absences_of_before(storage::Database& database)
{
    std::vector<CaseId> unknown;
    database.read([&](Transaction& transaction) {
        unknown.clear();
        if (!transaction.query("select case_id from missing_absences limit 1").empty()) return;
        unknown = storage::ids_at<CaseId>(transaction.query("select id from cases where type = $1 order by opened_at, "
                                                            "id",
                                                            {std::string(episode_type().name)}),
                                          0);
    });
    if (unknown.empty()) return;
    database.write([&](Transaction& transaction) {
        for (const auto id : unknown) note_absence(transaction, casework::load_head(transaction, id));
    });
}

bool absence_is_kept(Transaction& transaction, const casework::CaseHead& head, const Episode& episode)
{
    const auto over = episode.returned_at ? episode.returned_at : episode.closed_at;
    const auto rows = transaction.query("select began_at, over_at, counts from missing_absences where child = $1 and "
                                        "case_id = $2",
                                        {to_value(episode.child), to_value(head.id)});
    return rows.size() == 1 && storage::time_at(rows.front(), 0) == began_at(episode) &&
           storage::maybe_time_at(rows.front(), 1) == over &&
           (rows.front().integer(2) == 1) == (head.state != reclassified);
}

bool is_a_live_return(Transaction& transaction, ChildId child, CaseId id)
{
    return !transaction
                .query("select case_id from missing_absences where child = $1 and case_id = $2 and counts = 1 and "
                       "is_live = 1 and over_at is not null",
                       {to_value(child), to_value(id)})
                .empty();
}

std::vector<CaseId> newest_absences(Transaction& transaction, std::span<const ChildId> records, std::size_t most)
{
    auto values = storage::to_values(records);
    values.emplace_back(static_cast<std::int64_t>(most));
    return storage::ids_at<CaseId>(
        transaction.recall(fmt::format("select case_id from missing_absences where child in ({}) and counts = 1 order "
                                       "by began_at desc, case_id limit ${}",
                                       storage::places(records.size()), values.size()),
                           values),
        0);
}

bool is_away_in(Transaction& transaction, std::span<const ChildId> records, UtcTime from, std::optional<UtcTime> until,
                CaseId but)
{
    auto values = storage::to_values(records);
    const auto at = values.size();
    values.push_back(to_value(from));
    values.push_back(to_value(until.value_or(UtcTime::max())));
    values.push_back(to_value(but));
    // Whoever went at the moment at which they were back was away twice.
    return !transaction
                .query(
                    fmt::format("select case_id from missing_absences where child in ({}) and counts = 1 and case_id "
                                "<> ${} and began_at < ${} and (over_at is null or over_at > ${}) limit 1",
                                storage::places(at), at + 3, at + 2, at + 1),
                    values)
                .empty();
}

Changes changes_after(Transaction& transaction, AgencyId force, std::int64_t number, std::size_t most)
{
    const auto rows = transaction.query("select change, case_id from missing_changes where force = $1 and change > $2 "
                                        "order by change limit $3",
                                        {to_value(force), number, static_cast<std::int64_t>(most + 1)});
    Changes changes{.last = number, .has_more = rows.size() > most};
    std::map<CaseId, std::int64_t> newest;
    const auto count = std::min(rows.size(), most);
    for (std::size_t i = 0; i < count; ++i) {
        changes.last = rows[i].integer(0);
        newest[storage::id_at<CaseId>(rows[i], 1)] = changes.last;
    }
    for (const auto& [id, change] : newest) changes.all.push_back({change, id});
    std::ranges::sort(changes.all, {}, &Change::number);
    return changes;
}

} // namespace reachable::missing
