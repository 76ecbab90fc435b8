#include "app/mailer.h"

#include "app/service.h"

#include <cstring>
#include <ctime>
#include <curl/curl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>

namespace reachable::app {
namespace {

/// "Sun, 25 Oct 2026 00:30:00 +0000"
std::string mail_date(UtcTime now)
{
    const auto seconds_since = static_cast<std::time_t>(to_seconds(now));
    std::tm parts{};
    gmtime_r(&seconds_since, &parts);
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days[parts.tm_wday], parts.tm_mday,
                       months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

struct Reading {
    const std::string& text;
    std::size_t at = 0;
};

std::size_t read_some(char* to, std::size_t size, std::size_t count, void* from)
{
    auto& reading = *static_cast<Reading*>(from);
    const auto length = std::min(size * count, reading.text.size() - reading.at);
    std::memcpy(to, reading.text.data() + reading.at, length);
    reading.at += length;
    return length;
}

struct CloseCurl {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

} // namespace

MailText mail_text(const notices::Mail& mail, std::string_view base_url)
{
    if (mail.code == "link.code")
        return {
            "Your code",
            fmt::format(
                "Your code is {}.\n\nIt is good for ten minutes. If you did not ask for it, ring the custody suite.\n",
                mail.link)};
    const auto where = fmt::format("{}{}", base_url, mail.link);
    if (mail.code == "custody.request")
        return {fmt::format("A request waits for your desk, reference {}", mail.reference),
                fmt::format("Police custody asks your duty desk to answer a request within two hours.\n\nReference: "
                            "{}\nOpen: {}\n\n"
                            "The link works once. You need the code that we send to your desk's second address.\n",
                            mail.reference, where)};
    return {fmt::format("Something is due, reference {}", mail.reference),
            fmt::format("A request to your desk needs attention.\n\nReference: {}\nYour queue: {}\n", mail.reference,
                        where)};
}

std::string message(const notices::Mail& mail, const std::string& from, std::string_view base_url, UtcTime now)
{
    const auto text = mail_text(mail, base_url);
    std::string body;
    for (const char c : text.body) body += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return fmt::format("Date: {}\r\nFrom: Reachable <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: "
                       "<{}@reachable>\r\nMIME-Version: 1.0\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nAuto-Submitted: "
                       "auto-generated\r\n\r\n{}",
                       mail_date(now), from, mail.to, text.subject, RequestId::random().text(), body);
}

Result<> hand_over(const std::string& server, const std::string& from, const std::string& to, const std::string& text)
{
    const std::unique_ptr<CURL, CloseCurl> handle{curl_easy_init()};
    CHECK(handle != nullptr, "curl could not be started");
    const std::unique_ptr<curl_slist, CloseCurl> recipients{curl_slist_append(nullptr, to.c_str())};
    Reading reading{text};
    curl_easy_setopt(handle.get(), CURLOPT_URL, server.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, read_some);
    curl_easy_setopt(handle.get(), CURLOPT_READDATA, &reading);
    curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    const auto outcome = curl_easy_perform(handle.get());
    if (outcome == CURLE_OK) return {};
    return refuse(ProblemKind::unavailable,
                  fmt::format("The mail server did not take the message: {}", curl_easy_strerror(outcome)));
}

void Mailer::send_waiting(UtcTime now)
{
    std::vector<notices::WaitingMail> waiting;
    auto& database = service_.desk().database;
    database.read([&](storage::Transaction& transaction) { waiting = notices::mail_to_send(transaction, now, 50); });
    for (const auto& one : waiting) {
        const auto sent = send(one.mail, now);
        if (!sent) std::cerr << "failure mail " << sentences(sent.error()) << '\n';
        database.write([&](storage::Transaction& transaction) {
            if (sent)
                notices::mark_sent(transaction, one.id, now);
            else
                notices::mark_failed(transaction, one, now);
        });
    }
}

Result<> Mailer::send(const notices::Mail& mail, UtcTime now)
{
    const auto& settings = service_.settings();
    const auto text = message(mail, settings.mail_from, settings.base_url, now);
    if (!settings.mail_server.empty()) return hand_over(settings.mail_server, settings.mail_from, mail.to, text);
    // A waiting message holds a link that still works: only the account that runs the service may read it.
    std::filesystem::create_directories(settings.mail_folder);
    std::filesystem::permissions(settings.mail_folder, std::filesystem::perms::owner_all);
    const auto file = fmt::format("{}/{}-{:06}.eml", settings.mail_folder, to_seconds(now), ++written_);
    std::ofstream out(file, std::ios::binary);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    out << text;
    if (!out.flush()) return refuse(ProblemKind::unavailable, "The mail folder cannot be written to");
    return {};
}

} // namespace reachable::app
