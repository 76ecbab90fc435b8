#include "app/webhook_sender.h"

#include "api/json.h"
#include "app/outgoing.h"
#include "app/service.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::app {

using notices::Delivery;
using notices::EndpointId;
using storage::Transaction;

std::string cloud_event(const Delivery& delivery, std::string_view base_url, std::string_view type)
{
    const auto reference = delivery.case_id.text().substr(0, 8);
    auto data = Json::object().set("reference", reference);
    if (!type.empty()) data.set("path", fmt::format("/api/v1/{}/{}", type, delivery.case_id.text()));
    return api::write_json(Json::object()
                               .set("specversion", "1.0")
                               .set("id", delivery.message_id())
                               .set("source", std::string(base_url))
                               .set("type", "reachable." + delivery.code)
                               .set("subject", reference)
                               .set("time", to_iso(delivery.at))
                               .set("datacontenttype", "application/json")
                               .set("data", std::move(data)));
}

std::vector<std::string> signed_headers(const std::string& id, const std::string& body, const Sensitive<Bytes>& secret,
                                        UtcTime now, std::string_view content_type)
{
    const auto signed_text = fmt::format("{}.{}.{}", id, to_seconds(now), body);
    const auto signature = to_base64(hmac_sha256(secret.reveal(), as_bytes(signed_text)));
    return {fmt::format("content-type: {}; charset=utf-8", content_type), "user-agent: Reachable",
            fmt::format("webhook-id: {}", id), fmt::format("webhook-timestamp: {}", to_seconds(now)),
            fmt::format("webhook-signature: v1,{}", signature)};
}

std::string secret_in_words(const Sensitive<Bytes>& secret)
{
    return "whsec_" + to_base64(secret.reveal());
}

namespace {

/// A message says that something happened in a case, so it leaves only to a side of that case, and never of a record
/// that is restricted: together with an answer of the API it would tell that there is one (R-P-07, R-P-08). What is
/// opened in an emergency, asked of two records or disputed is for people.
bool may_leave(Transaction& transaction, const Delivery& one)
{
    if (one.case_id.is_none()) return true;
    const auto endpoint = notices::find_endpoint(transaction, one.endpoint);
    const auto rows =
        transaction.query(fmt::format("{}where id = $1", casework::select_heads), {storage::to_value(one.case_id)});
    if (!endpoint) return false;
    if (rows.empty()) return true; // of no case on record there is nothing to tell
    const auto head = casework::read_head(rows.front());
    constexpr std::string_view kinds[] = {"custody",     "encounter", "offer",
                                          "observation", "missing",   "return-interview"};
    const bool is_a_side = endpoint->agency == head.heading.agency || endpoint->agency == head.heading.partner;
    return is_a_side && std::ranges::find(kinds, head.type) != std::end(kinds) &&
           !ties::is_restricted(transaction, head.heading.child);
}

} // namespace

std::size_t WebhookSender::send_waiting(UtcTime now)
{
    constexpr std::size_t most_of_each = 20;
    auto& database = service_.desk().database;
    std::vector<Delivery> waiting;
    database.read(
        [&](Transaction& transaction) { waiting = notices::deliveries_to_try(transaction, now, most_of_each); });
    std::set<EndpointId> silent;
    std::size_t tried = 0;
    const auto began = std::chrono::steady_clock::now();
    for (const auto& one : waiting) {
        if (silent.contains(one.endpoint)) continue;
        // Those before it may have taken their time, and a signature is of the moment in which it leaves.
        const auto at = now + std::chrono::floor<seconds>(std::chrono::steady_clock::now() - began);
        bool is_begun = false;
        database.write([&](Transaction& transaction) {
            is_begun = may_leave(transaction, one);
            if (is_begun)
                is_begun = notices::begin_try(transaction, one, at);
            else
                notices::withdraw_delivery(transaction, one, at);
        });
        if (!is_begun) continue;
        const auto made = try_once(one, at);
        constexpr std::chrono::milliseconds slow{2000};
        if (!made.is_proof() || made.took > slow) silent.insert(one.endpoint);
        database.write([&](Transaction& transaction) { notices::note_try(transaction, one, made, at); });
        tried += 1;
    }
    return tried;
}

notices::Try WebhookSender::try_once(const Delivery& delivery, UtcTime now)
{
    std::optional<notices::Endpoint> endpoint;
    std::optional<Sensitive<Bytes>> secret;
    std::string type;
    service_.desk().database.read([&](Transaction& transaction) {
        endpoint = notices::find_endpoint(transaction, delivery.endpoint);
        secret = notices::secret_of(transaction, service_.secret_keys(), delivery.endpoint);
        const auto rows =
            transaction.query("select type from cases where id = $1", {storage::to_value(delivery.case_id)});
        type = rows.empty() ? std::string{} : rows.front().text(0);
    });
    notices::Try made{.at = now};
    if (!endpoint || !secret) {
        made.problem = "Its secret cannot be opened: register the address anew";
        return made;
    }
    const auto& settings = service_.settings();
    auto body = cloud_event(delivery, settings.base_url, type);
    auto headers = signed_headers(delivery.message_id(), body, *secret, now);
    const auto answer = write_out({.url = endpoint->url,
                                   .headers = std::move(headers),
                                   .body = std::move(body),
                                   .inside = settings.writes_inside ? Inside::yes : Inside::no});
    made.status = answer.status;
    made.took = answer.took;
    made.problem = answer.problem;
    return made;
}

} // namespace reachable::app
