// Versions as entity tags: a reader gets "v12", and a writer who sends it back in If-Match changes version 12 or
// nothing.
#pragma once

#include "base/result.h"

#include <cstdint>

namespace reachable::api {

/// A strong tag, quotes and all: "\"v12\"".
std::string etag_of(std::int64_t version);

/// What an If-Match header lets through.
struct IfMatch {
    bool is_any = false;                // "*": any version, as long as there is one
    std::vector<std::int64_t> versions; // empty and not any: nothing matches (only weak or foreign tags were sent)

    bool allows(std::int64_t version) const;
    /// The one version that was named, or null: what `act()` expects.
    const std::int64_t* only() const { return versions.size() == 1 ? versions.data() : nullptr; }
};

/// Reads a header that was sent. Weak tags ("W/…") and tags that are not ours never match, as RFC 9110 asks.
/// Refuses what is no list of tags: no quotes, nothing between commas, more than 20 tags.
Result<IfMatch> parse_if_match(std::string_view header);

} // namespace reachable::api
