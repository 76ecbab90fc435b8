// What whoever reported a child is told at the end (4.B, question 8): a reference, who rings and by when, in their own
// language, by text where that is set up and else read out. It names no child and no place.
#include "capabilities/missing/receipt.h"

#include "accounts/accounts.h"
#include "base/number.h"
#include "clocks/london.h"
#include "notices/receipts.h"

#include <fmt/format.h>

namespace reachable::missing {
namespace {

constexpr std::string_view receipts_list = "missing.receipts";
constexpr std::string_view usual_language = "english";
/// Three messages of a telephone that writes other letters than Latin ones.
constexpr std::size_t longest_receipt = 402;
constexpr std::string_view places_in_words[] = {"{reference}", "{force}", "{time}", "{phone}"};

std::size_t letters_in(std::string_view words)
{
    std::size_t letters = 0;
    for (const char c : words) letters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return letters;
}

void put_in(std::string& words, std::string_view place, std::string_view value)
{
    if (const auto at = words.find(place); at != std::string::npos) words.replace(at, place.size(), value);
}

/// The row of that language on that day, or else the English one.
const lists::Code* row_of(const lists::DatedLists& lists, std::string_view language, CivilDate day)
{
    const lists::Code* usual = nullptr;
    for (const auto* row : lists.codes_on(receipts_list, day)) {
        if (row->code == language) return row;
        if (row->code == usual_language) usual = row;
    }
    return usual;
}

} // namespace

std::string reference_of(CaseId episode)
{
    return episode.text().substr(0, 8);
}

void store_the_receipt(storage::Transaction& transaction, const lists::DatedLists& lists, CaseId id,
                       const ReceiptAsked& asked, UtcTime now)
{
    const auto* row = row_of(lists, asked.language, clocks::london_day(now));
    if (row == nullptr) return;
    const auto force = accounts::find_agency(transaction, asked.force);
    const auto team = accounts::find_team(transaction, asked.team);
    const auto within = whole_number<std::int64_t>(row->column("minutes")).value_or(60);
    std::string words = row->label;
    put_in(words, "{reference}", reference_of(id));
    put_in(words, "{force}", force ? force->name : "");
    put_in(words, "{time}", clocks::wall_time(now + minutes{within}));
    put_in(words, "{phone}", team && !team->phone.empty() ? team->phone : "101");
    notices::store_receipt(transaction, id, asked.contact, row->code, std::move(words), now);
}

Result<> check_receipts(const lists::DatedLists& lists)
{
    const auto found = lists.codes.find(receipts_list);
    CHECK(found != lists.codes.end(), "the words of receipts were not loaded");
    Problems problems;
    const auto fault = [&](const lists::Code& row, std::string_view words) {
        problems.push_back({ProblemKind::malformed, fmt::format("missing/receipts.csv, {}: {}", row.code, words)});
    };
    for (const auto& row : found->second) {
        for (const auto place : places_in_words)
            if (row.label.find(place) == std::string::npos) fault(row, fmt::format("{} is not there", place));
        if (letters_in(row.label) > longest_receipt) fault(row, "It is longer than three messages");
        if (row.column("checked") != "yes" && row.column("checked") != "no")
            fault(row, "Say yes or no: was the translation checked by somebody who speaks it?");
        if (!whole_number<std::int64_t>(row.column("minutes")))
            fault(row, "Say within how many minutes somebody rings");
    }
    return refuse_if_any(std::move(problems));
}

std::optional<ReceiptShown> receipt_shown(storage::Transaction& transaction, const lists::DatedLists& lists, CaseId id,
                                          UtcTime now)
{
    const auto receipt = notices::receipt_of(transaction, id);
    if (!receipt) return std::nullopt;
    const auto* row = row_of(lists, receipt->language, clocks::london_day(now));
    ReceiptShown shown{.words = receipt->words};
    if (row != nullptr) {
        shown.language = std::string(lists.label_of("missing.languages", row->code));
        shown.tag = std::string(row->column("tag"));
        shown.is_right_to_left = row->column("direction") == "rtl";
        shown.is_checked = row->column("checked") == "yes";
    }
    shown.state = receipt->state == "delivered"    ? "It was sent by text."
                  : receipt->state == "waits"      ? "It goes by text now."
                  : receipt->state == "dead"       ? "It could not be sent by text. Read it out."
                  : receipt->state == "not_set_up" ? "Text messages are not set up. Read it out."
                                                   : "The number takes no texts. Read it out.";
    return shown;
}

} // namespace reachable::missing
