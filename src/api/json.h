// JSON in and out, with limits: depth, size, no member twice, no number that would change on the way.
#pragma once

#include "base/json.h"
#include "base/result.h"

namespace reachable::api {

struct JsonLimits {
    std::size_t bytes = 1024 * 1024;
    std::size_t depth = 32;
};

/// Refuses, with one sentence: over a limit, not JSON, text after the end, a member named twice, bad UTF-8 or a control
/// character in a text, a number that is not finite.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// One line, members in the order they were added, no spaces. The same value always gives the same bytes.
std::string write_json(const Json& json);
/// The same for people: two spaces of indent.
std::string write_json_for_people(const Json& json);

} // namespace reachable::api
