// A sealed record (R-P-07) tells those who work with it that it is there, and opens when they write down why.
#pragma once

#include "derived/forms.h"
#include "derived/site.h"

namespace reachable::derived {

/// True if the record is sealed and this visitor has not said yet why they open it, or said it twelve hours ago. Then
/// the policy shows them nothing of the case but its clocks.
bool waits_for_a_reason(const casework::Seen& seen);
/// look_at_case(), but a sealed record is seen by those who may open it with a reason: its clocks, and no fact.
Result<casework::Seen> look_sealed_or_open(const Desk& desk, const Session& session, RequestId request,
                                           const casework::Look& look, UtcTime now);

/// What a page of a sealed record says beside the form: which one it is for those who hold it, and nothing of the
/// child.
struct SealedCase {
    std::string base;  // where the pages of this visitor stand: "/custody/{id}" or "/a/{token}"
    std::string which; // "Custody number 12."
    web::Html due;     // its clocks; none: in the words of every list
};
web::Page sealed_page(const Site& site, const Visit& visit, const casework::Seen& seen, const SealedCase& sealed,
                      const FormState& state = {});

/// Takes the form of that page: opens the case for this visitor alone and goes to `then`, or shows the page once more
/// with why it is refused, as `opening.say_why` is.
Result<Outcome> open_with_reason(const Site& site, const Visit& visit, const casework::Look& look,
                                 const SealedCase& sealed, const std::string& then, const web::Fields& form);

} // namespace reachable::derived
