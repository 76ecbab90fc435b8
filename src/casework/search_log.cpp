#include "casework/search_log.h"

#include "base/number.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "notices/notices.h"

namespace reachable::casework {
namespace {

using storage::Transaction;

constexpr std::string_view create_searches = R"sql(
create table searches (
    entry bigint primary key, at bigint not null, worker bytea not null, is_refused bigint not null,
    salt bytea not null, reason text not null);
create index searches_of_worker on searches (worker, at);
)sql";
constexpr storage::Migration all_migrations[] = {
    {"search", 1, "who searched when, and why outside a case", create_searches}};

} // namespace

void store_search(Transaction& transaction, const SearchMade& search)
{
    transaction.execute(
        "insert into searches (entry, at, worker, is_refused, salt, reason) values ($1, $2, $3, $4, $5, $6)",
        {static_cast<std::int64_t>(search.entry), to_value(search.at), to_value(search.worker),
         search.is_refused ? 1 : 0, search.salt, search.reason});
}

std::optional<int> most_in_an_hour(const Desk& desk, std::string_view limit, UtcTime now)
{
    if (!desk.lists.codes.contains("search.limits")) return std::nullopt;
    for (const auto* code : desk.lists.codes_on("search.limits", clocks::london_day(now)))
        if (code->code == limit) return whole_number<int>(code->column("most"));
    return std::nullopt;
}

std::int64_t count_since(Transaction& transaction, const Session& session, UtcTime since, bool is_refused)
{
    return transaction
        .query("select count(*) from searches where worker = $1 and at > $2 and is_refused = $3",
               {to_value(session.worker), to_value(since), is_refused ? 1 : 0})
        .front()
        .integer(0);
}

seconds wait_before_searching(const Desk& desk, const Session& session, UtcTime now)
{
    seconds wait{1};
    desk.database.read([&](Transaction& transaction) {
        const auto rows =
            transaction.query("select min(at) from searches where worker = $1 and at > $2 and is_refused = 0",
                              {to_value(session.worker), to_value(now - hours{1})});
        if (!rows.front().is_null(0)) wait = std::max(seconds{1}, storage::time_at(rows.front(), 0) + hours{1} - now);
    });
    return wait;
}

void tell_of_too_many(Transaction& transaction, const Session& session, UtcTime now)
{
    if (count_since(transaction, session, now - hours{1}, true) > 0) return;
    for (const auto role : {accounts::Role::IGOV, accounts::Role::PSTD})
        if (accounts::team_of_role(transaction, session.agency, role)) {
            notices::store_notice(transaction, {.agency = session.agency, .team = {}}, {},
                                  {.code = "search.too_many", .role = role}, "", now);
            return;
        }
}

std::string reason_of_search(Transaction& transaction, std::uint64_t entry)
{
    const auto rows =
        transaction.query("select reason from searches where entry = $1", {static_cast<std::int64_t>(entry)});
    return rows.empty() ? std::string{} : rows.front().text(0);
}

bool is_reason_of(Transaction& transaction, const audit::Entry& entry)
{
    if (entry.commitments.empty()) return true;
    const auto rows = transaction.query("select salt, reason from searches where entry = $1",
                                        {static_cast<std::int64_t>(entry.sequence)});
    return !rows.empty() &&
           entry.commitments == std::vector{audit::commit_to(rows.front().bytes(0), rows.front().text(1))};
}

std::span<const storage::Migration> search_migrations()
{
    return all_migrations;
}

} // namespace reachable::casework
