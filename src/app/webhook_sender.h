// Hands waiting messages to partner systems: an event in the shape of CloudEvents 1.0, signed in the manner of Standard
// Webhooks, so that whoever gets it can tell that it came from here, when, and that nobody changed it. It carries an
// opaque reference and the path under which the API tells the rest to whom the policy lets see it.
#pragma once

#include "base/sensitive.h"
#include "notices/webhooks.h"

namespace reachable::app {

class Service;

/// The event as it is sent. `type`: of the case; empty: there is none to read.
std::string cloud_event(const notices::Delivery& delivery, std::string_view base_url, std::string_view type);
/// The headers webhook-id, webhook-timestamp and webhook-signature: HMAC-SHA256 over "id.timestamp.body".
std::vector<std::string> signed_headers(const std::string& id, const std::string& body, const Sensitive<Bytes>& secret,
                                        UtcTime now, std::string_view content_type = "application/cloudevents+json");
/// A secret as an administrator hands it on: "whsec_" and base64.
std::string secret_in_words(const Sensitive<Bytes>& secret);

/// Tries what waits, each message once. A message is delivered only after its system answered 2xx; one may so be sent
/// twice, under the same id, and is never lost. Where a system did not take one, its others wait for the next round.
class WebhookSender {
  public:
    explicit WebhookSender(const Service& service) : service_(service) {}
    /// Gives how many were tried.
    std::size_t send_waiting(UtcTime now);

  private:
    notices::Try try_once(const notices::Delivery& delivery, UtcTime now);
    const Service& service_;
};

} // namespace reachable::app
