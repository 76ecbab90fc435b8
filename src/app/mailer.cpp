#include "app/mailer.h"

#include "app/service.h"
#include "clocks/london.h"

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

/// "The answer is due by …", or how late it is; empty when none is awaited.
std::string due_words(const MailMoment& moment)
{
    if (!moment.due_at) return {};
    const auto due = clocks::wall_date_time_told_apart(*moment.due_at);
    if (moment.now <= *moment.due_at) return fmt::format("An answer is due by {}.\n", due);
    return fmt::format("The answer was due by {}. It is late by {}. Send what you know now; the rest can follow.\n",
                       due, clocks::duration_words(moment.now - *moment.due_at));
}

bool is_late(const MailMoment& moment)
{
    return moment.due_at && moment.now > *moment.due_at;
}

MailText code_mail(const notices::Mail& mail)
{
    return {fmt::format("Your code, reference {}", mail.reference),
            fmt::format("Your code is {}.\n\nIt opens the request with the reference {}. It is good for ten minutes.\n"
                        "If nobody at your desk asked for it, ring the custody suite.\n",
                        mail.link, mail.reference)};
}

/// How to get to the request: by the link in this mail, or by the one that the desk has already.
std::string way_in(const notices::Mail& mail, std::string_view base_url)
{
    if (!mail.link.starts_with("/a/"))
        return "Open it by the link in the newest message with this reference that has one: it is still good.\n";
    return fmt::format(
        "Open: {}{}\n\nThe link works once, for two hours. You need the code that we send to your desk's "
        "second address. A newer message ends older links. If it is over, its page says whom to ring.\n",
        base_url, mail.link);
}

MailText request_mail(const notices::Mail& mail, std::string_view base_url, const MailMoment& moment)
{
    return {
        fmt::format("{}A request waits for your desk, reference {}", is_late(moment) ? "Late: " : "", mail.reference),
        fmt::format("Police custody asks your duty desk for an answer.\n{}\nReference: {}\n{}", due_words(moment),
                    mail.reference, way_in(mail, base_url))};
}

MailText pass_back_mail(const notices::Mail& mail, std::string_view base_url)
{
    const bool is_urgent = mail.code == "custody.pass_back_now" || mail.code.starts_with("clock.C08U");
    return {
        fmt::format("{}Custody passes something back to your desk, reference {}", is_urgent ? "Within the hour: " : "",
                    mail.reference),
        fmt::format("A child that your desk was asked about has left custody. Read what custody passes back, and say "
                    "what you do next{}.\n\nReference: {}\n{}",
                    is_urgent ? ", within the hour" : "", mail.reference, way_in(mail, base_url))};
}

MailText adult_mail(const notices::Mail& mail, std::string_view base_url)
{
    return {
        fmt::format("A child still has no appropriate adult, reference {}", mail.reference),
        fmt::format(
            "A child in police custody waits longer for an appropriate adult than it should. Your authority answers "
            "for the provision of appropriate adults: ring the custody suite.\n\nReference: {}\n{}",
            mail.reference, way_in(mail, base_url))};
}

MailText bed_mail(const notices::Mail& mail, std::string_view base_url)
{
    return {
        fmt::format("Now: a bed is asked of your authority, reference {}", mail.reference),
        fmt::format("A child in police custody was charged and refused bail. Your authority is asked for "
                    "accommodation (PACE 1984, section 38(6)). Say where, from when and how the child gets there, or "
                    "why there is none.\n\nReference: {}\n{}",
                    mail.reference, way_in(mail, base_url))};
}

MailText nudge_mail(const notices::Mail& mail, std::string_view base_url, const MailMoment& moment)
{
    return {fmt::format("{}, reference {}",
                        is_late(moment) ? "Late: custody still waits for your answer"
                                        : "Time is running out: custody waits for your answer",
                        mail.reference),
            fmt::format("A request to your desk is not answered in full yet.\n{}\nReference: {}\n{}\nWith an account: "
                        "{}/queue\n",
                        due_words(moment), mail.reference, way_in(mail, base_url), base_url)};
}

/// The one case whose id begins with a mail's reference; nothing when two begin alike.
std::optional<CaseId> case_of(storage::Transaction& transaction, const std::string& reference)
{
    constexpr std::size_t digits = 32;
    if (reference.empty() || reference.size() > digits) return std::nullopt;
    const auto first = CaseId::parse(reference + std::string(digits - reference.size(), '0'));
    const auto last = CaseId::parse(reference + std::string(digits - reference.size(), 'f'));
    if (!first || !last) return std::nullopt;
    const auto rows = transaction.query("select id from cases where id >= $1 and id <= $2 limit 2",
                                        {storage::to_value(*first), storage::to_value(*last)});
    return rows.size() == 1 ? std::optional(storage::id_at<CaseId>(rows.front(), 0)) : std::nullopt;
}

/// When the desk's answer is due (C02): by the newest clock that runs for it, as each desk that is asked has one of its
/// own.
std::optional<UtcTime> answer_due(storage::Transaction& transaction, const std::string& reference)
{
    const auto id = case_of(transaction, reference);
    if (!id) return std::nullopt;
    std::optional<casework::ClockRow> newest;
    for (const auto& clock : casework::load_clocks(transaction, *id))
        if (clock.code == "C02" && !clock.stopped_at && (!newest || newest->started_at <= clock.started_at))
            newest = clock;
    return newest ? std::optional(newest->due_at) : std::nullopt;
}

} // namespace

MailText mail_text(const notices::Mail& mail, std::string_view base_url, const MailMoment& moment)
{
    if (mail.code == "link.code") return code_mail(mail);
    if (mail.code == "custody.request") return request_mail(mail, base_url, moment);
    if (mail.code.starts_with("custody.pass_back") || mail.code.starts_with("clock.C08"))
        return pass_back_mail(mail, base_url);
    if (mail.code == "custody.bed" || mail.code.starts_with("clock.C07")) return bed_mail(mail, base_url);
    if (mail.code.starts_with("clock.C06")) return adult_mail(mail, base_url);
    return nudge_mail(mail, base_url, moment);
}

std::string message(const notices::Mail& mail, const std::string& from, std::string_view base_url,
                    const MailMoment& moment)
{
    const auto text = mail_text(mail, base_url, moment);
    std::string body;
    for (const char c : text.body) body += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return fmt::format("Date: {}\r\nFrom: Reachable <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: "
                       "<{}@reachable>\r\nMIME-Version: 1.0\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nAuto-Submitted: "
                       "auto-generated\r\n\r\n{}",
                       mail_date(moment.now), from, mail.to, text.subject, RequestId::random().text(), body);
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
                notices::mark_sent(transaction, one, now);
            else
                notices::mark_failed(transaction, one, now);
        });
    }
}

Result<> Mailer::send(const notices::Mail& mail, UtcTime now)
{
    const auto& settings = service_.settings();
    MailMoment moment{.now = now};
    service_.desk().database.read(
        [&](storage::Transaction& transaction) { moment.due_at = answer_due(transaction, mail.reference); });
    const auto text = message(mail, settings.mail_from, settings.base_url, moment);
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
