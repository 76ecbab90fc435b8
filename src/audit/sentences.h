// An entry as a plain sentence, for the pages that tell a child, a parent or an inspector who saw what and why:
//
//     A custody sergeant of Northmere Police read the custody brief on 25 October 2026 at 00:40 BST, to keep a child
//     safe in custody.
#pragma once

#include "audit/log.h"

namespace reachable::audit {

/// What stands behind the handles and codes of an entry, looked up by the caller. An empty text is left out, or said in
/// general words.
struct Names {
    std::string person;       // "Sgt Hale": only for readers who account for people
    std::string role;         // "custody sergeant"
    std::string agency;       // "Northmere Police"
    std::string on_behalf_of; // another agency
    std::string action;       // in the past tense: "booked a child into custody"
    std::string tried;        // the same of a refusal, after "tried to": "see who had seen this record"
    std::string button;       // the words on the button of an act that was refused: "The child is back"
    std::string purpose;      // "Keep a child safe in custody"
    std::string recipients;   // "the emergency duty team"
    std::string when;         // "25 October 2026 at 00:40 BST", as clocks::wall_date_time writes it
};

/// What was sent could not be taken as it was filled in: a box was empty or held what it cannot hold. Whoever sent it
/// was refused nothing that they may not do.
bool is_wrongly_filled_in(const Entry& entry);

/// One sentence, and a second one when part of what was asked for stayed hidden. Without `names.action` a look is said
/// from its code ("look:custody.brief": "read the custody brief") and an act by its code ("did custody.book_in");
/// without `names.when` the time is given in UTC.
std::string sentence(const Entry& entry, const Names& names);

} // namespace reachable::audit
