#include "notices/receipts.h"

#include "accounts/text_numbers.h"
#include "base/crypto.h"
#include "notices/texts.h"
#include "storage/columns.h"

#include <fmt/format.h>

namespace reachable::notices {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr std::string_view receipt_columns = "id, case_id, number, language, words, state, at, attempts";

/// After the try of that number. A caller who waits an hour for a receipt has rung again.
constexpr seconds receipt_pauses[] = {seconds{10}, seconds{30}, minutes{1}, minutes{5}, minutes{15}};
static_assert(std::size(receipt_pauses) + 1 == most_receipt_attempts);
constexpr hours longest_wait_for_a_receipt{1};
/// A try that was begun and never ended, since the service was stopped in it, is over after so long.
constexpr seconds longest_receipt_try{30};

Receipt read_receipt(const storage::Row& row)
{
    return {.id = row.bytes(0),
            .case_id = storage::id_at<CaseId>(row, 1),
            .number = row.text(2),
            .language = row.text(3),
            .words = row.text(4),
            .state = row.text(5),
            .at = storage::time_at(row, 6),
            .attempts = row.integer(7)};
}

} // namespace

std::string Receipt::reference() const
{
    return "rec_" + to_hex(id);
}

std::string number_that_takes_texts(std::string_view said)
{
    constexpr std::string_view of_a_number = "+0123456789 ()-";
    constexpr std::size_t digits_of_a_mobile = 11;
    const auto typed = said.substr(0, said.find_first_not_of(of_a_number));
    std::string digits;
    for (const char c : typed)
        if (c >= '0' && c <= '9') digits += c;
    if (typed.find('+') == std::string_view::npos && digits.size() == digits_of_a_mobile && digits.starts_with("07"))
        return "+44" + digits.substr(1);
    return accounts::read_text_number(typed).value_or("");
}

void store_receipt(Transaction& transaction, CaseId of, std::string_view contact, std::string language,
                   std::string words, UtcTime now)
{
    auto number = number_that_takes_texts(contact);
    const auto* state = !are_texts_set_up(transaction) ? "not_set_up" : number.empty() ? "no_number" : "waits";
    if (std::string_view(state) != "waits") number.clear();
    transaction.execute("insert into receipts (id, case_id, number, language, words, state, at, next_at, attempts) "
                        "values ($1, $2, $3, $4, $5, $6, $7, $7, 0)",
                        {random_bytes(16), to_value(of), std::move(number), std::move(language), std::move(words),
                         std::string(state), to_value(now)});
}

std::optional<Receipt> receipt_of(Transaction& transaction, CaseId of)
{
    const auto rows = transaction.query(
        fmt::format("select {} from receipts where case_id = $1 order by at desc limit 1", receipt_columns),
        {to_value(of)});
    return rows.empty() ? std::nullopt : std::optional(read_receipt(rows.front()));
}

std::vector<Receipt> receipts_to_try(Transaction& transaction, UtcTime now, std::size_t most)
{
    std::vector<Receipt> receipts;
    for (const auto& row : transaction.query(
             fmt::format(
                 "select {} from receipts where state = 'waits' and next_at <= $1 order by next_at, id limit {}",
                 receipt_columns, most),
             {to_value(now)}))
        receipts.push_back(read_receipt(row));
    return receipts;
}

void give_up_late_receipts(storage::Database& database, UtcTime now)
{
    const storage::Values late{to_value(now - longest_wait_for_a_receipt)};
    bool is_any = false;
    database.read([&](Transaction& transaction) {
        is_any = !transaction.query("select 1 from receipts where state = 'waits' and at <= $1 limit 1", late).empty();
    });
    if (!is_any) return;
    database.write([&](Transaction& transaction) {
        transaction.execute("update receipts set state = 'dead', number = '' where state = 'waits' and at <= $1", late);
    });
}

bool begin_receipt_try(Transaction& transaction, const Receipt& receipt, UtcTime now)
{
    return transaction.change("update receipts set attempts = attempts + 1, next_at = $2 where id = $1 and state = "
                              "'waits' and attempts = $3",
                              {receipt.id, to_value(now + longest_receipt_try), receipt.attempts}) > 0;
}

void note_receipt_try(Transaction& transaction, const Receipt& receipt, const Try& made)
{
    const auto tried = receipt.attempts + 1;
    if (made.is_proof() || tried >= most_receipt_attempts) {
        transaction.execute("update receipts set state = $2, number = '' where id = $1 and state = 'waits'",
                            {receipt.id, std::string(made.is_proof() ? "delivered" : "dead")});
        return;
    }
    transaction.execute("update receipts set next_at = $2 where id = $1 and state = 'waits'",
                        {receipt.id, to_value(made.at + receipt_pauses[tried - 1])});
}

} // namespace reachable::notices
