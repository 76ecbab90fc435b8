// A sealed record (R-P-07) tells those who work with it that it is there, and opens when they write down why.
#pragma once

#include "capabilities/custody/page_parts.h"
#include "derived/site_sealed.h"

namespace reachable::custody {

using derived::waits_for_a_reason;

/// The page that stands in place of every other about the case: the custody number, the clocks, and the form that opens
/// the record. `base` is where the pages of this visitor stand: "/custody/{id}" or "/a/{token}".
Page sealed_page(const Site& site, const Visit& visit, const Seen& seen, const std::string& base,
                 const derived::FormState& state = {});

inline constexpr std::string_view why_before_handover =
    "This record is sealed. Open it and say why, before you hand the child over or take the child over.";

/// The custody number: which child of the suite it is, and nothing of the child.
std::string number_of(const Site& site, CaseId id);

/// Takes the form of that page: opens the case for this visitor alone and goes to `then`, or shows the page once more
/// with why it is refused, as `opening.say_why` is.
Result<Outcome> open_with_reason(const Site& site, const Visit& visit, CaseId id, const std::string& base,
                                 const std::string& then, const web::Fields& form);

} // namespace reachable::custody
