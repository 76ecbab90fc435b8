#include "app/webhook_sender.h"

#include "api/json.h"
#include "app/outgoing.h"
#include "app/service.h"

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
                                        UtcTime now)
{
    const auto signed_text = fmt::format("{}.{}.{}", id, to_seconds(now), body);
    const auto signature = to_base64(hmac_sha256(secret.reveal(), as_bytes(signed_text)));
    return {"content-type: application/cloudevents+json; charset=utf-8", "user-agent: Reachable",
            fmt::format("webhook-id: {}", id), fmt::format("webhook-timestamp: {}", to_seconds(now)),
            fmt::format("webhook-signature: v1,{}", signature)};
}

std::string secret_in_words(const Sensitive<Bytes>& secret)
{
    return "whsec_" + to_base64(secret.reveal());
}

std::size_t WebhookSender::send_waiting(UtcTime now)
{
    constexpr std::size_t most_of_each = 20;
    auto& database = service_.desk().database;
    std::vector<Delivery> waiting;
    database.read(
        [&](Transaction& transaction) { waiting = notices::deliveries_to_try(transaction, now, most_of_each); });
    std::set<EndpointId> silent;
    std::size_t tried = 0;
    for (const auto& one : waiting) {
        if (silent.contains(one.endpoint)) continue;
        bool is_begun = false;
        database.write([&](Transaction& transaction) { is_begun = notices::begin_try(transaction, one, now); });
        if (!is_begun) continue;
        const auto made = try_once(one, now);
        if (!made.is_proof()) silent.insert(one.endpoint);
        database.write([&](Transaction& transaction) { notices::note_try(transaction, one, made, now); });
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
