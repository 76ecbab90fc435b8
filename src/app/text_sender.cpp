#include "app/text_sender.h"

#include "accounts/sessions.h"
#include "api/json.h"
#include "app/key_files.h"
#include "app/outgoing.h"
#include "app/service.h"
#include "app/webhook_sender.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {

using notices::TextMessage;
using storage::Transaction;

namespace {

constexpr std::string_view no_number = "No number stands for them any more";

Inside reach_of(const Settings& settings)
{
    return settings.writes_inside ? Inside::yes : Inside::no;
}

/// Letters and digits, which a telephone shows as a name, or a number.
bool is_sender(std::string_view sender)
{
    constexpr std::size_t longest_name = 11;
    const auto is_shown = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const bool is_name = !sender.empty() && sender.size() <= longest_name && std::ranges::all_of(sender, is_shown);
    return is_name || accounts::read_text_number(sender).value_or("") == sender;
}

/// What is closed to somebody does not exist for them: no text may hint at it either (R-P-07, R-P-08).
bool is_closed_to_its_reader(Transaction& transaction, const TextMessage& text, UtcTime now)
{
    if (text.case_id.is_none()) return false;
    const auto rows =
        transaction.query(fmt::format("{}where id = $1", casework::select_heads), {storage::to_value(text.case_id)});
    if (rows.empty()) return false;
    const auto child = casework::read_head(rows.front()).heading.child;
    if (child.is_none() || !ties::is_restricted(transaction, child)) return false;
    if (text.to.worker.is_none()) return ties::is_closed_to_team(transaction, child, text.to.team);
    accounts::Session at_work;
    at_work.worker = text.to.worker;
    at_work.agency = text.agency;
    at_work.team = text.to.team;
    return ties::is_closed_to(transaction, child, at_work, now);
}

} // namespace

Result<std::optional<TextGateway>> text_gateway_of(const Settings& settings)
{
    if (settings.text_gateway_url.empty()) return std::nullopt;
    if (const auto may = may_be_written_to(settings.text_gateway_url, reach_of(settings)); !may)
        return refuse(ProblemKind::malformed, fmt::format("text_gateway_url: {}", sentences(may.error())));
    if (!is_sender(settings.text_sender))
        return refuse(ProblemKind::malformed,
                      "text_sender: Enter at most 11 letters and digits, or a number such as +447700900100");
    return TextGateway{.url = settings.text_gateway_url,
                       .key = TRY(text_gateway_key(text_gateway_key_file(settings))),
                       .sender = settings.text_sender};
}

std::string text_post(const std::string& number, const std::string& sender, std::string_view words,
                      const std::string& reference)
{
    return api::write_json(Json::object()
                               .set("to", number)
                               .set("from", sender)
                               .set("text", std::string(words))
                               .set("reference", reference));
}

std::string gateway_id_in(const std::string& answer)
{
    constexpr std::size_t longest_id = 100;
    const auto json = api::parse_json(answer);
    if (!json) return {};
    const auto is_kept = [](char c) { return ' ' < c && c <= '~'; };
    for (const auto* name : {"id", "message_id"}) {
        auto id = json->text_of(name);
        if (!id.empty() && id.size() <= longest_id && std::ranges::all_of(id, is_kept)) return id;
    }
    return {};
}

/// What is not needed any more, or must not leave, is withdrawn instead.
bool TextSender::begin(const TextMessage& text, UtcTime now)
{
    bool is_begun = false;
    service_.desk().database.write([&](Transaction& transaction) {
        is_begun = notices::is_still_needed(transaction, text) && !is_closed_to_its_reader(transaction, text, now);
        if (is_begun)
            is_begun = notices::begin_try(transaction, text, now);
        else
            notices::withdraw_text(transaction, text, now);
    });
    return is_begun;
}

std::size_t TextSender::send_waiting(UtcTime now)
{
    constexpr std::size_t most_at_once = 50;
    auto& database = service_.desk().database;
    notices::give_up_late_receipts(database, now);
    if (!service_.text_gateway()) return 0;
    std::vector<TextMessage> waiting;
    database.read([&](Transaction& transaction) { waiting = notices::texts_to_try(transaction, now, most_at_once); });
    std::size_t tried = 0;
    const auto began = std::chrono::steady_clock::now();
    for (const auto& one : waiting) {
        // Those before it may have taken their time, and a signature is of the moment in which it leaves.
        const auto at = now + std::chrono::floor<seconds>(std::chrono::steady_clock::now() - began);
        if (!begin(one, at)) continue;
        const auto made = try_once(one, at);
        database.write([&](Transaction& transaction) { notices::note_try(transaction, one, made, at); });
        tried += 1;
        const bool is_silent = made.made.status == 0 && made.made.problem != no_number;
        if (is_silent) break;
    }
    return tried + send_receipts(now);
}

/// To those who reported a child: what waits for a gateway that is silent waits for the next round.
std::size_t TextSender::send_receipts(UtcTime now)
{
    constexpr std::size_t most_at_once = 20;
    auto& database = service_.desk().database;
    std::vector<notices::Receipt> waiting;
    database.read(
        [&](Transaction& transaction) { waiting = notices::receipts_to_try(transaction, now, most_at_once); });
    std::size_t tried = 0;
    for (const auto& one : waiting) {
        bool is_begun = false;
        database.write([&](Transaction& transaction) { is_begun = notices::begin_receipt_try(transaction, one, now); });
        if (!is_begun) continue;
        const auto made = post(one.number, one.words, one.reference(), now);
        database.write([&](Transaction& transaction) { notices::note_receipt_try(transaction, one, made.made); });
        tried += 1;
        if (made.made.status == 0) break;
    }
    return tried;
}

notices::TextTry TextSender::try_once(const TextMessage& text, UtcTime now)
{
    std::string number;
    service_.desk().database.read([&](Transaction& transaction) { number = notices::number_for(transaction, text); });
    notices::TextTry made{.made = {.at = now}, .gateway_id = {}};
    if (number.empty()) {
        made.made.problem = no_number;
        return made;
    }
    return post(number, notices::text_words(service_.desk().lists, text, now), text.reference(), now);
}

notices::TextTry TextSender::post(const std::string& number, std::string_view words, const std::string& reference,
                                  UtcTime now)
{
    notices::TextTry made{.made = {.at = now}, .gateway_id = {}};
    const auto& gateway = *service_.text_gateway();
    auto body = text_post(number, gateway.sender, words, reference);
    auto headers = signed_headers(reference, body, gateway.key, now, "application/json");
    const auto answer = write_out({.url = gateway.url,
                                   .headers = std::move(headers),
                                   .body = std::move(body),
                                   .inside = reach_of(service_.settings()),
                                   .keeps_answer = true});
    made.made.status = answer.status;
    made.made.took = answer.took;
    made.made.problem = answer.problem;
    if (made.made.is_proof()) made.gateway_id = gateway_id_in(answer.body);
    return made;
}

} // namespace reachable::app
