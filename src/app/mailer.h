// Hands waiting mail to a mail server, or writes it to a folder. A mail says a reference and a link: no name, no place,
// no offence, no health word.
#pragma once

#include "notices/notices.h"

#include <optional>

namespace reachable::app {

class Service;

/// When a mail is handed over, and when the answer it asks for is due; nothing: none is awaited.
struct MailMoment {
    UtcTime now{};
    std::optional<UtcTime> due_at = {};
};
/// The subject and text of a mail. `base_url` goes in front of the link.
struct MailText {
    std::string subject;
    std::string body;
};
MailText mail_text(const notices::Mail& mail, std::string_view base_url, const MailMoment& moment);
/// The whole message, with its headers (RFC 5322).
std::string message(const notices::Mail& mail, const std::string& from, std::string_view base_url,
                    const MailMoment& moment);
/// Hands one message to an SMTP server (smtp:// or smtps://). Refuses with what went wrong, without addresses.
Result<> hand_over(const std::string& server, const std::string& from, const std::string& to, const std::string& text);

/// Sends what waits. Each mail is marked sent only after the server took it; a mail may so be sent twice, never lost.
class Mailer {
  public:
    explicit Mailer(const Service& service) : service_(service) {}
    void send_waiting(UtcTime now);

  private:
    Result<> send(const notices::Mail& mail, UtcTime now);
    const Service& service_;
    std::size_t written_ = 0;
};

} // namespace reachable::app
