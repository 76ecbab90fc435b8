#include "notices/acknowledgement.h"

#include "base/text.h"
#include "clocks/london.h"
#include "notices/rows.h"
#include "storage/columns.h"

#include <fmt/format.h>
#include <set>

namespace reachable::notices {

using storage::id_at;
using storage::time_at;
using storage::to_value;
using storage::Transaction;

namespace {

UtcTime midnight_before(CivilDate day)
{
    return clocks::from_wall(day, "00:00").value(); // London's clocks change later in the night
}

} // namespace

std::pair<UtcTime, UtcTime> in_force(const Audience& row)
{
    const auto day_after = [](CivilDate day) { return CivilDate{std::chrono::sys_days{day} + std::chrono::days{1}}; };
    return {row.valid_from ? midnight_before(*row.valid_from) : UtcTime{},
            row.valid_to ? midnight_before(day_after(*row.valid_to)) : UtcTime::max()};
}

void acknowledge(Transaction& transaction, const StoredNotice& notice, const Addressee& to, WorkerId worker,
                 UtcTime now)
{
    transaction.execute(
        "update notices set acknowledged_at = $1, acknowledged_by = $2 where acknowledged_at is null and (id = $3 or "
        "(agency = $4 and team = $5 and role = $6 and code = $7 and case_id = $8 and at <= $9 and id in "
        "(select notice from notice_showings)))",
        {to_value(now), to_value(worker), notice.id, to_value(to.agency), to_value(notice.team),
         std::string(accounts::code_of(notice.role)), notice.code, to_value(notice.case_id), to_value(notice.at)});
}

std::vector<Unacknowledged> unacknowledged(Transaction& transaction, const lists::DatedLists& lists, UtcTime now,
                                           std::size_t most)
{
    const auto sql = fmt::format(
        "select {}, agency from notices where code = $1 and role = $2 and at >= $3 and at < $4 and at <= $5 "
        "and acknowledged_at is null and passed_on_at is null and passed_from is null and seen_at is null "
        "order by at, id limit $6",
        notice_columns);
    std::vector<Unacknowledged> found;
    for (const auto& row : all_audiences(lists)) {
        if (row.acknowledge_within.count() == 0) continue;
        const auto [from, until] = in_force(row);
        for (const auto role : row.roles)
            for (const auto& stored : transaction.query(
                     sql, {row.event, std::string(accounts::code_of(role)), to_value(from), to_value(until),
                           to_value(now - row.acknowledge_within), static_cast<std::int64_t>(most)})) {
                auto notice = read_notice(stored);
                const Addressee to{.agency = id_at<AgencyId>(stored, notice_column_count), .team = notice.team};
                found.push_back({.notice = std::move(notice), .to = to, .fallback = row.fallback});
            }
    }
    return found;
}

accounts::Escalation pass_on(Transaction& transaction, const Unacknowledged& one, UtcTime now)
{
    auto escalation = accounts::escalate(transaction, one.to.agency, one.fallback, now);
    std::vector<std::string> gap;
    for (const auto role : escalation.gap) gap.emplace_back(accounts::code_of(role));
    transaction.execute("update notices set passed_on_at = $2 where id = $1", {one.notice.id, to_value(now)});
    const Notice notice{.code = one.notice.code, .role = escalation.role};
    const Way way{.gap = join(gap, ","), .passed_from = std::string(accounts::code_of(one.notice.role))};
    const auto noted = insert_notice(transaction, one.to, one.notice.case_id, notice, way, now);
    note_for_texts(transaction, one.to, one.notice.case_id, notice, way, noted, now);
    return escalation;
}

std::vector<Bytes> never_shown(Transaction& transaction, std::span<const Bytes> notices)
{
    if (notices.empty()) return {};
    std::set<Bytes> left(notices.begin(), notices.end());
    for (const auto& row : transaction.query(
             fmt::format("select notice from notice_showings where notice in ({})", storage::places(notices.size())),
             storage::Values(notices.begin(), notices.end())))
        left.erase(row.bytes(0));
    return {left.begin(), left.end()};
}

void note_shown(Transaction& transaction, std::span<const Bytes> notices, WorkerId worker, UtcTime now)
{
    for (const auto& notice : notices)
        transaction.execute("insert into notice_showings (notice, at, worker) values ($1, $2, $3) "
                            "on conflict (notice) do nothing",
                            {notice, to_value(now), to_value(worker)});
}

std::optional<Showing> first_showing(Transaction& transaction, const Bytes& notice)
{
    const auto rows = transaction.query("select at, worker from notice_showings where notice = $1", {notice});
    if (rows.empty()) return std::nullopt;
    return Showing{.at = time_at(rows.front(), 0), .worker = id_at<WorkerId>(rows.front(), 1)};
}

} // namespace reachable::notices
