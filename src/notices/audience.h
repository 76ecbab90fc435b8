// Who is told what, as dated data (data/notices/audience.csv): for each event the roles at either side, the channels,
// the purpose, the words, and by when somebody must have acknowledged it. Read and asked for like every dated list.
#pragma once

#include "lists/lists.h"

namespace reachable::notices {

/// What one side of a case is told of an event.
struct Audience {
    std::string event;
    bool to_partner = false;
    std::vector<accounts::Role> roles; // none: the act decides, or the ladder of a clock
    bool by_mail = false;
    bool by_webhook = false;
    bool by_text = false;                 // to whoever is on duty (texts.h)
    std::string purpose;                  // of the policy
    std::string words;                    // all that a screen says beside the reference: no name, no place, no offence
    minutes acknowledge_within{0};        // 0: nobody has to
    std::vector<accounts::Role> fallback; // the ladder that is told when nobody did
    std::optional<CivilDate> valid_from = {};
    std::optional<CivilDate> valid_to = {};
};

/// "clock.breach" of "clock.C02.breach": the clocks share their rows. Every other code is its own event.
std::string event_of(std::string_view code);

/// Reads the table, once at the start. Refuses, each by its event, what cannot be read; an acknowledgement that nobody
/// would hear the lack of, one of a clock, which has a ladder of its own, a channel without a screen beside it, and a
/// text of what waits for nobody: neither acknowledged nor a time that is up.
Result<> check_audiences(const lists::DatedLists& lists);

/// What is told of that notice on that day to somebody in that role; nothing if the table does not know it.
std::optional<Audience> audience_of(const lists::DatedLists& lists, std::string_view code, accounts::Role role,
                                    CivilDate day);
/// Every row of the table, and those in force on that day, in their order.
std::vector<Audience> all_audiences(const lists::DatedLists& lists);
std::vector<Audience> audiences_on(const lists::DatedLists& lists, CivilDate day);
/// The words of a notice. `clock_title` stands for "{clock}" in those of a clock. Words that were retired are still
/// those of what was told then.
std::string words_of(const lists::DatedLists& lists, std::string_view code, std::string_view clock_title);

/// The table below the data folder.
std::span<const lists::ListFile> lists();

} // namespace reachable::notices
