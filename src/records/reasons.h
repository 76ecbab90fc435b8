// A reason that somebody writes down where the rules ask for one.
#pragma once

#include "base/result.h"

#include <string_view>

namespace reachable::records {

/// R-P-01: "free text (min 15 characters, not repeated boilerplate)". At least `least` characters, and more than one
/// word or sign said over and over. The problem stands at `field`.
Result<> a_reason_has_words(std::string_view reason, std::size_t least, std::string_view field);

} // namespace reachable::records
