// Hands waiting text messages to the gateway of the settings: one post for each, signed as messages to partner systems
// are. What it says is put together when it leaves, from words that are data and a time.
#pragma once

#include "app/text_gateway.h"
#include "notices/receipts.h"
#include "notices/texts.h"

namespace reachable::app {

class Service;

/// What is posted: {"to", "from", "text", "reference"}.
std::string text_post(const std::string& number, const std::string& sender, std::string_view words,
                      const std::string& reference);
/// The id in the gateway's answer, under "id" or "message_id"; empty when there is none that can be kept.
std::string gateway_id_in(const std::string& answer);

/// Tries what waits, each text once. One is delivered only after the gateway answered 2xx; it may so be posted twice,
/// under the same reference, and is never lost. While the gateway does not answer, the others wait for the next round.
class TextSender {
  public:
    explicit TextSender(const Service& service) : service_(service) {}
    /// Gives how many were tried.
    std::size_t send_waiting(UtcTime now);

  private:
    bool begin(const notices::TextMessage& text, UtcTime now);
    notices::TextTry try_once(const notices::TextMessage& text, UtcTime now);
    std::size_t send_receipts(UtcTime now);
    notices::TextTry post(const std::string& number, std::string_view words, const std::string& reference, UtcTime now);
    const Service& service_;
};

} // namespace reachable::app
