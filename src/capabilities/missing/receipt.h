// The receipt of a report, in the language of whoever made it: words that are data, and nothing of the child.
#pragma once

#include "base/id.h"
#include "lists/lists.h"
#include "storage/database.h"

#include <optional>

namespace reachable::missing {

/// What is read out to whoever rings again.
std::string reference_of(CaseId episode);

struct ReceiptAsked {
    std::string language; // missing.languages; English where there are no words in it
    std::string contact;
    AgencyId force;
    TeamId team;
};
/// Puts the words together and notes them; they leave by text if there is a gateway and a number.
void store_the_receipt(storage::Transaction& transaction, const lists::DatedLists& lists, CaseId id,
                       const ReceiptAsked& asked, UtcTime now);
/// Refuses words without one of their places, too long ones, and what does not say whether somebody checked it.
Result<> check_receipts(const lists::DatedLists& lists);

/// The receipt as a page shows it, so that it can be read out.
struct ReceiptShown {
    std::string words;
    std::string language = {};
    std::string tag = "en"; // of the language, as a page marks it
    bool is_right_to_left = false;
    bool is_checked = true;
    std::string state = {}; // what became of the text
};
std::optional<ReceiptShown> receipt_shown(storage::Transaction& transaction, const lists::DatedLists& lists, CaseId id,
                                          UtcTime now);

} // namespace reachable::missing
