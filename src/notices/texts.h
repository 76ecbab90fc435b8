// Text messages to whoever is on duty: what must be acknowledged, and a time that is up (data/notices/audience.csv). A
// text is noted in the transaction of the notice and sent by a job after the commit: what a kill interrupts is sent
// again under the same reference. It says that something waits and by when, in words that are data
// (data/notices/texts.csv): never who, where, what or in which case. Whose number it goes to is looked up when it
// leaves. Every try is kept, with what the gateway answered: that is the proof of delivery.
#pragma once

#include "accounts/text_numbers.h"
#include "notices/audience.h"
#include "notices/webhooks.h"

namespace reachable::notices {

/// Refuses words that a telephone may not show, that are longer than one message, that put in anything but the time, or
/// that are missing.
Result<> check_texts(const lists::DatedLists& lists);
/// Letters of GSM 03.38 that take one place each, and at most 160 of them.
bool fits_one_text(std::string_view words);

/// Called once at each start, with whether a gateway stands in the settings. If none does, nothing is noted any more,
/// and what waits is withdrawn.
void keep_text_events(storage::Database& database, const lists::DatedLists& lists, bool is_set_up, UtcTime now);
/// Whether anybody is told by text.
bool are_texts_set_up(storage::Transaction& transaction);
/// What a page or a command says where they are not.
constexpr std::string_view no_texts = "Text messages are not set up, so nobody is told by text.";

/// waits, delivered (to the gateway), dead (given up after the last try), withdrawn (somebody acknowledged the notice,
/// the case went to another organisation, or is closed to whom it was for).
struct TextMessage {
    Bytes id;
    UtcTime at{};
    AgencyId agency;
    accounts::Texted to;
    std::string kind; // whose words: "acknowledge", "passed_on", "breach"
    std::string code; // the event
    CaseId case_id;
    Bytes notice;
    std::optional<UtcTime> by = {}; // until when it must be acknowledged
    std::string state;
    UtcTime next_at{};
    std::int64_t attempts = 0; // since it was noted, or since a person sent it again
    std::optional<UtcTime> ended_at = {};

    /// The same for every try, so that the gateway sends it once.
    std::string reference() const;
};
/// All that it says when it leaves at `now`. Nothing of the case goes in.
std::string text_words(const lists::DatedLists& lists, const TextMessage& text, UtcTime now);

/// The oldest whose time has come.
std::vector<TextMessage> texts_to_try(storage::Transaction& transaction, UtcTime now, std::size_t most);
/// Nobody has acknowledged the notice yet, or nobody has to.
bool is_still_needed(storage::Transaction& transaction, const TextMessage& text);
void withdraw_text(storage::Transaction& transaction, const TextMessage& text, UtcTime now);
/// The number it goes to now: the worker's, or else that of the team. Empty: neither has one any more.
std::string number_for(storage::Transaction& transaction, const TextMessage& text);
/// Counts the try before it is made, and sets when the next one is. False: it waits no longer.
bool begin_try(storage::Transaction& transaction, const TextMessage& text, UtcTime now);

/// A try, and the id under which the gateway took the message; empty when it gave none.
struct TextTry {
    Try made;
    std::string gateway_id;
};
/// Keeps it. Any 2xx ends the message; after the last try it is given up and waits for a person.
void note_try(storage::Transaction& transaction, const TextMessage& text, const TextTry& made, UtcTime now);
/// Eight tries within an hour: what a text says is passed on to somebody else by then.
constexpr std::int64_t most_text_attempts = 8;

/// What was given up first, then the newest: of one agency, or of all when it is none.
std::vector<TextMessage> texts_of(storage::Transaction& transaction, AgencyId agency, std::size_t most);
std::vector<TextTry> tries_of(storage::Transaction& transaction, const TextMessage& text);
std::int64_t count_texts_given_up(storage::Transaction& transaction, AgencyId agency);
/// A person sends one that was given up again, under its reference. Refuses any other, and one of another agency
/// (none: of any).
Result<> send_text_again(storage::Transaction& transaction, AgencyId agency, const Bytes& id, UtcTime now);

} // namespace reachable::notices
