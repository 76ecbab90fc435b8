// "As it stood then": the moment in the past that an address asks for, and the words that keep a page of the past from
// being read as one of today.
#pragma once

#include "derived/site.h"

namespace reachable::app {

/// A moment that has passed, as London walls showed it.
struct AsOf {
    UtcTime at{};
    std::string text; // as an address writes it: "2026-11-02T16:00", or the day alone
};

/// `?as_of=2026-11-02T16:00`; of a day alone (`?as_of=2026-11-02`, which `?until=` means too) its end. None: as things
/// stand now, which today's day alone means as well. Of an hour that comes twice that night the letters behind it say
/// which is meant (`T01:30BST`, `T01:30GMT`). Refuses, in a sentence, what is no day and time, what lies ahead, and an
/// hour that came twice without the letters: nobody is shown another page for it.
Result<std::optional<AsOf>> as_of_in(const derived::Visit& visit);

/// On screen and on paper: that this is history, and of when. Nothing for a page of now.
web::Html history_words(const std::optional<AsOf>& as_of);
/// The same in the line at the foot of each printed page, behind who printed it and when.
web::Text printed_line(const derived::Visit& visit, const std::optional<AsOf>& as_of);
/// The field in which a moment is asked for; it stands in a form that gets the same page.
web::Html as_of_field(const std::optional<AsOf>& as_of);
/// The page; where the moment could not be taken, the form once more with what was typed and what is wrong with it.
/// That form tells nothing of the child, so it is the same for everybody.
Result<web::Page> or_asked_again(const derived::Visit& visit, Result<web::Page> page);

} // namespace reachable::app
