// The receipt of a report, by text to whoever made it, in their own language (docs/texts.md). The words are put
// together when the report is taken and name nobody: a reference, who rings, by when. It is noted in the transaction of
// the report and leaves by the job that sends all texts; when it has left, or cannot leave, the number is forgotten.
#pragma once

#include "notices/webhooks.h"

namespace reachable::notices {

/// waits, delivered (to the gateway), dead (given up after the last try), not_set_up (there is no gateway), no_number
/// (what was given is no number that takes texts).
struct Receipt {
    Bytes id;
    CaseId case_id;
    std::string number; // empty once it is not needed any more
    std::string language;
    std::string words;
    std::string state;
    UtcTime at{};
    std::int64_t attempts = 0;

    /// The same for every try, so that the gateway sends it once.
    std::string reference() const;
};

/// The number as E.164 writes it, from what a caller said: one with the code of its country, or a mobile number of the
/// United Kingdom. Empty: no text can go there.
std::string number_that_takes_texts(std::string_view said);

/// Notes it; it waits if there is a gateway and a number.
void store_receipt(storage::Transaction& transaction, CaseId of, std::string_view contact, std::string language,
                   std::string words, UtcTime now);
/// The newest of that case.
std::optional<Receipt> receipt_of(storage::Transaction& transaction, CaseId of);

/// The oldest whose time has come.
std::vector<Receipt> receipts_to_try(storage::Transaction& transaction, UtcTime now, std::size_t most);
/// Counts the try before it is made, and sets when the next one is. False: it waits no longer.
bool begin_receipt_try(storage::Transaction& transaction, const Receipt& receipt, UtcTime now);
/// Any 2xx ends it; after the last try it is given up.
void note_receipt_try(storage::Transaction& transaction, const Receipt& receipt, const Try& made);
/// What has waited longer than whoever reported waits is given up, and its number forgotten: also where there is no
/// gateway any more.
void give_up_late_receipts(storage::Database& database, UtcTime now);
constexpr std::int64_t most_receipt_attempts = 6;

} // namespace reachable::notices
