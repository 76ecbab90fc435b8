// The door of counts: the policy decides, and the log keeps who read which. No case is looked at.
#pragma once

#include "capabilities/measures/measures.h"

namespace reachable::measures {

/// Whoever may read counts reads them here: `read` runs on one snapshot, and is noted. A refusal is noted too.
Result<> read_counts(const casework::Desk& desk, const accounts::Session& session, RequestId request,
                     const storage::Body& read, UtcTime now);

/// "[c]" for what is held back.
std::string told_words(const std::optional<std::int64_t>& count);
/// What the signs in a table mean.
inline constexpr std::string_view what_signs_mean =
    "[c]: held back, because 1 to 4 children, or a number by which such a count would come out. Other numbers are "
    "rounded. Children whose record is protected are not counted.";

void add_national_page(web::Router& router, const derived::Site& site,
                       std::function<web::LiveMark(const derived::Visit&, std::string_view letters)> mark_of);

} // namespace reachable::measures
