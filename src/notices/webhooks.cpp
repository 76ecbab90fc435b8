#include "notices/webhooks.h"

#include "notices/audience.h"
#include "notices/rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::notices {

using storage::id_at;
using storage::maybe_time_at;
using storage::time_at;
using storage::to_value;
using storage::Transaction;

namespace {

constexpr std::string_view endpoint_columns = "id, agency, url, registered_by, registered_at, ended_at";
constexpr std::string_view delivery_columns = "endpoint, notice, at, code, case_id, state, next_at, attempts, ended_at";

/// After the try of that number.
constexpr seconds pauses[] = {seconds{10}, minutes{1}, minutes{5}, minutes{30}, hours{2}, hours{6}, hours{12}};
static_assert(std::size(pauses) + 1 == most_attempts);
/// A try that was begun and never ended, since the service was stopped in it, is over after so long.
constexpr seconds longest_try{60};

constexpr minutes folded_within{10};

std::string holder(EndpointId id)
{
    return "webhook " + id.text();
}

Endpoint read_endpoint(Transaction& transaction, const storage::Row& row)
{
    Endpoint endpoint{.id = id_at<EndpointId>(row, 0),
                      .agency = id_at<AgencyId>(row, 1),
                      .url = row.text(2),
                      .events = {},
                      .registered_by = id_at<WorkerId>(row, 3),
                      .registered_at = time_at(row, 4),
                      .ended_at = maybe_time_at(row, 5)};
    for (const auto& event : transaction.query("select event from webhook_events where endpoint = $1 order by event",
                                               {to_value(endpoint.id)}))
        endpoint.events.push_back(event.text(0));
    return endpoint;
}

Delivery read_delivery(const storage::Row& row)
{
    return {.endpoint = id_at<EndpointId>(row, 0),
            .notice = row.bytes(1),
            .at = time_at(row, 2),
            .code = row.text(3),
            .case_id = id_at<CaseId>(row, 4),
            .state = row.text(5),
            .next_at = time_at(row, 6),
            .attempts = row.integer(7),
            .ended_at = maybe_time_at(row, 8)};
}

std::vector<Delivery> read_deliveries(const storage::Rows& rows)
{
    std::vector<Delivery> deliveries;
    for (const auto& row : rows) deliveries.push_back(read_delivery(row));
    return deliveries;
}

std::optional<accounts::SealedSecret> sealed_secret(Transaction& transaction, EndpointId id)
{
    const auto rows =
        transaction.query("select secret, key_version from webhook_endpoints where id = $1", {to_value(id)});
    if (rows.empty()) return std::nullopt;
    return accounts::SealedSecret{rows.front().bytes(0), rows.front().integer(1)};
}

} // namespace

Sensitive<Bytes> add_endpoint(Transaction& transaction, const accounts::SecretKeys& keys, const Endpoint& endpoint)
{
    Sensitive<Bytes> secret(random_bytes(32));
    const auto sealed = accounts::seal_secret(keys, holder(endpoint.id), secret);
    transaction.execute(
        "insert into webhook_endpoints (id, agency, url, secret, key_version, registered_by, registered_at, ended_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, null)",
        {to_value(endpoint.id), to_value(endpoint.agency), endpoint.url, sealed.bytes, sealed.version,
         to_value(endpoint.registered_by), to_value(endpoint.registered_at)});
    for (const auto& event : endpoint.events)
        transaction.execute("insert into webhook_events (endpoint, event) values ($1, $2) "
                            "on conflict (endpoint, event) do nothing",
                            {to_value(endpoint.id), event});
    return secret;
}

void end_endpoint(Transaction& transaction, EndpointId id, UtcTime now)
{
    transaction.execute("update webhook_endpoints set ended_at = $2 where id = $1 and ended_at is null",
                        {to_value(id), to_value(now)});
    transaction.execute("update webhook_deliveries set state = 'withdrawn', ended_at = $2 where endpoint = $1 and "
                        "state = 'waits'",
                        {to_value(id), to_value(now)});
}

std::vector<Endpoint> endpoints_of(Transaction& transaction, AgencyId agency)
{
    const auto sql = fmt::format("select {} from webhook_endpoints where agency = $1 or $2 = 1 "
                                 "order by registered_at desc, id",
                                 endpoint_columns);
    std::vector<Endpoint> endpoints;
    for (const auto& row : transaction.query(sql, {to_value(agency), std::int64_t{agency.is_none() ? 1 : 0}}))
        endpoints.push_back(read_endpoint(transaction, row));
    return endpoints;
}

std::optional<Endpoint> find_endpoint(Transaction& transaction, EndpointId id)
{
    const auto rows = transaction.query(fmt::format("select {} from webhook_endpoints where id = $1", endpoint_columns),
                                        {to_value(id)});
    if (rows.empty()) return std::nullopt;
    return read_endpoint(transaction, rows.front());
}

std::optional<Sensitive<Bytes>> secret_of(Transaction& transaction, const accounts::SecretKeys& keys, EndpointId id)
{
    const auto sealed = sealed_secret(transaction, id);
    return sealed ? accounts::open_secret(keys, holder(id), *sealed) : std::nullopt;
}

void seal_endpoint_secrets(storage::Database& database, const accounts::SecretKeys& keys)
{
    const auto newest = keys.all.back().version;
    database.write([&](Transaction& transaction) {
        for (const auto& row : transaction.query(
                 "select id from webhook_endpoints where ended_at is null and key_version <> $1", {newest})) {
            const auto id = id_at<EndpointId>(row, 0);
            const auto secret = secret_of(transaction, keys, id);
            if (!secret) continue; // it is registered anew
            const auto sealed = accounts::seal_secret(keys, holder(id), *secret);
            transaction.execute("update webhook_endpoints set secret = $2, key_version = $3 where id = $1",
                                {to_value(id), sealed.bytes, sealed.version});
        }
    });
}

std::string Delivery::message_id() const
{
    constexpr std::size_t letters = 32;
    return "msg_" + to_hex(sha256(endpoint.bytes, notice)).substr(0, letters);
}

// A message that nobody has tried to send yet takes in the next of the same event and case: whoever gets it looks at
// the case as it stands then. Once a try has begun, the system may have looked already, and is told again.
void note_for_webhooks(Transaction& transaction, AgencyId agency, CaseId id, std::string_view code, const Bytes& notice,
                       UtcTime now)
{
    transaction.execute(
        "insert into webhook_deliveries (endpoint, notice, at, code, case_id, state, next_at, attempts) "
        "select e.id, $1, $2, $3, $4, 'waits', $2, 0 from webhook_endpoints e join webhook_events v on v.endpoint = "
        "e.id where e.agency = $5 and e.ended_at is null and v.event = $6 and not exists (select 1 from "
        "webhook_deliveries d where d.case_id = $4 and d.state = 'waits' and d.endpoint = e.id and d.code = $3 and "
        "d.first_tried_at is null and d.at > $7)",
        {notice, to_value(now), std::string(code), to_value(id), to_value(agency), event_of(code),
         to_value(now - folded_within)});
}

void withdraw_deliveries(Transaction& transaction, CaseId id, AgencyId agency, UtcTime now)
{
    transaction.execute("update webhook_deliveries set state = 'withdrawn', ended_at = $3 where case_id = $1 and "
                        "state in ('waits', 'dead') and endpoint in (select id from webhook_endpoints where agency = "
                        "$2)",
                        {to_value(id), to_value(agency), to_value(now)});
}

void withdraw_delivery(Transaction& transaction, const Delivery& one, UtcTime now)
{
    transaction.execute("update webhook_deliveries set state = 'withdrawn', ended_at = $3 where endpoint = $1 and "
                        "notice = $2 and state in ('waits', 'dead')",
                        {to_value(one.endpoint), one.notice, to_value(now)});
}

std::vector<Delivery> deliveries_to_try(Transaction& transaction, UtcTime now, std::size_t most_of_each)
{
    std::vector<Delivery> due;
    const auto sql =
        fmt::format("select {} from webhook_deliveries where endpoint = $1 and state = 'waits' and next_at "
                    "<= $2 order by next_at, at, notice limit $3",
                    delivery_columns);
    for (const auto& endpoint :
         transaction.query("select distinct endpoint from webhook_deliveries where state = 'waits' and next_at <= $1",
                           {to_value(now)})) {
        auto some = read_deliveries(
            transaction.query(sql, {endpoint.bytes(0), to_value(now), static_cast<std::int64_t>(most_of_each)}));
        std::ranges::move(some, std::back_inserter(due));
    }
    return due;
}

bool begin_try(Transaction& transaction, const Delivery& delivery, UtcTime now)
{
    return transaction.change(
               "update webhook_deliveries set attempts = attempts + 1, next_at = $3, first_tried_at = "
               "coalesce(first_tried_at, $4) where endpoint = $1 and notice = $2 and state = 'waits'",
               {to_value(delivery.endpoint), delivery.notice, to_value(now + longest_try), to_value(now)}) > 0;
}

void note_try(Transaction& transaction, const Delivery& delivery, const Try& made, UtcTime now)
{
    const auto key = [&](std::initializer_list<storage::Value> more) {
        storage::Values values{to_value(delivery.endpoint), delivery.notice};
        values.insert(values.end(), more);
        return values;
    };
    transaction.execute("insert into webhook_tries (endpoint, notice, number, at, status, milliseconds, problem) "
                        "select $1, $2, count(*) + 1, $3, $4, $5, $6 from webhook_tries where endpoint = $1 and "
                        "notice = $2",
                        key({to_value(made.at), made.status, std::int64_t{made.took.count()}, made.problem}));
    const auto rows = transaction.query(
        "select attempts from webhook_deliveries where endpoint = $1 and notice = $2 and state = 'waits'", key({}));
    if (rows.empty()) return; // withdrawn meanwhile
    const auto attempts = rows.front().integer(0);
    if (made.is_proof() || attempts >= most_attempts)
        transaction.execute("update webhook_deliveries set state = $3, ended_at = $4 where endpoint = $1 and notice = "
                            "$2",
                            key({std::string(made.is_proof() ? "delivered" : "dead"), to_value(now)}));
    else
        transaction.execute(
            "update webhook_deliveries set next_at = $3 where endpoint = $1 and notice = $2",
            key({to_value(now + pauses[static_cast<std::size_t>(std::max<std::int64_t>(attempts, 1)) - 1])}));
}

std::vector<Delivery> deliveries_of(Transaction& transaction, EndpointId endpoint, std::size_t most)
{
    return read_deliveries(transaction.query(
        fmt::format("select {} from webhook_deliveries where endpoint = $1 order by case when state = 'dead' then 0 "
                    "else 1 end, at desc, notice limit $2",
                    delivery_columns),
        {to_value(endpoint), static_cast<std::int64_t>(most)}));
}

std::vector<Try> tries_of(Transaction& transaction, const Delivery& delivery)
{
    std::vector<Try> tries;
    for (const auto& row : transaction.query("select number, at, status, milliseconds, problem from webhook_tries "
                                             "where endpoint = $1 and notice = $2 order by number",
                                             {to_value(delivery.endpoint), delivery.notice}))
        tries.push_back({.number = row.integer(0),
                         .at = time_at(row, 1),
                         .status = row.integer(2),
                         .took = std::chrono::milliseconds{row.integer(3)},
                         .problem = row.text(4)});
    return tries;
}

std::int64_t count_deliveries(Transaction& transaction, EndpointId endpoint, std::string_view state)
{
    return transaction
        .query("select count(*) from webhook_deliveries where endpoint = $1 and state = $2",
               {to_value(endpoint), std::string(state)})
        .front()
        .integer(0);
}

Result<> replay(Transaction& transaction, EndpointId endpoint, const Bytes& notice, UtcTime now)
{
    const auto changed =
        transaction.change("update webhook_deliveries set state = 'waits', attempts = 0, next_at = $3, ended_at = null "
                           "where endpoint = $1 and notice = $2 and state = 'dead' and exists (select 1 from "
                           "webhook_endpoints e where e.id = $1 and e.ended_at is null)",
                           {to_value(endpoint), notice, to_value(now)});
    if (changed > 0) return {};
    return refuse(ProblemKind::out_of_order,
                  "Only a message that was given up, to an address that stands, is sent again");
}

} // namespace reachable::notices
